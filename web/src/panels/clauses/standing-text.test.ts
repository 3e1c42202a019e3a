import { describe, expect, it } from 'vitest'
import { periodText, standingOf } from './standing-text.ts'

const dated = (effectiveFrom: string | null, effectiveTo: string | null = null) => ({
  effectiveFrom,
  effectiveTo,
})

describe('the days of a document in words', () => {
  it.each([
    [dated('2023-05-15'), 'current', '2023-05-15 起施行'],
    [dated(null), 'current', '施行日待核'],
    [dated(null, '2025-11-01'), 'superseded', '施行日待核，2025-11-01 起停止施行'],
    [null, 'retired', '施行日待核，已停用，停止施行日待核'],
  ])('%j of edition %s', (document, edition, text) => {
    expect(periodText(document, edition)).toBe(text)
  })
})

describe('how a clause stands', () => {
  const clause = (isInForce: boolean, effectiveTo: string | null, edition = 'current') =>
    ({ isInForce, edition, document: dated(null, effectiveTo) }) as Parameters<typeof standingOf>[0]

  it('follows the server, and the days where it is not in force', () => {
    expect(standingOf(clause(true, '2025-11-01'), '2024-06-01')).toBe('inForce')
    expect(standingOf(clause(false, '2025-11-01'), '2025-11-01')).toBe('ended')
    expect(standingOf(clause(false, null, 'superseded'), '2024-06-01')).toBe('ended')
    expect(standingOf(clause(false, null), '2026-09-29')).toBe('ahead')
  })
})
