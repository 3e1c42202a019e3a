import { addDays } from '@contract'

export const DRILL_PERIODS = ['ahead', 'month', 'quarter', 'year'] as const
export type DrillPeriod = (typeof DRILL_PERIODS)[number]

const lastDayOf = (firstDay: string, months: number): string => {
  const [year = 0, month = 1] = firstDay.split('-').map(Number)
  const next = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
  return addDays(next, -1)
}

/** The first and the last day of a period, as the list asks for them. */
export function daysOfPeriod(period: DrillPeriod, today: string): { startsFrom: string; startsTo?: string } {
  const year = today.slice(0, 4)
  if (period === 'ahead') return { startsFrom: today }
  if (period === 'year') return { startsFrom: `${year}-01-01`, startsTo: `${year}-12-31` }
  const month = Number(today.slice(5, 7))
  const first = period === 'month' ? month : month - ((month - 1) % 3)
  const startsFrom = `${year}-${String(first).padStart(2, '0')}-01`
  return { startsFrom, startsTo: lastDayOf(startsFrom, period === 'month' ? 1 : 3) }
}
