import type { Hexagon, Hexagons, RiskArea, RiskAreas, RiskMapCounts } from '@contract'
import { describe, expect, it } from 'vitest'
import { areaTable, firstSort, hexagonTable, sortRows } from './surface-table.ts'

const counts = (sites: number, hazards = 0): RiskMapCounts => ({
  ...{ sites, hazards, levels: { 1: 0, 2: 0, 3: sites, 4: 0, none: 0 } },
  openHazards: { general: hazards, suspectedMajor: 0, major: 0, overdue: 0 },
})
const rated = (sites: number, level: 1 | 2 | 3 | null = 3) => ({
  ...{ ...counts(sites), level, weight: 0, density: 1, areaSquareKilometers: 1, why: '' },
})
const area = (code: string, sites: number, level: 1 | 2 | 3 | null) =>
  ({ code, name: code, ...rated(sites, level) }) as RiskArea
const hexagon = (i: number, sites: number, hazards: number) =>
  ({ id: `500_${i}_1`, i, j: 1, level: null, density: 0, ...counts(sites, hazards) }) as Hexagon

describe('the table of areas', () => {
  const areas = {
    items: [area('a', 2, 3), area('b', 5, 1), area('c', 0, null)],
    whole: rated(7),
    outside: rated(0, null),
  } as RiskAreas

  it('ends with the sum, and with what lies outside if there is any', () => {
    expect(areaTable(areas).sums.map((row) => [row.name, row.figures.sites])).toEqual([['riskMap.whole', 7]])
    const withOutside = areaTable({ ...areas, outside: rated(1, null) })
    expect(withOutside.sums.map((row) => [row.name, row.figures.sites])).toEqual([
      ['riskMap.whole', 7],
      ['riskMap.outside', 1],
    ])
  })

  it('sorts by level with the uncoloured last either way', () => {
    const { rows } = areaTable(areas)
    const ids = (isDescending: boolean) => sortRows(rows, { by: 'level', isDescending }).map((row) => row.id)
    expect(ids(false)).toEqual(['b', 'a', 'c'])
    expect(ids(true)).toEqual(['a', 'b', 'c'])
    expect(sortRows(rows, firstSort('sites')).map((row) => row.id)).toEqual(['b', 'a', 'c'])
    expect(sortRows(rows, null).map((row) => row.id)).toEqual(['a', 'b', 'c'])
  })
})

describe('the table of hexagons', () => {
  const grid = {
    items: [hexagon(10, 3, 0), hexagon(9, 0, 4)],
    totals: counts(3, 4),
    unplaced: counts(1, 2),
  } as Hexagons

  it('lists what the map draws: hexagons with hazards, or with sites', () => {
    const ids = (measure: 'hazards' | 'risk') => hexagonTable(measure, grid).rows.map((row) => row.id)
    expect(ids('hazards')).toEqual(['500_9_1'])
    expect(ids('risk')).toEqual(['500_10_1'])
  })

  it('sums up to the list with what has no place', () => {
    expect(hexagonTable('hazards', grid).sums.map((row) => row.figures.all)).toEqual([4, 2])
    expect(hexagonTable('sites', grid).sums.map((row) => row.figures.sites)).toEqual([3, 1])
  })

  it('sorts names as numbers', () => {
    const rows = [...hexagonTable('risk', grid).rows, ...hexagonTable('hazards', grid).rows]
    expect(sortRows(rows, firstSort('name')).map((row) => row.name)).toEqual(['9 · 1', '10 · 1'])
  })
})
