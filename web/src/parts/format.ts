import { dayOf } from '@contract'
import { locale } from '../messages/i18n.ts'

/** Numbers, days and measures as people read them here; the one place that knows. Missing is — . */
export const MISSING = '—'

const isEnglish = () => locale.value === 'en'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 1,254 */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count where there is room for four signs: 999, 1.2千, 3.4万; in English 1.2k, 34k. */
export function formatShortCount(count: number): string {
  if (count < 1000) return String(count)
  const [divisor, unit] = isEnglish()
    ? count < 999_500
      ? [1000, 'k']
      : [1_000_000, 'M']
    : count < 9_950
      ? [1000, '千']
      : [10_000, '万']
  const value = count / divisor
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)}${unit}`
}

/** 87.5 %, or — when there is nothing to divide by. */
export function formatRate(part: number, whole: number): string {
  return whole === 0 ? MISSING : `${Number(((part / whole) * 100).toFixed(1))} %`
}

/** 2025-06-18 in tables; 18 Jun 2025 in English. */
export function formatDay(day: string | null | undefined): string {
  if (!day) return MISSING
  const [year, month, date] = day.slice(0, 10).split('-').map(Number)
  if (!isEnglish() || !year || !month || !date) return day.slice(0, 10)
  return `${date} ${MONTHS[month - 1]} ${year}`
}

/** 6 月 18 日 in sentences, with the year if it is not this one. */
export function formatDayInSentence(day: string, today = dayOf(new Date())): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number)
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  if (isEnglish()) return `${date} ${MONTHS[(month ?? 1) - 1]}${isThisYear ? '' : ` ${year}`}`
  return `${isThisYear ? '' : `${year} 年 `}${month} 月 ${date} 日`
}

/** 09:42 in Shanghai. */
export function formatClock(instant: Date | string): string {
  const date = typeof instant === 'string' ? new Date(instant) : instant
  return new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)
}

/** 2025-06-18 09:42 in Shanghai. */
export function formatMoment(instant: Date | string | null | undefined): string {
  if (!instant) return MISSING
  const date = typeof instant === 'string' ? new Date(instant) : instant
  return `${formatDay(dayOf(date))} ${formatClock(date)}`
}

/** 14 m, 350 m in steps of ten from a hundred, 1.2 km. */
export function formatDistance(meters: number): string {
  if (meters < 99.5) return `${Math.round(meters)} m`
  const rounded = Math.round(meters / 10) * 10
  if (rounded < 1000) return `${rounded} m`
  const kilometers = meters / 1000
  return `${kilometers < 99.95 ? kilometers.toFixed(1) : formatCount(kilometers)} km`
}

/** 125.38540, 43.86210 */
export function formatLngLat([lng, lat]: readonly [number, number]): string {
  return `${lng.toFixed(5)}, ${lat.toFixed(5)}`
}

/** 4 分 10 秒 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  const rest = whole % 60
  if (isEnglish())
    return [minutes ? `${minutes} min` : '', rest || !minutes ? `${rest} s` : ''].join(' ').trim()
  return [minutes ? `${minutes} 分` : '', rest || !minutes ? `${rest} 秒` : ''].join(' ').trim()
}

/** 0.8 万元 */
export function formatMoneyWan(wan: number | null | undefined): string {
  if (wan === null || wan === undefined) return MISSING
  return isEnglish() ? `${formatCount(wan * 10_000)} yuan` : `${wan} 万元`
}
