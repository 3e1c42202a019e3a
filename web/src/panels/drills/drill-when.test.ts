import { describe, expect, it } from 'vitest'
import { formatSpan } from './drill-when.ts'

describe('formatSpan', () => {
  it('names the day once when both ends lie in it, in Shanghai', () => {
    expect(formatSpan('2026-12-01T06:00:00.000Z', '2026-12-01T07:30:00.000Z')).toBe(
      '2026-12-01 14:00 — 15:30',
    )
    expect(formatSpan('2026-12-01T15:00:00.000Z', '2026-12-01T17:00:00.000Z')).toBe(
      '2026-12-01 23:00 — 2026-12-02 01:00',
    )
  })
  it('is open at the end or not there at all', () => {
    expect(formatSpan('2026-12-01T06:00:00.000Z', null)).toBe('2026-12-01 14:00')
    expect(formatSpan(null, null)).toBeNull()
  })
})
