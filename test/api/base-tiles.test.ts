import type { Position } from 'geojson'
import type { Knex } from 'knex'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadSchematicBase } from '../../scripts/demonstration/load-schematic.ts'
import { readAreaTile, readBaseTile } from '../../server/base-map/queries.ts'
import { saveFeatures } from '../../server/base-map/store.ts'
import { tileAt, tileBounds } from '../../server/core/tile-grid.ts'
import type { TileLayerData } from '../../server/tiles/encode.ts'
import { openTestDatabase, resetDatabase } from '../harness/database.ts'
import { EAST, seedFixture, WEST, ZONE } from '../harness/fixture.ts'

let db: Knex
beforeAll(async () => {
  db = (await openTestDatabase()).knex
})

const TILE = tileAt(125.4, 43.86, 14)
const { west, south, east, north } = tileBounds(TILE)
/** A position by its place in the tile: 0 to 1 from the left and from the top, near enough for a small tile. */
const at = (x: number, y: number): [number, number] => [west + x * (east - west), north - y * (north - south)]
const ring = (least: number, most: number) => [
  at(least, least),
  at(most, least),
  at(most, most),
  at(least, most),
  at(least, least),
]
const road = (sourceKey: string, rest: object, coordinates = [at(-1, 0.5), at(2, 0.5)]) => ({
  sourceKey,
  name: null,
  class: 'primary',
  isOneway: false,
  speedKmh: null,
  importance: 3,
  geometry: { type: 'LineString' as const, coordinates },
  ...rest,
})
const layerOf = (layers: TileLayerData[], name: string) =>
  layers.find((layer) => layer.name === name)?.features ?? []

describe('a tile of the base map', () => {
  beforeEach(async () => {
    await resetDatabase(db)
  })

  it('holds a line cut a little beyond its edges, in tile units', async () => {
    await saveFeatures(db, 'roads', 'osm', [road('w1', { name: '𠮷祥路', isOneway: true })])
    const [feature, ...more] = layerOf(await readBaseTile(db, TILE), 'roads')
    expect(more).toEqual([])
    expect(feature?.properties).toEqual({ name: '𠮷祥路', class: 'primary', source: 'osm', oneway: true })
    expect(feature?.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [-80, 2048],
        [4176, 2048],
      ],
    })
  })

  it('keeps the hole of a surface and every ring within its edges', async () => {
    const geometry = { type: 'Polygon' as const, coordinates: [ring(-0.5, 0.75), ring(0.25, 0.5)] }
    await saveFeatures(db, 'waters', 'osm', [{ sourceKey: 'w2', name: '湖', class: 'water', geometry }])
    const [feature] = layerOf(await readBaseTile(db, TILE), 'waters')
    const rings = feature?.geometry.type === 'Polygon' ? feature.geometry.coordinates : []
    const box = (positions: Position[]) => {
      const xs = positions.map(([x = Number.NaN]) => x)
      const ys = positions.map(([, y = Number.NaN]) => y)
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    }
    expect(rings.map(box)).toEqual([
      [-80, -80, 3072, 3072],
      [1024, 1024, 2048, 2048],
    ])
  })

  it('holds nothing of the neighbours', async () => {
    await saveFeatures(db, 'roads', 'osm', [road('w1', {}, [at(1.2, 0.5), at(2, 0.5)])])
    expect(layerOf(await readBaseTile(db, TILE), 'roads')).toEqual([])
  })

  it('shows lesser roads later, and the greatest last so that it lies on top', async () => {
    await saveFeatures(db, 'roads', 'osm', [
      road('w1', { class: 'motorway', importance: 1 }),
      road('w2', { class: 'residential', importance: 6 }),
      road('w3', { class: 'path', importance: 9 }),
    ])
    const classesAt = async (z: number) => {
      const tile = tileAt(125.4, 43.86, z)
      return layerOf(await readBaseTile(db, tile), 'roads').map((feature) => feature.properties.class)
    }
    expect(await classesAt(4)).toEqual([])
    expect(await classesAt(5)).toEqual(['motorway'])
    expect(await classesAt(11)).toEqual(['motorway'])
    expect(await classesAt(12)).toEqual(['residential', 'motorway'])
    expect(await classesAt(14)).toEqual(['path', 'residential', 'motorway'])
  })

  it('leaves out surfaces too small to be seen', async () => {
    const block = (sourceKey: string, size: number) => ({
      sourceKey,
      name: null,
      class: 'industrial',
      geometry: { type: 'Polygon' as const, coordinates: [ring(0.5, 0.5 + size)] },
    })
    // at zoom 12 the tile is a quarter as wide: 0.02 of it is 1.3 screen pixels, 0.04 is 2.6
    await saveFeatures(db, 'land_uses', 'osm', [block('w1', 0.02), block('w2', 0.04)])
    expect(layerOf(await readBaseTile(db, TILE), 'land_uses')).toHaveLength(2)
    expect(layerOf(await readBaseTile(db, tileAt(...at(0.5, 0.5), 12)), 'land_uses')).toHaveLength(1)
  })

  it('mends a ring that crosses itself and closes rings that come in pieces', async () => {
    const bowtie = [at(0.1, 0.1), at(0.4, 0.4), at(0.4, 0.1), at(0.1, 0.4), at(0.1, 0.1)]
    const half = { type: 'MultiLineString' as const }
    await saveFeatures(db, 'land_uses', 'osm', [
      { sourceKey: 'w1', name: null, class: 'green', geometry: { type: 'Polygon', coordinates: [bowtie] } },
      {
        sourceKey: 'r1',
        name: null,
        class: 'forest',
        geometry: {
          ...half,
          coordinates: [
            [at(0, 0), at(0.9, 0), at(0.9, 0.9)],
            [at(0.9, 0.9), at(0, 0.9), at(0, 0)],
            ring(0.5, 0.7),
          ],
        },
      },
      {
        sourceKey: 'r2',
        name: null,
        class: 'forest',
        geometry: { ...half, coordinates: [[at(0, 0), at(0.9, 0), at(0.9, 0.9)]] },
      },
    ])
    const result = await db.raw(
      `select source_key as key, ST_IsValid(geom) as valid, ST_NumGeometries(geom) as parts,
         ST_NRings(geom) as rings
       from land_uses order by 1`,
    )
    expect(result.rows).toEqual([
      { key: 'r1', valid: true, parts: 1, rings: 2 },
      { key: 'w1', valid: true, parts: 2, rings: 2 },
    ])
  })

  it('is small at every zoom over the whole demonstration', async () => {
    await loadSchematicBase(db)
    for (let z = 8; z <= 16; z++) {
      const layers = await readBaseTile(db, tileAt(125.385, 43.852, z))
      const text = JSON.stringify(layers)
      expect(text.length).toBeLessThan(100_000)
      const positions = [...text.matchAll(/\[(-?[\d.]+),(-?[\d.]+)\]/g)].flatMap(([, x, y]) => [
        Number(x),
        Number(y),
      ])
      expect(positions.filter((value) => !Number.isInteger(value) || value < -80 || value > 4176)).toEqual([])
    }
  })
})

describe('a tile of areas', () => {
  beforeAll(async () => {
    await resetDatabase(db)
    await seedFixture(db)
  })
  const codes = (features: TileLayerData['features']) => features.map((feature) => feature.properties.code)
  const tile = tileAt(125.4, 43.86, 11)

  it('holds outlines and one label point each', async () => {
    const layers = await readAreaTile(db, { areas: 'all', sectors: 'all' }, tile)
    expect(codes(layerOf(layers, 'areas'))).toEqual([ZONE, EAST, WEST])
    expect(codes(layerOf(layers, 'area_labels'))).toEqual([ZONE, EAST, WEST])
    expect(layerOf(layers, 'areas')[1]?.properties).toEqual({
      code: EAST,
      name: '临河街道',
      kind: 'subdistrict',
      parentCode: ZONE,
      isApproximate: true,
    })
  })

  it('holds only what the asker may see', async () => {
    const layers = await readAreaTile(db, { areas: [WEST], sectors: 'all' }, tile)
    expect(codes(layerOf(layers, 'areas'))).toEqual([WEST])
    expect(codes(layerOf(layers, 'area_labels'))).toEqual([WEST])
  })
})
