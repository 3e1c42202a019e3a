import { afterEach, describe, expect, it } from 'vitest'
import { setLocale } from '../messages/i18n.ts'
import {
  formatCount,
  formatDay,
  formatDayInSentence,
  formatDistance,
  formatDuration,
  formatMoment,
  formatRate,
  formatShortCount,
} from './format.ts'

afterEach(() => setLocale('zh-CN'))

describe('numbers and days', () => {
  it('puts a comma from a thousand on', () => {
    expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567'])
  })

  it('shortens counts in a cell to four signs', () => {
    expect([999, 1000, 1249, 9949, 9950, 34_000, 123_456].map(formatShortCount)).toEqual([
      '999',
      '1千',
      '1.2千',
      '9.9千',
      '1万',
      '3.4万',
      '12万',
    ])
    setLocale('en')
    expect([999, 1249, 34_000, 999_499, 1_200_000].map(formatShortCount)).toEqual([
      '999',
      '1.2k',
      '34k',
      '999k',
      '1.2M',
    ])
  })

  it('gives no rate of nothing', () => {
    expect([formatRate(7, 8), formatRate(1, 1), formatRate(0, 0)]).toEqual(['87.5 %', '100 %', '—'])
  })

  it('writes distances in steps of ten from a hundred metres and in kilometres from a thousand', () => {
    expect([14.4, 99.4, 99.6, 354, 994, 996, 1249].map(formatDistance)).toEqual([
      '14 m',
      '99 m',
      '100 m',
      '350 m',
      '990 m',
      '1.0 km',
      '1.2 km',
    ])
  })

  it('writes days by language and leaves out this year in sentences', () => {
    expect(formatDay('2025-06-18')).toBe('2025-06-18')
    expect(formatDay(null)).toBe('—')
    expect(formatDayInSentence('2026-06-18', '2026-11-24')).toBe('6 月 18 日')
    expect(formatDayInSentence('2025-06-18', '2026-11-24')).toBe('2025 年 6 月 18 日')
    setLocale('en')
    expect(formatDay('2025-06-18')).toBe('18 Jun 2025')
  })

  it('tells moments in Shanghai, whatever the machine', () => {
    expect(formatMoment('2025-06-17T20:30:00Z')).toBe('2025-06-18 04:30')
  })

  it('writes short times in minutes and seconds', () => {
    expect([250, 60, 9, 0].map(formatDuration)).toEqual(['4 分 10 秒', '1 分', '9 秒', '0 秒'])
  })
})
