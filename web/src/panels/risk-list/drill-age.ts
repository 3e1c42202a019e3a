import { addDays } from '@contract'

/** Half a year: the shortest interval that the rules set for places with many people or dangerous goods. */
const MONTHS_ALLOWED = 6

export interface DrillAge {
  unit: 'today' | 'days' | 'months'
  count: number
  isLong: boolean
}

/** How long ago a day was, in days under a month and in whole months above it. */
export function drillAge(lastDrillOn: string, today: string): DrillAge {
  const days = Math.round((Date.parse(today) - Date.parse(lastDrillOn)) / 86_400_000)
  const months = wholeMonths(lastDrillOn, today)
  // one day less than the allowed span has not yet passed it
  const isLong = wholeMonths(addDays(lastDrillOn, 1), today) >= MONTHS_ALLOWED
  if (days <= 0) return { unit: 'today', count: 0, isLong: false }
  if (months < 1) return { unit: 'days', count: days, isLong: false }
  return { unit: 'months', count: months, isLong }
}

function wholeMonths(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0)
}
