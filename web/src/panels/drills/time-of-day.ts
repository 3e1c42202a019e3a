/** A time of day as people type it (9:00, 0900, 14：30, 8点) on the clock of 24 hours, or null. */
export function readTimeOfDay(text: string): string | null {
  const match = /^(\d{1,2})[:：.点时]?(\d{2})?分?$/.exec(text.trim())
  if (!match) return null
  const [, hours = '', minutes = '00'] = match
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return `${hours.padStart(2, '0')}:${minutes}`
}
