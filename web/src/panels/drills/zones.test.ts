import distance from '@turf/distance'
import { describe, expect, it } from 'vitest'
import { zoneFeatures } from './zones.ts'

const centre = { type: 'Point' as const, coordinates: [125.4, 43.86] as [number, number] }

describe('zoneFeatures', () => {
  it('draws a ring whose every corner lies at the radius', () => {
    const { features } = zoneFeatures(centre, [
      { id: 'a', name: '隔离圈', kind: 'isolation', radiusMeters: 150 },
    ])
    const ring = features[0]?.geometry.coordinates[0] ?? []
    expect(ring).toHaveLength(97)
    for (const corner of ring) {
      expect(distance(centre.coordinates, corner, { units: 'meters' })).toBeCloseTo(150, 3)
    }
  })
  it('draws nothing without a place or a radius', () => {
    expect(
      zoneFeatures(null, [{ id: 'a', name: '圈', kind: 'isolation', radiusMeters: 1 }]).features,
    ).toEqual([])
    expect(zoneFeatures(centre, [{ id: 'a', name: '圈', kind: 'isolation' }]).features).toEqual([])
  })
})
