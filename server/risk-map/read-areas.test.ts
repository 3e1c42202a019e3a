import { expect, it } from 'vitest'
import type { AreaRow } from './area-queries.ts'
import { unitsOf } from './read-areas.ts'

const area = (code: string, kind: AreaRow['kind'], parentCode: string | null): AreaRow => ({
  ...{ code, kind, parentCode, name: code, isApproximate: true, areaSquareKilometers: 1, anchor: [125, 43] },
  geometry: { type: 'MultiPolygon', coordinates: [] },
})
const zone = area('220171', 'zone', null)
const street = area('220171001', 'subdistrict', '220171')
const town = area('220171100', 'town', '220171')
const grid = area('220171001-01', 'grid', '220171001')

const partsOf = (visible: AreaRow[]) =>
  Object.fromEntries(unitsOf(visible).map((unit) => [unit.code, unit.parts.toSorted()]))

it('areas of the map are streets and towns, with the grids that lie in them', () => {
  expect(partsOf([zone, town, grid, street])).toEqual({
    '220171001': ['220171001', '220171001-01'],
    '220171100': ['220171100'],
  })
})

it('to who sees only a grid the grid is the area', () => {
  expect(partsOf([grid])).toEqual({ '220171001-01': ['220171001-01'] })
  expect(partsOf([])).toEqual({})
})
