import { describe, expect, it } from 'vitest'
import { compareFigure, figuresOf, rateRows } from './figures.ts'

const counts = (found: number, closed: number) => ({
  found,
  closed,
  major: 2,
  overdue: 3,
  averageDaysToClose: closed === 0 ? null : 7.5,
})

describe('figuresOf', () => {
  it('gives six figures, each with the period before, the rate with its n and N', () => {
    expect(figuresOf({ figures: counts(40, 35), previous: counts(20, 10) })).toEqual([
      { name: 'found', value: 40, before: 20, share: null },
      { name: 'closed', value: 35, before: 10, share: null },
      { name: 'rate', value: 0.875, before: 0.5, share: { part: 35, whole: 40 } },
      { name: 'major', value: 2, before: 2, share: null },
      { name: 'overdue', value: 3, before: 3, share: null },
      { name: 'days', value: 7.5, before: 7.5, share: null },
    ])
  })
  it('has no rate without hazards, and compares with an empty period only what was overdue then', () => {
    const figures = figuresOf({ figures: counts(0, 0), previous: counts(0, 0) })
    expect(figures.map(({ value, before }) => [value, before])).toEqual([
      [0, null],
      [0, null],
      [null, null],
      [2, null],
      [3, 3],
      [null, null],
    ])
  })
})

describe('compareFigure', () => {
  it('says percentage points of a rate, days of a duration and counts of the others', () => {
    const figures = figuresOf({
      figures: { found: 40, closed: 35, major: 2, overdue: 3, averageDaysToClose: 7.5 },
      previous: { found: 30, closed: 20, major: 2, overdue: 5, averageDaysToClose: 9.2 },
    })
    expect(figures.map(compareFigure)).toEqual([
      { key: 'more', difference: '10' },
      { key: 'more', difference: '15' },
      { key: 'higher', difference: '20.8' },
      { key: 'same', difference: '0' },
      { key: 'less', difference: '2' },
      { key: 'shorter', difference: '1.7' },
    ])
  })
  it('compares with nothing where there was nothing', () => {
    expect(compareFigure({ name: 'found', value: 3, before: null, share: null })).toBeNull()
  })
})

describe('rateRows', () => {
  it('sorts by rate, then by number; areas without a hazard and what lies in no area come last', () => {
    const row = (area: string | null, found: number, closed: number) => ({
      area,
      areaName: area,
      found,
      closed,
      overdue: 0,
    })
    const rows = rateRows(
      [row(null, 1, 1), row('empty', 0, 0), row('half', 4, 2), row('all', 2, 2), row('all of more', 6, 6)],
      (name) => name ?? '-',
      (rate, closed, found) => `${rate} ${closed}/${found}`,
    )
    expect(rows.map((entry) => [entry.name, entry.label])).toEqual([
      ['all of more', '1 6/6'],
      ['all', '1 2/2'],
      ['half', '0.5 2/4'],
      ['empty', 'null 0/0'],
      ['-', '1 1/1'],
    ])
  })
})
