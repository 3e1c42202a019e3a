import { describe, expect, it } from 'vitest'
import { daysOfPeriod } from './period.ts'

describe('daysOfPeriod', () => {
  it('spans the month, the quarter and the year round a day', () => {
    expect(daysOfPeriod('month', '2028-02-10')).toEqual({ startsFrom: '2028-02-01', startsTo: '2028-02-29' })
    expect(daysOfPeriod('quarter', '2026-11-24')).toEqual({
      startsFrom: '2026-10-01',
      startsTo: '2026-12-31',
    })
    expect(daysOfPeriod('year', '2026-11-24')).toEqual({ startsFrom: '2026-01-01', startsTo: '2026-12-31' })
  })
  it('has no end for what lies ahead', () => {
    expect(daysOfPeriod('ahead', '2026-11-24')).toEqual({ startsFrom: '2026-11-24' })
  })
})
