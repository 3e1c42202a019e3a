import { expect, it } from 'vitest'
import { makeMatrix } from './matrix.ts'

it('the matrix has the sectors that occur in their order, and sums both ways', () => {
  const items = [
    { area: '001', areaName: '东', sector: 'gas' as const, count: 2 },
    { area: '001', areaName: '东', sector: 'fire' as const, count: 3 },
    { area: null, areaName: null, sector: 'gas' as const, count: 1 },
  ]
  expect(makeMatrix({ items })).toEqual({
    sectors: ['fire', 'gas'],
    rows: [
      {
        area: '001',
        name: '东',
        cells: [
          { sector: 'fire', count: 3 },
          { sector: 'gas', count: 2 },
        ],
        total: 5,
      },
      {
        area: null,
        name: null,
        cells: [
          { sector: 'fire', count: 0 },
          { sector: 'gas', count: 1 },
        ],
        total: 1,
      },
    ],
    columnTotals: [3, 3],
    max: 3,
  })
  expect(makeMatrix({ items: [] })).toEqual({ sectors: [], rows: [], columnTotals: [], max: 0 })
})
