import { addDays } from './calendar.ts'

/** The yearly notices of the State Council: days off, and weekend days that are worked instead. */
export type HolidayTable = Record<string, { date: string; kind: 'holiday' | 'workday' }[]>

/** A count of working days. `isCertain` is false where a year has no notice yet and only weekends were left out. */
export interface WorkingDayCount {
  days: number
  isCertain: boolean
}

export interface WorkCalendar {
  isWorkingDay(day: string): boolean
  /** Working days after the first day, up to and including the second; 0 if that is not later. */
  countBetween(after: string, through: string): WorkingDayCount
  /** The day that is so many working days later. */
  addWorkingDays(day: string, count: number): { day: string; isCertain: boolean }
  hasTable(year: string): boolean
}

const DAY_MILLISECONDS = 86_400_000
const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MILLISECONDS)

/** Weekdays from the first Monday of 1970 (5 January, day 4) up to and including the day of this number. */
function weekdaysThrough(dayNumber: number): number {
  const since = dayNumber - 4
  const weeks = Math.floor(since / 7)
  return weeks * 5 + Math.min(since - weeks * 7 + 1, 5)
}

const isWeekday = (dayNumber: number) => weekdaysThrough(dayNumber) > weekdaysThrough(dayNumber - 1)

/**
 * Counts by calendar text, never by the process's time zone. The table's keys are years; entries of other keys (notes on
 * its source) are passed over.
 */
export function makeWorkCalendar(table: HolidayTable): WorkCalendar {
  const years = Object.keys(table).filter((key) => /^\d{4}$/.test(key))
  const isOff = new Map<number, boolean>()
  for (const year of years) {
    for (const { date, kind } of table[year] ?? []) isOff.set(numberOf(date), kind === 'holiday')
  }
  // where the notices differ from plain weeks, with the running sum of the difference
  const exceptions = [...isOff.keys()].sort((a, b) => a - b)
  const sums: number[] = []
  let sum = 0
  for (const day of exceptions) {
    sum += (isOff.get(day) ? 0 : 1) - (isWeekday(day) ? 1 : 0)
    sums.push(sum)
  }
  const workingDaysThrough = (dayNumber: number) => {
    let low = 0
    let high = exceptions.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((exceptions[middle] ?? 0) <= dayNumber) low = middle + 1
      else high = middle
    }
    return weekdaysThrough(dayNumber) + (low > 0 ? (sums[low - 1] ?? 0) : 0)
  }
  const hasTable = (year: string) => years.includes(year)
  const isWorkingDay = (day: string) => {
    const dayNumber = numberOf(day)
    const off = isOff.get(dayNumber)
    return off === undefined ? isWeekday(dayNumber) : !off
  }
  const areYearsKnown = (from: string, to: string) => {
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
      if (!hasTable(String(year))) return false
    }
    return true
  }
  return {
    isWorkingDay,
    hasTable,
    countBetween: (after, through) => {
      if (through <= after) return { days: 0, isCertain: true }
      return {
        days: workingDaysThrough(numberOf(through)) - workingDaysThrough(numberOf(after)),
        isCertain: areYearsKnown(addDays(after, 1), through),
      }
    },
    addWorkingDays: (day, count) => {
      let end = day
      for (let left = count; left > 0; ) {
        end = addDays(end, 1)
        if (isWorkingDay(end)) left--
      }
      return { day: end, isCertain: count <= 0 || areYearsKnown(addDays(day, 1), end) }
    },
  }
}

/** Working days by which something due is late today; 0 when it is not. */
export function overdueWorkingDays(calendar: WorkCalendar, dueOn: string, today: string): WorkingDayCount {
  return calendar.countBetween(dueOn, today)
}

/** Working days left after today up to the due day; 0 when it is today or past. */
export function remainingWorkingDays(calendar: WorkCalendar, dueOn: string, today: string): WorkingDayCount {
  return calendar.countBetween(today, dueOn)
}
