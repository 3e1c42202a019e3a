import type { CursorValue } from '../core/paging.ts'
import type { RiskLevel, Severity } from '../core/vocabulary.ts'
import { overdueWorkingDays, type WorkCalendar } from '../core/working-days.ts'
import { pressureOf } from './pressure.ts'
import type { Pressure, PressureWeights } from './pressure-schema.ts'
import type { RiskListSort } from './schema.ts'

/** What the rank of a site is made of, as the database answers it. */
export interface RankFacts {
  id: string
  name: string
  level: RiskLevel | null
  /** The deciding risk's score as its share of the method's least major score; null without a score. */
  share: number | null
  general: number
  suspectedMajor: number
  major: number
  /** Severity and due day of each open hazard that is late. */
  overdue: [Severity, string][]
  exposedPeople: number | null
  lastDrillOn: string | null
}

export interface RankedSite extends RankFacts {
  rank: number
  pressure: Pressure
  maxOverdueWorkingDays: number
}

/**
 * Ranks sites: the graver inherent level first; within a level the greater pressure; then the greater score, as its share
 * of the method's least major score, so that LEC and LS compare; then the name. A site never assessed comes last.
 */
export function rankSites(
  facts: readonly RankFacts[],
  weights: PressureWeights,
  today: string,
  calendar: WorkCalendar,
): RankedSite[] {
  const weighed = facts.map((site) => weigh(site, weights, today, calendar))
  weighed.sort((a, b) => compareKeys(rankKeys(a), rankKeys(b)))
  return weighed.map((site, index) => ({ ...site, rank: index + 1 }))
}

function weigh(
  site: RankFacts,
  weights: PressureWeights,
  today: string,
  calendar: WorkCalendar,
): Omit<RankedSite, 'rank'> {
  const overdue = site.overdue.map(([severity, dueOn]) => ({
    severity,
    workingDays: overdueWorkingDays(calendar, dueOn, today).days,
  }))
  const lateOf = (severity: Severity) => overdue.filter((hazard) => hazard.severity === severity).length
  const pressure = pressureOf(
    {
      level: site.level,
      open: {
        general: site.general - lateOf('general'),
        suspected_major: site.suspectedMajor - lateOf('suspected_major'),
        major: site.major - lateOf('major'),
      },
      overdue,
      exposedPeople: site.exposedPeople,
      lastDrillOn: site.lastDrillOn,
      today,
    },
    weights,
  )
  const maxOverdueWorkingDays = overdue.reduce((most, { workingDays }) => Math.max(most, workingDays), 0)
  return { ...site, pressure, maxOverdueWorkingDays }
}

type Key = number | string
type Weighed = Omit<RankedSite, 'rank'>

const UNKNOWN_LEVEL = 9
const rankKeys = ({ level, pressure, share, name, id }: Weighed): Key[] => [
  level ?? UNKNOWN_LEVEL,
  -pressure.score,
  -(share ?? -1),
  name,
  id,
]
const openCount = ({ general, suspectedMajor, major }: RankFacts) => general + suspectedMajor + major

/** What an order goes by first; the order of ranks decides the rest. */
const FIRST_KEYS: Record<RiskListSort, (site: RankedSite) => Key[]> = {
  rank: () => [],
  '-rank': () => [],
  name: ({ name, id }) => [name, id],
  openHazards: (site) => [openCount(site)],
  '-openHazards': (site) => [-openCount(site)],
  overdue: ({ overdue }) => [overdue.length],
  '-overdue': ({ overdue }) => [-overdue.length],
  pressure: ({ pressure }) => [pressure.score],
  '-pressure': ({ pressure }) => [-pressure.score],
}

/** UTF-16 puts characters beyond U+FFFF before U+E000; this brings its units into the order of code points. */
const inOrder = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit

/** By code point, as the database orders text under "C". */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let index = 0
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++
  if (index === length) return a.length - b.length
  return inOrder(a.charCodeAt(index)) - inOrder(b.charCodeAt(index))
}

function compareKeys(a: readonly CursorValue[], b: readonly CursorValue[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? ''
    const difference =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : compareText(String(left), String(right))
    if (difference !== 0) return difference
  }
  return 0
}

/** The ranked sites in the order asked for, and what a cursor holds of each. */
export function orderSites(
  ranked: readonly RankedSite[],
  sort: RiskListSort,
): {
  sites: RankedSite[]
  keysOf: (site: RankedSite) => Key[]
  isAfter: (site: RankedSite, cursor: CursorValue[]) => boolean
} {
  const direction = sort === '-rank' ? -1 : 1
  const keysOf = (site: RankedSite): Key[] => [...FIRST_KEYS[sort](site), ...rankKeys(site)]
  const compare = (a: readonly CursorValue[], b: readonly CursorValue[]) => direction * compareKeys(a, b)
  const keyed = ranked.map((site) => ({ site, keys: keysOf(site) })).sort((a, b) => compare(a.keys, b.keys))
  return {
    sites: keyed.map(({ site }) => site),
    keysOf,
    isAfter: (site, cursor) => compare(keysOf(site), cursor) > 0,
  }
}
