import { describe, expect, it } from 'vitest'
import { periodBefore, readPeriod, runningPeriod, writePeriod } from './period.ts'

const today = '2026-11-24'

describe('runningPeriod', () => {
  it('begins the month, the quarter and the year and ends today', () => {
    expect(runningPeriod('month', today)).toEqual({ kind: 'month', from: '2026-11-01', to: today })
    expect(runningPeriod('quarter', today)).toEqual({ kind: 'quarter', from: '2026-10-01', to: today })
    expect(runningPeriod('year', today)).toEqual({ kind: 'year', from: '2026-01-01', to: today })
  })
  it('counts quarters from January', () => {
    const starts = ['01', '03', '04', '06', '07', '09', '12'].map(
      (month) => runningPeriod('quarter', `2026-${month}-15`).from,
    )
    expect(starts).toEqual([
      '2026-01-01',
      '2026-01-01',
      '2026-04-01',
      '2026-04-01',
      '2026-07-01',
      '2026-07-01',
      '2026-10-01',
    ])
  })
})

describe('readPeriod', () => {
  it('reads what writePeriod wrote', () => {
    for (const period of [
      runningPeriod('month', today),
      runningPeriod('year', today),
      { kind: 'custom', from: '2026-02-03', to: '2026-05-06' } as const,
    ]) {
      expect(readPeriod(writePeriod(period), today)).toEqual(period)
    }
  })
  it('falls back to the quarter when the days are turned round, do not exist or are missing', () => {
    const quarter = runningPeriod('quarter', today)
    expect(readPeriod({ from: '2026-05-06', to: '2026-02-03' }, today)).toEqual(quarter)
    expect(readPeriod({ from: '2026-02-30', to: '2026-03-03' }, today)).toEqual(quarter)
    expect(readPeriod({ period: 'century' }, today)).toEqual(quarter)
    expect(readPeriod({}, today)).toEqual(quarter)
  })
})

describe('periodBefore', () => {
  it('is as long and ends the day before', () => {
    expect(periodBefore({ from: '2026-11-01', to: '2026-11-24' })).toEqual({
      from: '2026-10-08',
      to: '2026-10-31',
    })
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
      from: '2026-02-28',
      to: '2026-02-28',
    })
  })
})
