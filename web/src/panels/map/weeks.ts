import { addDays, daysBetween, type HazardFacets } from '@contract'

export interface Week {
  /** Monday. */
  from: string
  count: number
}

const LEAST_WEEKS = 26
const MOST_WEEKS = 160

/** Monday of the week of a day. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(day, -weekday)
}

/** One entry for each week up to this one, also those without hazards; of very long spans the newest three years. */
export function fillWeeks(weeks: HazardFacets['weeks'], today: string): Week[] {
  const counts = new Map(weeks.map(({ from, count }) => [from, count]))
  const last = mondayOf(today)
  const first = weeks[0]?.from ?? last
  const length = Math.min(MOST_WEEKS, Math.max(LEAST_WEEKS, daysBetween(first, last) / 7 + 1))
  return Array.from({ length }, (_, index) => {
    const from = addDays(last, (index - length + 1) * 7)
    return { from, count: counts.get(from) ?? 0 }
  })
}

/** The weeks that a filter's days take in, as first and last index; a missing day reaches to the end. */
export function rangeOf(weeks: readonly Week[], foundFrom?: string, foundTo?: string): [number, number] {
  const end = weeks.length - 1
  const indexOf = (day: string) =>
    Math.max(0, Math.min(end, Math.floor(daysBetween(weeks[0]?.from ?? day, day) / 7)))
  const start = foundFrom === undefined ? 0 : indexOf(foundFrom)
  return [start, Math.max(start, foundTo === undefined ? end : indexOf(foundTo))]
}

/** The days for a range of weeks; at either end no day is set, so that nothing older or newer is lost. */
export function daysOfRange(
  weeks: readonly Week[],
  [start, end]: readonly [number, number],
): { foundFrom: string | undefined; foundTo: string | undefined } {
  const last = weeks[end]
  return {
    foundFrom: start <= 0 ? undefined : weeks[start]?.from,
    foundTo: end >= weeks.length - 1 || !last ? undefined : addDays(last.from, 6),
  }
}

/** Months to write below the bars: about so many, at the first week that begins in them. */
export function monthMarks(weeks: readonly Week[], wanted = 5): { index: number; month: string }[] {
  const firsts = weeks.flatMap(({ from }, index) => {
    const month = from.slice(0, 7)
    return index > 0 && weeks[index - 1]?.from.slice(0, 7) !== month ? [{ index, month }] : []
  })
  const step = [1, 2, 3, 6, 12].find((months) => firsts.length / months <= wanted) ?? 12
  return firsts.filter(({ month }) => (Number(month.slice(5)) - 1) % step === 0)
}
