import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDay } from './date-text.ts'

describe('reading a day', () => {
  it.each([
    ['2025-06-01', '2025-06-01'],
    ['2025/6/1', '2025-06-01'],
    ['2025.6.1', '2025-06-01'],
    ['2025年6月1日', '2025-06-01'],
    ['2025 年 6 月 1 日', '2025-06-01'],
    ['２０２５年６月１日', '2025-06-01'],
    ['2025年6月1号', '2025-06-01'],
    ['2025/6/1 9:30', '2025-06-01'],
    ['2025-06-01T09:30:00', '2025-06-01'],
    ['2025年6月1日 星期日', '2025-06-01'],
    ['2025年6月1日上午'.replace('上午', '9时30分'), '2025-06-01'],
    ['20250601', '2025-06-01'],
    [20250601, '2025-06-01'],
    [45809, '2025-06-01'],
    [45809.75, '2025-06-01'],
    ['45809', '2025-06-01'],
    [new Date('2025-06-01T00:00:00Z'), '2025-06-01'],
    [new Date('2025-05-31T23:59:59.9996Z'), '2025-06-01'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %s', (cell, day) => {
    expect(readDay(cell)).toEqual({ day })
  })

  it.each([
    ['2025-02-30', '「2025-02-30」没有这一天'],
    ['2025年2月29日', '「2025年2月29日」没有这一天'],
    ['2025-13-01', '「2025-13-01」没有这一天'],
    ['45 日前', '「45 日前」不是日期'],
    ['6月1日', '「6月1日」没有年份'],
    ['2025年6月', '「2025年6月」没有写到日'],
    ['25.6.1', '「25.6.1」年份应写四位'],
    ['1025-06-01', '「1025-06-01」不在 1990–2099 年之间'],
    [12, '「1900-01-11」不在 1990–2099 年之间'],
    [-5, '「-5」不是日期'],
    [Number.NaN, '不是日期'],
    [9e15, '「9000000000000000」不是日期'],
    ['立即'.repeat(100), '文字太长，不是日期'],
    [true, '不是日期'],
  ])('refuses %s with the reason', (cell, reason) => {
    expect(readDay(cell)).toEqual({ day: null, isEmpty: false, reason })
  })

  it.each(['', ' ', null, undefined, '无', '—'])('takes %j for an empty cell', (cell) => {
    expect(readDay(cell)).toEqual({ day: null, isEmpty: true, reason: '没有填写' })
  })

  it('answers only days that exist, whatever the cell', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.date({ noInvalidDate: false })), (cell) => {
        const { day } = readDay(cell)
        return day === null || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
      }),
    )
  })
})
