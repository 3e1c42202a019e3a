import { addDays } from '../core/calendar.ts'
import { FilterError, type FilterName, type Filters, NO_AREA, writeFilters } from '../core/filters.ts'
import { STATUSES } from '../core/vocabulary.ts'
import type { MonthlyFigure, MonthlyFigures, MonthlyLine } from './monthly-schema.ts'

/** What a month's counting answers for one area. */
export interface MonthCount {
  month: string
  area: string | null
  generalFound: number
  generalClosed: number
  majorFound: number
  majorClosed: number
  planned: number
  provided: number
  listed: number
  fundsWan: number
  suspectedFound: number
}

export interface ReportArea {
  code: string
  name: string
  kind: string
  parentCode: string | null
}

/** What was looked into and found to be no hazard counts for nobody's figures. */
export const COUNTED_STATUSES = STATUSES.filter((status) => status !== 'rejected')
const LONGEST_MONTHS = 60
const FIGURE_NAMES = [
  'generalFound',
  'generalClosed',
  'majorFound',
  'majorClosed',
  'planned',
  'provided',
  'listed',
  'fundsWan',
  'suspectedFound',
] as const satisfies readonly (keyof MonthCount)[]
type FigureName = (typeof FIGURE_NAMES)[number]

/** The table itself parts by these, so that a filter by them would only empty some of its columns. */
const OWN_WORDS = ['severity', 'status', 'foundFrom', 'foundTo'] as const satisfies readonly FilterName[]

/** Refuses filter words that the table has for columns. Throws FilterError. */
export function assertMonthly(filters: Filters): void {
  for (const name of OWN_WORDS) {
    const value = filters[name]
    if (value !== undefined)
      throw new FilterError(name, String(value), '月报已按级别、整改状态和发现月份分列，不能再按它筛选')
  }
}

export function readMonth(name: string, text: string | undefined, otherwise: string): string {
  if (text === undefined || text === '') return otherwise
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new FilterError(name, text, '不是月份，应写成 2025-06')
  return text
}

/** The months from one to another, none after that of today. Throws FilterError. */
export function readMonths(
  query: { from?: string | undefined; to?: string | undefined },
  today: string,
): { from: string; to: string; months: string[] } {
  const present = today.slice(0, 7)
  const to = readMonth('to', query.to, present)
  const from = readMonth('from', query.from, `${to.slice(0, 4)}-01`)
  if (from > to) throw new FilterError('from', from, `晚于 to「${to}」`)
  const months: string[] = []
  for (let month = from; month <= to && months.length <= LONGEST_MONTHS; month = nextMonth(month))
    months.push(month)
  if (months.length > LONGEST_MONTHS) throw new FilterError('from', from, `最多 ${LONGEST_MONTHS} 个月`)
  return { from, to, months: months.filter((month) => month <= present) }
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

export const lastDayOf = (month: string): string => addDays(`${nextMonth(month)}-01`, -1)

/** The filter words behind each figure, besides month and area. */
const WORDS_OF: Record<FigureName, Filters> = {
  generalFound: { severity: ['general'], status: COUNTED_STATUSES },
  generalClosed: { severity: ['general'], status: ['closed'] },
  majorFound: { severity: ['major'], status: COUNTED_STATUSES },
  majorClosed: { severity: ['major'], status: ['closed'] },
  planned: { severity: ['major'], status: ['planned'] },
  provided: { severity: ['major'], status: ['provided'] },
  listed: { severity: ['major'], status: ['listed'] },
  fundsWan: { status: COUNTED_STATUSES },
  suspectedFound: { severity: ['suspected_major'], status: COUNTED_STATUSES },
}

const rate = (closed: number, found: number): number | null => (found === 0 ? null : closed / found)
const EMPTY: Omit<MonthCount, 'month' | 'area'> = {
  generalFound: 0,
  generalClosed: 0,
  majorFound: 0,
  majorClosed: 0,
  planned: 0,
  provided: 0,
  listed: 0,
  fundsWan: 0,
  suspectedFound: 0,
}
const MONEY_DECIMALS = 1e4

function addUp(counts: readonly MonthCount[]): typeof EMPTY {
  const sum = { ...EMPTY }
  for (const count of counts) for (const name of FIGURE_NAMES) sum[name] += count[name]
  // sums of 0.1 and 0.2 must not show the binary rest
  sum.fundsWan = Math.round(sum.fundsWan * MONEY_DECIMALS) / MONEY_DECIMALS
  return sum
}

/** `filters` null: no filter tells the hazards of this line from others. */
export function makeLine(counts: readonly MonthCount[], month: string, filters: Filters | null): MonthlyLine {
  const sum = addUp(counts)
  const figure = (name: FigureName): MonthlyFigure => ({
    value: sum[name],
    filters:
      filters &&
      writeFilters({
        ...filters,
        ...WORDS_OF[name],
        foundFrom: `${month}-01`,
        foundTo: lastDayOf(month),
      }),
  })
  return {
    generalFound: figure('generalFound'),
    generalClosed: figure('generalClosed'),
    generalRate: rate(sum.generalClosed, sum.generalFound),
    majorFound: figure('majorFound'),
    majorClosed: figure('majorClosed'),
    majorRate: rate(sum.majorClosed, sum.majorFound),
    planned: figure('planned'),
    provided: figure('provided'),
    listed: figure('listed'),
    fundsWan: figure('fundsWan'),
    suspectedFound: figure('suspectedFound'),
  }
}

const isUnit = ({ kind }: ReportArea): boolean => kind === 'subdistrict' || kind === 'town'

/** Codes from an area up to the zone. */
function lineageOf(code: string, areas: ReadonlyMap<string, ReportArea>): string[] {
  const lineage: string[] = []
  for (let current: string | null = code; current !== null; current = areas.get(current)?.parentCode ?? null)
    lineage.push(current)
  return lineage
}

/**
 * The table of each month: a line for each street and town that the asker may see (also those with nothing), lines for
 * what belongs to none of them, and the sum.
 */
export function makeMonths(
  months: readonly string[],
  counts: readonly MonthCount[],
  visibleAreas: readonly ReportArea[],
  filters: Filters,
): MonthlyFigures['months'] {
  const areas = new Map(visibleAreas.map((area) => [area.code, area]))
  const unitOf = (code: string | null): string | null =>
    code === null ? null : (lineageOf(code, areas).find((each) => isUnitCode(each, areas)) ?? code)
  const asked = filters.area
  const units = visibleAreas.filter(
    (area) => isUnit(area) && (!asked || narrowTo(area.code, asked, areas).length > 0),
  )
  return months.map((month) => {
    const ofMonth = counts.filter((count) => count.month === month)
    const named = new Map<string | null, MonthCount[]>(units.map(({ code }) => [code, []]))
    for (const count of ofMonth) {
      const unit = unitOf(count.area)
      named.set(unit, [...(named.get(unit) ?? []), count])
    }
    return {
      month,
      total: makeLine(ofMonth, month, filters),
      areas: [...named].map(([code, list]) => ({
        area: code,
        areaName: code === null ? null : (areas.get(code)?.name ?? code),
        figures: makeLine(list, month, filtersOf(code, filters, areas)),
      })),
    }
  })
}

const isUnitCode = (code: string, areas: ReadonlyMap<string, ReportArea>): boolean => {
  const area = areas.get(code)
  return area !== undefined && isUnit(area)
}

/** Of the areas asked for, what lies in one unit: the unit itself, or parts of it; empty: nothing. */
function narrowTo(unit: string, asked: readonly string[], areas: ReadonlyMap<string, ReportArea>): string[] {
  const above = lineageOf(unit, areas)
  if (asked.some((code) => above.includes(code))) return [unit]
  return asked.filter((code) => lineageOf(code, areas).includes(unit))
}

function filtersOf(
  code: string | null,
  filters: Filters,
  areas: ReadonlyMap<string, ReportArea>,
): Filters | null {
  if (code === null) return { ...filters, area: [NO_AREA] }
  // an area above the streets holds theirs as well, and no filter asks for it without them
  if (!isUnitCode(code, areas)) return areas.get(code)?.kind === 'zone' ? null : { ...filters, area: [code] }
  return { ...filters, area: filters.area ? narrowTo(code, filters.area, areas) : [code] }
}
