import type { AreaFeature } from '@contract'
import { describe, expect, it } from 'vitest'
import { areaAt } from './point-in-area.ts'

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const area = (code: string, kind: AreaFeature['properties']['kind'], rings: number[][][]): AreaFeature =>
  ({
    type: 'Feature',
    id: code,
    geometry: { type: 'MultiPolygon', coordinates: [rings] },
    properties: { code, name: code, kind },
  }) as unknown as AreaFeature
const zone = area('zone', 'zone', [square(0, 0, 10)])
const street = area('street', 'subdistrict', [square(2, 2, 4), square(3, 3, 1)])

describe('areaAt', () => {
  const codeAt = (lng: number, lat: number) => areaAt([lng, lat], [zone, street])?.properties.code ?? null
  it('answers the smallest area round a point', () => {
    expect(codeAt(2.5, 2.5)).toBe('street')
    expect(codeAt(8, 8)).toBe('zone')
  })
  it('does not count a hole as inside', () => {
    expect(codeAt(3.5, 3.5)).toBe('zone')
  })
  it('answers nothing outside all areas', () => {
    expect(codeAt(11, 5)).toBeNull()
  })
})
