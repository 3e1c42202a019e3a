import { describe, expect, it } from 'vitest'
import { FilterError } from '../core/filters.ts'
import {
  atEndOf,
  foundWithin,
  previousPeriod,
  readDimensions,
  readPeriod,
  sortSummary,
  trendDays,
} from './model.ts'

describe('the dimensions of a summary', () => {
  it('are read in the order asked for, each once', () => {
    expect(readDimensions('sector,area, sector')).toEqual(['sector', 'area'])
    expect(readDimensions(undefined)).toEqual([])
    expect(readDimensions('')).toEqual([])
  })

  it('are refused with the known ones', () => {
    const refusal = () => readDimensions('area,color')
    expect(refusal).toThrow(FilterError)
    expect(refusal).toThrow(
      'by「color」不是可汇总的项，可用：area、sector、severity、status、riskLevel、month、clause',
    )
  })

  it('sort the counts as people read them, with what has none last', () => {
    const items = [
      { area: null, severity: 'general' as const, count: 1 },
      { area: '220171002', severity: 'major' as const, count: 2 },
      { area: '220171001', severity: 'major' as const, count: 3 },
      { area: '220171001', severity: 'general' as const, count: 4 },
    ]
    expect(sortSummary(items, ['severity', 'area']).map((item) => item.count)).toEqual([4, 1, 3, 2])
  })
})

describe('a period', () => {
  it('is compared with the stretch of equal length before', () => {
    expect(previousPeriod({ from: '2025-06-01', to: '2025-06-18' })).toEqual({
      from: '2025-05-14',
      to: '2025-05-31',
    })
    expect(previousPeriod({ from: '2025-06-18', to: '2025-06-18' })).toEqual({
      from: '2025-06-17',
      to: '2025-06-17',
    })
  })

  it('is refused backwards, without days, or beyond all measure', () => {
    expect(() => readPeriod('2025-06-02', '2025-06-01')).toThrow('from「2025-06-02」晚于 to「2025-06-01」')
    expect(() => readPeriod('2025-02-30', '2025-06-01')).toThrow(FilterError)
    expect(() => readPeriod('2000-01-01', '2025-06-01')).toThrow('时段最长 20 年')
    expect(readPeriod('2025-06-01', '2025-06-01')).toEqual({ from: '2025-06-01', to: '2025-06-01' })
  })

  it('narrows a filter without widening what the filter already says', () => {
    const period = { from: '2025-06-01', to: '2025-06-30' }
    expect(foundWithin({ foundFrom: '2025-06-10', foundTo: '2025-07-10' }, period)).toEqual({
      foundFrom: '2025-06-10',
      foundTo: '2025-06-30',
    })
    expect(foundWithin({}, period)).toEqual({ foundFrom: '2025-06-01', foundTo: '2025-06-30' })
  })
})

describe('the days of the trend', () => {
  it('are at least the last twelve month ends', () => {
    expect(trendDays({ from: '2025-06-01', to: '2025-06-18' }, '2025-06-18')).toEqual([
      '2024-07-31',
      '2024-08-31',
      '2024-09-30',
      '2024-10-31',
      '2024-11-30',
      '2024-12-31',
      '2025-01-31',
      '2025-02-28',
      '2025-03-31',
      '2025-04-30',
      '2025-05-31',
      '2025-06-18',
    ])
  })

  it('cover a longer period up to three years, and never go beyond today', () => {
    const days = trendDays({ from: '2023-12-15', to: '2025-12-31' }, '2025-06-18')
    expect([days.length, days[0], days.at(-1)]).toEqual([19, '2023-12-31', '2025-06-18'])
    expect(trendDays({ from: '2010-01-01', to: '2025-06-18' }, '2025-06-18')).toHaveLength(36)
    expect(trendDays({ from: '2025-07-01', to: '2025-07-31' }, '2025-06-18')).toEqual([])
  })

  it('are looked at from their ends, today as it is', () => {
    const now = { asOf: null, today: '2025-06-18' }
    expect(atEndOf(now, '2025-05-31')).toEqual({
      asOf: new Date('2025-05-31T16:00:00Z'),
      today: '2025-05-31',
      isRecorded: false,
    })
    expect(atEndOf(now, '2025-06-18')).toBe(now)
  })
})
