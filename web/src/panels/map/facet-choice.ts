import {
  type AreaFeature,
  type Filters,
  NO_AREA,
  OPEN_STATUSES,
  SECTORS,
  SEVERITIES,
  type Sector,
  type Severity,
  STATUSES,
  type Status,
  type StatusFilter,
} from '@contract'

/**
 * A group of check boxes over one word of the filter. No word means that nothing is left out, so all boxes are
 * checked; a choice of all, or of none, is no word again.
 */
export function isChosen<T>(chosen: readonly T[] | undefined, value: T): boolean {
  return chosen === undefined || chosen.includes(value)
}

export function toggle<T>(all: readonly T[], chosen: readonly T[] | undefined, value: T): T[] | undefined {
  const before = chosen ?? all
  const after = before.includes(value)
    ? before.filter((one) => one !== value)
    : all.filter((one) => one === value || before.includes(one))
  return after.length === 0 || after.length === all.length ? undefined : after
}

/** Only this one; once more, and all are back. */
export function only<T>(chosen: readonly T[] | undefined, value: T): T[] | undefined {
  return chosen?.length === 1 && chosen[0] === value ? undefined : [value]
}

function meaningOf(word: StatusFilter): readonly Status[] {
  if (word === 'open' || word === 'overdue' || word === 'planned' || word === 'provided') return OPEN_STATUSES
  return word === 'listed' ? STATUSES.filter((status) => status !== 'rejected') : [word]
}

/** The statuses that a filter lets through; words that no status is stored as count as what they stand for. */
export function statusesOf(chosen: readonly StatusFilter[] | undefined): Status[] | undefined {
  if (chosen === undefined) return undefined
  const meant = new Set<Status>(chosen.flatMap(meaningOf))
  return STATUSES.filter((status) => meant.has(status))
}

/** The five open ones are written by their one word, which is also what the button beside them does. */
export function asStatusWords(statuses: Status[] | undefined): StatusFilter[] | undefined {
  if (statuses === undefined) return undefined
  const isOpen =
    statuses.length === OPEN_STATUSES.length && OPEN_STATUSES.every((status) => statuses.includes(status))
  return isOpen ? ['open'] : statuses
}

export type QuickChoice = 'open' | 'overdue' | 'major'

/** Which of the three buttons the filter stands for, if any. */
export function quickOf({ status, severity }: Filters): QuickChoice | null {
  const only = status?.length === 1 ? status[0] : undefined
  if (only === 'overdue' && severity === undefined) return 'overdue'
  if (only !== 'open') return null
  if (severity === undefined) return 'open'
  return severity.length === 1 && severity[0] === 'major' ? 'major' : null
}

export function wordsOfQuick(choice: QuickChoice | null): {
  status: StatusFilter[] | undefined
  severity: Severity[] | undefined
} {
  if (choice === null) return { status: undefined, severity: undefined }
  if (choice === 'overdue') return { status: ['overdue'], severity: undefined }
  return { status: ['open'], severity: choice === 'major' ? ['major'] : undefined }
}

export interface AreaOption {
  code: string
  /** null: outside every area or not located. */
  name: string | null
  count: number
}

/** Streets and towns with the counts of their grids, the most first; what has no area stands last. */
export function areaOptions(
  areas: readonly AreaFeature[],
  counts: Record<string, number>,
  isZoneWide: boolean,
): AreaOption[] {
  const parentOf = new Map(areas.map(({ properties }) => [properties.code, properties.parentCode]))
  const units = areas.filter(({ properties }) => ['subdistrict', 'town'].includes(properties.kind))
  const unitCodes = new Set(units.map(({ properties }) => properties.code))
  const totals = new Map<string, number>()
  for (const [code, count] of Object.entries(counts)) {
    let unit: string | null | undefined = code
    while (unit && !unitCodes.has(unit)) unit = parentOf.get(unit)
    const key = unit ?? NO_AREA
    totals.set(key, (totals.get(key) ?? 0) + count)
  }
  const options: AreaOption[] = units
    .map(({ properties: { code, name } }) => ({ code, name, count: totals.get(code) ?? 0 }))
    .sort((one, other) => other.count - one.count || one.code.localeCompare(other.code))
  return isZoneWide ? [...options, { code: NO_AREA, name: null, count: totals.get(NO_AREA) ?? 0 }] : options
}

/** Sectors with most first; only so many are open at once, those that are chosen always. */
export function sectorOrder(counts: Record<string, number>): Sector[] {
  return [...SECTORS].sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0))
}

export const SEVERITY_ORDER: readonly Severity[] = [...SEVERITIES].toReversed()
