import { formatClock, formatMoment } from '../../parts/format.ts'

/** 2026-12-01 14:00 — 15:00; over midnight both in full. */
export function formatSpan(startsAt: string | null, endsAt: string | null): string | null {
  if (!startsAt) return null
  if (!endsAt) return formatMoment(startsAt)
  const [from, to] = [formatMoment(startsAt), formatMoment(endsAt)]
  const isSameDay = from.slice(0, -5) === to.slice(0, -5)
  return `${from} — ${isSameDay ? formatClock(endsAt) : to}`
}
