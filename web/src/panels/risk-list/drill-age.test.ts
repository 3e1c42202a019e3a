import { describe, expect, it } from 'vitest'
import { drillAge } from './drill-age.ts'

describe('drillAge', () => {
  it('counts days under a month and whole months above', () => {
    expect(drillAge('2026-11-24', '2026-11-24')).toEqual({ unit: 'today', count: 0, isLong: false })
    expect(drillAge('2026-10-25', '2026-11-24')).toEqual({ unit: 'days', count: 30, isLong: false })
    expect(drillAge('2026-10-24', '2026-11-24')).toEqual({ unit: 'months', count: 1, isLong: false })
    expect(drillAge('2025-12-25', '2026-11-24')).toEqual({ unit: 'months', count: 10, isLong: true })
  })
  it('is too long from the day after half a year', () => {
    expect(drillAge('2026-05-24', '2026-11-24').isLong).toBe(false)
    expect(drillAge('2026-05-23', '2026-11-24').isLong).toBe(true)
  })
})
