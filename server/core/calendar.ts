/** Calendar days are those of Asia/Shanghai, which has kept UTC+8 without daylight saving since 1991. */
const OFFSET_MILLISECONDS = 8 * 3_600_000
const DAY_MILLISECONDS = 86_400_000

/** The day (YYYY-MM-DD) of an instant in Shanghai. */
export function dayOf(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MILLISECONDS).toISOString().slice(0, 10)
}

/** The instant at which a Shanghai day begins. */
export function startOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MILLISECONDS)
}

/** The instant at which a Shanghai day ends, which is the next one's beginning. */
export function endOfDay(day: string): Date {
  return new Date(startOfDay(day).getTime() + DAY_MILLISECONDS)
}

/** The day so many calendar days later (or earlier, if negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/** Calendar days from the first day to the second. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLISECONDS)
}

/** The moment that `asOf` means: a day stands for its end. */
export function instantOfAsOf(asOf: string): Date {
  return asOf.includes('T') ? new Date(asOf) : endOfDay(asOf)
}

/** The calendar day against which lateness is judged at `asOf`. */
export function dayOfAsOf(asOf: string): string {
  return asOf.includes('T') ? dayOf(new Date(asOf)) : asOf
}
