import {
  type AreaFeature,
  addDays,
  type FilterName,
  type Filters,
  NO_AREA,
  RISK_LEVEL_TERMS,
  SECTOR_TERMS,
  SEVERITY_TERMS,
  STATUS_FILTER_TERMS,
} from '@contract'
import { t, termOf } from '../../messages/i18n.ts'
import { formatDay } from '../../parts/format.ts'

export interface FilterChip {
  text: string
  /** What is taken out of the filter with the chip. */
  names: FilterName[]
}

const SHOWN_VALUES = 2

/** Several values of one word in a few words: the first two by name, the others by number. */
function listed(values: string[]): string {
  if (values.length <= SHOWN_VALUES + 1) return values.join('、')
  return t('map.chip.more', { first: values.slice(0, SHOWN_VALUES).join('、'), n: values.length })
}

function spanOf(from: string | undefined, to: string | undefined, today: string): string | null {
  if (from === undefined && to === undefined) return null
  const isUpToNow = to === undefined || to >= today
  for (const [months, days] of [
    [12, 365],
    [6, 183],
    [3, 92],
    [1, 31],
  ] as const) {
    // the handles stand on weeks, so a year is a year within a week
    const start = addDays(today, -days)
    if (from && isUpToNow && Math.abs(Date.parse(from) - Date.parse(start)) <= 6 * 86_400_000) {
      return t('map.chip.lastMonths', { n: months })
    }
  }
  if (from === undefined) return t('map.chip.until', { to: formatDay(to) })
  return to === undefined
    ? t('map.chip.since', { from: formatDay(from) })
    : t('map.chip.between', { from: formatDay(from), to: formatDay(to) })
}

/** The active filter as the chips above the map, in the order of the panel. */
export function describeFilters(
  filters: Filters,
  areas: readonly AreaFeature[],
  today: string,
): FilterChip[] {
  const chips: FilterChip[] = []
  const add = (text: string | null | undefined, ...names: FilterName[]) => {
    if (text) chips.push({ text, names })
  }
  const nameOf = (code: string) =>
    code === NO_AREA
      ? t('map.noArea')
      : (areas.find(({ properties }) => properties.code === code)?.properties.name ?? code)
  add(filters.status && listed(filters.status.map((word) => termOf(STATUS_FILTER_TERMS[word]))), 'status')
  add(filters.severity && listed(filters.severity.map((word) => termOf(SEVERITY_TERMS[word]))), 'severity')
  add(filters.sector && listed(filters.sector.map((word) => termOf(SECTOR_TERMS[word]))), 'sector')
  add(filters.area && listed(filters.area.map(nameOf)), 'area')
  const levels = filters.riskLevel?.map((level) => `${level} ${termOf(RISK_LEVEL_TERMS[level])}`)
  add(levels && t('map.chip.riskLevel', { levels: listed(levels) }), 'riskLevel')
  add(spanOf(filters.foundFrom, filters.foundTo, today), 'foundFrom', 'foundTo')
  const due = spanOf(filters.dueFrom, filters.dueTo, today)
  add(due && t('map.chip.due', { span: due }), 'dueFrom', 'dueTo')
  add(filters.q && `「${filters.q}」`, 'q')
  add(filters.siteId && t('map.chip.sites', { n: filters.siteId.length }), 'siteId')
  add(filters.clauseId && t('map.chip.clauses', { n: filters.clauseId.length }), 'clauseId')
  add(filters.bbox && t('map.chip.box'), 'bbox')
  return chips
}
