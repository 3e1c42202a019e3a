import { VectorTile } from '@mapbox/vector-tile'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { encodeTile, type TileFeature, type TileLayerData } from './encode.ts'

const decode = (layers: TileLayerData[]) => new VectorTile(new PbfReader(encodeTile(layers)))

function roundTrip(feature: TileFeature) {
  const layer = decode([{ name: 'things', features: [feature] }]).layers.things
  if (!layer || layer.length === 0) return null
  const decoded = layer.feature(0)
  const rings = decoded.loadGeometry().map((ring) => ring.map(({ x, y }) => [x, y]))
  return { id: decoded.id, type: decoded.type, properties: decoded.properties, rings }
}

describe('the tile writer', () => {
  it('gives back id, values with their types, Chinese text and position', () => {
    const properties = {
      name: '临河街道𠮷',
      n: 12,
      ratio: 0.25,
      depth: -3,
      overdue: true,
      open: false,
      note: null,
    }
    expect(roundTrip({ id: 7, geometry: { type: 'Point', coordinates: [10, 4095] }, properties })).toEqual({
      id: 7,
      type: 1,
      properties: { name: '临河街道𠮷', n: 12, ratio: 0.25, depth: -3, overdue: true, open: false },
      rings: [[[10, 4095]]],
    })
  })

  it('keeps 1, "1" and true apart', () => {
    const feature: TileFeature = {
      id: 1,
      geometry: { type: 'Point', coordinates: [0, 0] },
      properties: { number: 1, text: '1', truth: true, word: 'true' },
    }
    expect(roundTrip(feature)?.properties).toEqual({ number: 1, text: '1', truth: true, word: 'true' })
  })

  it('leaves out an id that the format cannot hold', () => {
    for (const id of [null, -1, 1.5, Number.NaN, 2 ** 60]) {
      const feature: TileFeature = { id, geometry: { type: 'Point', coordinates: [1, 1] }, properties: {} }
      expect(roundTrip(feature)?.id).toBeUndefined()
    }
  })

  it('turns the outer ring clockwise on screen and holes the other way, however they come', () => {
    const outer = [
      [0, 0],
      [0, 100],
      [100, 100],
      [100, 0],
      [0, 0],
    ]
    const hole = [
      [20, 20],
      [20, 40],
      [40, 40],
      [40, 20],
      [20, 20],
    ]
    const expected = [
      [
        [0, 0],
        [100, 0],
        [100, 100],
        [0, 100],
        [0, 0],
      ],
      hole,
    ]
    for (const coordinates of [
      [outer, hole],
      [[...outer].reverse(), [...hole].reverse()],
    ]) {
      const back = roundTrip({ id: 1, geometry: { type: 'Polygon', coordinates }, properties: {} })
      expect(back?.rings).toEqual(expected)
    }
  })

  it('reads a multipolygon back as as many polygons, each with its own holes', () => {
    const square = (west: number, size: number) => [
      [west, 0],
      [west + size, 0],
      [west + size, size],
      [west, size],
      [west, 0],
    ]
    const coordinates = [[square(0, 100), square(10, 20)], [square(200, 50)]]
    const tile = decode([
      {
        name: 'areas',
        features: [{ id: 1, geometry: { type: 'MultiPolygon', coordinates }, properties: {} }],
      },
    ])
    const geometry = tile.layers.areas?.feature(0).toGeoJSON(0, 0, 0).geometry
    expect(geometry?.type).toBe('MultiPolygon')
    expect(
      geometry?.type === 'MultiPolygon' && geometry.coordinates.map((polygon) => polygon.length),
    ).toEqual([2, 1])
  })

  it('leaves out rings without area, lines without length and layers without features', () => {
    const features: TileFeature[] = [
      {
        id: 1,
        geometry: {
          type: 'LineString',
          coordinates: [
            [5, 5],
            [5.2, 5.4],
          ],
        },
        properties: {},
      },
      {
        id: 2,
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [1, 1],
              [9, 9],
              [1, 1],
            ],
          ],
        },
        properties: {},
      },
      { id: 3, geometry: { type: 'MultiPoint', coordinates: [] }, properties: {} },
    ]
    expect(encodeTile([{ name: 'nothing', features }])).toEqual(new Uint8Array())
    expect(encodeTile([])).toEqual(new Uint8Array())
  })

  it('writes several layers under their names', () => {
    const point = (x: number): TileFeature => ({
      id: x,
      geometry: { type: 'Point', coordinates: [x, x] },
      properties: {},
    })
    const tile = decode([
      { name: 'hazards', features: [point(1), point(2)] },
      { name: 'cells', features: [point(3)] },
    ])
    expect(Object.entries(tile.layers).map(([name, layer]) => [name, layer.length, layer.version])).toEqual([
      ['hazards', 2, 2],
      ['cells', 1, 2],
    ])
  })

  it('gives back any line that has a length', () => {
    const coordinate = fc.integer({ min: -256, max: 4352 })
    const line = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(line, (coordinates) => {
        const isKept = (_: unknown, index: number) =>
          index === 0 || `${coordinates[index]}` !== `${coordinates[index - 1]}`
        const expected = coordinates.filter(isKept)
        const back = roundTrip({ id: 1, geometry: { type: 'LineString', coordinates }, properties: {} })
        expect(back?.rings ?? []).toEqual(expected.length > 1 ? [expected] : [])
      }),
    )
  })
})
