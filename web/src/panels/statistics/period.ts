import { addDays, isDay } from '@contract'

export const PERIOD_KINDS = ['month', 'quarter', 'year', 'custom'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]
export interface Period {
  kind: PeriodKind
  from: string
  to: string
}

/** The running month, quarter or year up to today: days to come would only make every rate look worse. */
export function runningPeriod(kind: Exclude<PeriodKind, 'custom'>, today: string): Period {
  const year = today.slice(0, 4)
  const month = Number(today.slice(5, 7))
  const firstMonth = kind === 'year' ? 1 : kind === 'quarter' ? month - ((month - 1) % 3) : month
  return { kind, from: `${year}-${String(firstMonth).padStart(2, '0')}-01`, to: today }
}

/** The period that an address asks for; anything unreadable falls back to the running quarter. */
export function readPeriod(query: Record<string, unknown>, today: string): Period {
  const { period, from, to } = query
  if (typeof from === 'string' && typeof to === 'string' && isDay(from) && isDay(to) && from <= to) {
    return { kind: 'custom', from, to }
  }
  if (period === 'month' || period === 'year') return runningPeriod(period, today)
  return runningPeriod('quarter', today)
}

export function writePeriod(period: Period): Record<string, string> {
  return period.kind === 'custom' ? { from: period.from, to: period.to } : { period: period.kind }
}

/** The days of the stretch of equal length right before, with which the figures are compared. */
export function periodBefore(period: { from: string; to: string }): { from: string; to: string } {
  const length = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000 + 1
  return { from: addDays(period.from, -length), to: addDays(period.from, -1) }
}
