import type { Statistics } from '@contract'

export const FIGURES = ['found', 'closed', 'rate', 'major', 'overdue', 'days'] as const
export type FigureName = (typeof FIGURES)[number]

export interface Figure {
  name: FigureName
  /** null: there is nothing to divide by. */
  value: number | null
  /** What the period before had; null: nothing to compare with. */
  before: number | null
  /** n and N of a rate. */
  share: { part: number; whole: number } | null
}

type Counts = Statistics['figures']

/** The six figures of the page, each with what the period before had. */
export function figuresOf({ figures, previous }: Pick<Statistics, 'figures' | 'previous'>): Figure[] {
  const plain = (name: FigureName, read: (counts: Counts) => number | null): Figure => ({
    name,
    value: read(figures),
    before: previous.found === 0 && name !== 'overdue' ? null : read(previous),
    share: null,
  })
  return [
    plain('found', (counts) => counts.found),
    plain('closed', (counts) => counts.closed),
    {
      ...plain('rate', rateOf),
      share: { part: figures.closed, whole: figures.found },
    },
    plain('major', (counts) => counts.major),
    plain('overdue', (counts) => counts.overdue),
    plain('days', (counts) => counts.averageDaysToClose),
  ]
}

/** How a figure stands to the period before: the key of the sentence and the difference in it; null: no comparison. */
export function compareFigure({ name, value, before }: Figure): { key: string; difference: string } | null {
  if (value === null || before === null) return null
  const [more, less] =
    name === 'rate' ? ['higher', 'lower'] : name === 'days' ? ['longer', 'shorter'] : ['more', 'less']
  const exact = name === 'rate' ? (value - before) * 100 : value - before
  const rounded = Math.round(exact * 10) / 10
  if (rounded === 0) return { key: 'same', difference: '0' }
  return { key: (rounded > 0 ? more : less) ?? 'more', difference: String(Math.abs(rounded)) }
}

export function rateOf({ closed, found }: { closed: number; found: number }): number | null {
  return found === 0 ? null : closed / found
}

export interface RateRow {
  area: string | null
  name: string
  rate: number | null
  label: string
  closed: number
  found: number
  overdue: number
}

/** Areas by their rate, highest first; those without a hazard have none, and what lies in no area comes last. */
export function rateRows(
  byArea: Statistics['byArea'],
  nameOf: (name: string | null) => string,
  labelOf: (rate: number | null, closed: number, found: number) => string,
): RateRow[] {
  return byArea
    .map(({ area, areaName, found, closed, overdue }) => {
      const rate = rateOf({ closed, found })
      return {
        area,
        name: nameOf(areaName),
        rate,
        label: labelOf(rate, closed, found),
        closed,
        found,
        overdue,
      }
    })
    .sort(
      (one, other) =>
        Number(one.area === null) - Number(other.area === null) ||
        (other.rate ?? -1) - (one.rate ?? -1) ||
        other.found - one.found,
    )
}
