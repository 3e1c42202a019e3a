import { addDays, daysBetween, endOfDay } from '../core/calendar.ts'
import { FilterError, type Filters, isDay } from '../core/filters.ts'
import {
  SECTORS,
  SEVERITIES,
  STATUSES,
  SUMMARY_DIMENSIONS,
  type SummaryDimension,
} from '../core/vocabulary.ts'
import type { SummaryItem } from './schema.ts'

/** The dimensions of a summary, in the order asked for. Throws FilterError with the known words. */
export function readDimensions(by: string | undefined): SummaryDimension[] {
  if (by === undefined || by.trim() === '') return []
  const words = [...new Set(by.split(',').map((word) => word.trim()))]
  return words.map((word) => {
    const known = SUMMARY_DIMENSIONS.find((dimension) => dimension === word)
    if (!known) {
      const expectation = `不是可汇总的项，可用：${SUMMARY_DIMENSIONS.join('、')}`
      throw new FilterError('by', word, expectation, SUMMARY_DIMENSIONS)
    }
    return known
  })
}

const ORDERS: Partial<Record<SummaryDimension, readonly string[]>> = {
  sector: SECTORS,
  severity: SEVERITIES,
  status: STATUSES,
}

/** Counts in the order in which people read each vocabulary; codes and months ascending; what has none, last. */
export function sortSummary(items: SummaryItem[], by: readonly SummaryDimension[]): SummaryItem[] {
  return [...items].sort((a, b) => {
    for (const dimension of by) {
      const difference = compare(dimension, a[dimension] ?? null, b[dimension] ?? null)
      if (difference !== 0) return difference
    }
    return 0
  })
}

function compare(dimension: SummaryDimension, a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  const order = ORDERS[dimension]
  if (order) return order.indexOf(String(a)) - order.indexOf(String(b))
  return a < b ? -1 : 1
}

export interface Period {
  from: string
  to: string
}

const LONGEST_YEARS = 20

/** The period of a statistics page. Throws FilterError. */
export function readPeriod(from: string, to: string): Period {
  for (const [name, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isDay(day)) throw new FilterError(name, day, '不是日期，应写成 2025-06-18')
  }
  if (from > to) throw new FilterError('from', from, `晚于 to「${to}」`)
  if (daysBetween(from, to) > LONGEST_YEARS * 366) {
    throw new FilterError('from', from, `时段最长 ${LONGEST_YEARS} 年`)
  }
  return { from, to }
}

/** The stretch of equal length right before. */
export function previousPeriod({ from, to }: Period): Period {
  return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) }
}

const monthNumber = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
const monthsBetween = (from: string, to: string) => monthNumber(to) - monthNumber(from)

/** The first day of the month so many months later. */
function addMonths(day: string, count: number): string {
  const month = monthNumber(day) + count
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

const TREND_MONTHS = 12
const MOST_TREND_MONTHS = 36

/**
 * The days whose ends make the trend: the month ends of the period, at least the last twelve and at most 36, and the
 * last day of the period. Nothing is said of days after today.
 */
export function trendDays(period: Period, today: string): string[] {
  if (period.from > today) return []
  const to = period.to < today ? period.to : today
  const inPeriod = monthsBetween(period.from, to) + 1
  const count = Math.min(Math.max(inPeriod, TREND_MONTHS), MOST_TREND_MONTHS)
  const days = Array.from({ length: count - 1 }, (_, index) => addDays(addMonths(to, index - count + 2), -1))
  return [...days, to]
}

/**
 * The request as of the end of a day, or as it is for a day that is not over at the moment it looks at. Figures of a
 * period tell what happened in it as is known now, so what was entered late counts where it belongs.
 */
export function atEndOf<R extends { asOf: Date | null; today: string; isRecorded?: boolean }>(
  request: R,
  day: string,
): R {
  return day < request.today ? { ...request, asOf: endOfDay(day), today: day, isRecorded: false } : request
}

/** The filter narrowed to what was found in a period; a found-on range of the filter itself is kept. */
export function foundWithin(filters: Filters, period: Period): Filters {
  const { foundFrom, foundTo } = filters
  return {
    ...filters,
    foundFrom: foundFrom !== undefined && foundFrom > period.from ? foundFrom : period.from,
    foundTo: foundTo !== undefined && foundTo < period.to ? foundTo : period.to,
  }
}
