import { describe, expect, it } from 'vitest'
import { daysOfRange, fillWeeks, mondayOf, monthMarks, rangeOf } from './weeks.ts'

const today = '2026-11-24'

describe('weeks', () => {
  it('begin on Monday, also for a Sunday', () => {
    expect(['2026-11-23', '2026-11-24', '2026-11-29'].map(mondayOf)).toEqual([
      '2026-11-23',
      '2026-11-23',
      '2026-11-23',
    ])
  })

  it('without hazards are there too, up to this one', () => {
    const weeks = fillWeeks([{ from: '2026-01-05', count: 3 }], today)
    expect(weeks).toHaveLength(47)
    expect(weeks[0]).toEqual({ from: '2026-01-05', count: 3 })
    expect(weeks[1]).toEqual({ from: '2026-01-12', count: 0 })
    expect(weeks.at(-1)).toEqual({ from: '2026-11-23', count: 0 })
  })

  it('are at least half a year and at most three', () => {
    expect(fillWeeks([], today)).toHaveLength(26)
    expect(fillWeeks([{ from: '2019-01-07', count: 1 }], today)).toHaveLength(160)
  })
})

describe('the range of the handles', () => {
  const weeks = fillWeeks([{ from: '2026-01-05', count: 3 }], today)

  it('is everything without days, and comes back from its days', () => {
    expect(rangeOf(weeks)).toEqual([0, 46])
    for (const range of [
      [0, 46],
      [5, 46],
      [0, 20],
      [7, 9],
    ] as const) {
      const { foundFrom, foundTo } = daysOfRange(weeks, range)
      expect(rangeOf(weeks, foundFrom, foundTo)).toEqual([...range])
    }
  })

  it('sets no day at its ends and whole weeks between', () => {
    expect(daysOfRange(weeks, [0, 46])).toEqual({ foundFrom: undefined, foundTo: undefined })
    expect(daysOfRange(weeks, [1, 2])).toEqual({ foundFrom: '2026-01-12', foundTo: '2026-01-25' })
  })

  it('stays inside for days before and after all weeks', () => {
    expect(rangeOf(weeks, '2001-01-01', '2030-01-01')).toEqual([0, 46])
  })
})

describe('monthMarks', () => {
  it('are few and regular', () => {
    const weeks = fillWeeks([{ from: '2024-11-25', count: 1 }], today)
    expect(monthMarks(weeks).map(({ month }) => month)).toEqual(['2025-01', '2025-07', '2026-01', '2026-07'])
  })
})
