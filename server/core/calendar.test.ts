import { describe, expect, it } from 'vitest'
import { addDays, dayOf, dayOfAsOf, daysBetween, endOfDay, instantOfAsOf, startOfDay } from './calendar.ts'

describe('days in Shanghai', () => {
  it('begin at 16:00 UTC of the day before', () => {
    expect(dayOf(new Date('2025-06-17T15:59:59Z'))).toBe('2025-06-17')
    expect(dayOf(new Date('2025-06-17T16:00:00Z'))).toBe('2025-06-18')
    expect(startOfDay('2025-06-18').toISOString()).toBe('2025-06-17T16:00:00.000Z')
    expect(endOfDay('2025-06-18').toISOString()).toBe('2025-06-18T16:00:00.000Z')
  })

  it('are added and counted over months and leap years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  })

  it('stand for their end in asOf', () => {
    expect(instantOfAsOf('2025-06-18').toISOString()).toBe('2025-06-18T16:00:00.000Z')
    expect(instantOfAsOf('2025-06-18T09:00:00+08:00').toISOString()).toBe('2025-06-18T01:00:00.000Z')
    expect(dayOfAsOf('2025-06-17T20:00:00Z')).toBe('2025-06-18')
  })
})
