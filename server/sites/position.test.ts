import type { Geometry } from 'geojson'
import { describe, expect, it } from 'vitest'
import { GeometryError, readSiteGeometry } from './position.ts'

const point = (...coordinates: unknown[]) => ({ type: 'Point', coordinates }) as unknown as Geometry

describe('the place of a site', () => {
  it('keeps WGS-84 and CGCS2000 as they are, with the text beside it', () => {
    for (const system of ['WGS84', 'CGCS2000'] as const) {
      expect(readSiteGeometry(point(125.42, 43.86), system)).toEqual({
        geometry: { type: 'Point', coordinates: [125.42, 43.86] },
        coordinateText: '125.42,43.86',
      })
    }
  })

  it('converts each position of a line and drops heights', () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [125.42, 43.86, 210],
        [125.43, 43.86, 211],
      ],
    } as Geometry
    const read = readSiteGeometry(line, 'GCJ02')
    expect(read.coordinateText).toBe('125.42,43.86 125.43,43.86')
    const [first] = (read.geometry as { coordinates: number[][] }).coordinates
    // GCJ-02 lies about 600 m off here, so the conversion must move it by some thousandths of a degree
    expect(first).toHaveLength(2)
    expect(Math.abs((first?.[0] ?? 0) - 125.42)).toBeGreaterThan(0.004)
    expect(Math.abs((first?.[0] ?? 0) - 125.42)).toBeLessThan(0.01)
  })

  it('does not keep a text that is too long to stand beside it', () => {
    const ring = Array.from({ length: 40 }, (_, index) => [125 + index / 1000, 43.8 + (index % 2) / 100])
    const polygon = { type: 'Polygon', coordinates: [[...ring, ring[0]]] } as Geometry
    expect(readSiteGeometry(polygon, 'WGS84').coordinateText).toBeNull()
  })

  it('refuses what is no place', () => {
    const refused: unknown[] = [
      point(0, 0),
      point(181, 43),
      point(125, 91),
      point('125', 43),
      point(125),
      point(null, null),
      { type: 'Point' },
      { type: 'LineString', coordinates: [[125, 43]] },
      { type: 'Polygon', coordinates: [] },
      {
        type: 'Polygon',
        coordinates: [
          [
            [125, 43],
            [126, 43],
            [126, 44],
            [125, 44],
          ],
        ],
      },
      { type: 'MultiPoint', coordinates: [[125, 43]] },
      { type: 'GeometryCollection', geometries: [] },
      { type: 'LineString', coordinates: Array(10_001).fill([125, 43]) },
      {},
    ]
    for (const geometry of refused) {
      expect(() => readSiteGeometry(geometry as Geometry, 'WGS84'), JSON.stringify(geometry)).toThrow(
        GeometryError,
      )
    }
  })
})
