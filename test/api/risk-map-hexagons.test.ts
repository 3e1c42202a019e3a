import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hexagons } from '../../server/risk-map/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { seedRiskMap } from '../harness/risk-map-data.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
  await seedRiskMap(test.database.knex)
})
afterAll(() => test.close())

async function read<T>(username: string, url: string): Promise<T> {
  const reply = await test.get(username, url)
  expect(reply.statusCode, `${url} ${reply.body}`).toBe(200)
  return reply.json()
}
const hexagons = (username: string, query = '') => read<Hexagons>(username, `/api/risk-map/hexagons?${query}`)

describe('a hexagon', () => {
  const SIZE = 500
  const ROOT = Math.sqrt(3)

  it('is the one whose centre is nearest, on the plane of EPSG:4551', async () => {
    const { items } = await read<{ items: { id: string; geometry: { coordinates: number[] } | null }[] }>(
      'analyst',
      '/api/sites?limit=1000',
    )
    const grid = await hexagons('analyst', `size=${SIZE}`)
    let found = 0
    for (const site of items) {
      const [lng = 0, lat = 0] = site.geometry?.coordinates ?? []
      if (lng < 120) continue
      const result = await test.database.knex.raw(
        `select ST_X(p)::float8 as x, ST_Y(p)::float8 as y
         from (select ST_Transform(ST_SetSRID(ST_MakePoint(:lng, :lat), 4326), 4551) as p) as plane`,
        { lng, lat },
      )
      const { i, j } = nearest(result.rows[0])
      const rows = await read<{ sites: { items: { id: string }[] } }>(
        'analyst',
        `/api/risk-map/hexagons/${SIZE}_${i}_${j}`,
      )
      expect(rows.sites.items.map((row) => row.id)).toContain(site.id)
      expect(grid.items.map((item) => item.id)).toContain(`${SIZE}_${i}_${j}`)
      found++
    }
    expect(found).toBeGreaterThan(25)
  })

  /** By trying: columns stand 1.5 sides apart, every other one half a hexagon higher. */
  function nearest({ x, y }: { x: number; y: number }): { i: number; j: number } {
    let best = { i: 0, j: 0, distance: Number.POSITIVE_INFINITY }
    const column = Math.floor(x / (1.5 * SIZE))
    for (let i = column - 1; i <= column + 2; i++) {
      const row = Math.floor(y / (ROOT * SIZE))
      for (let j = row - 2; j <= row + 2; j++) {
        const centre = { x: 1.5 * SIZE * i, y: ROOT * SIZE * (j + (i % 2 === 0 ? 0 : 0.5)) }
        const distance = Math.hypot(x - centre.x, y - centre.y)
        if (distance < best.distance) best = { i, j, distance }
      }
    }
    return best
  }

  it.each([250, 500, 1000])('has sides of %s m on the ground, within a thousandth', async (size) => {
    const { items, areaSquareKilometers } = await hexagons('analyst', `size=${size}`)
    const [first] = items
    const result = await test.database.knex.raw(
      `select ST_Length(ST_MakeLine(ST_PointN(ring, n), ST_PointN(ring, n + 1))::geography)::float8 as side,
         (ST_Area(geom::geography) / 1e6)::float8 as area
       from (select ST_SetSRID(ST_GeomFromGeoJSON(?), 4326) as geom) as hexagon,
         lateral (select ST_ExteriorRing(geom) as ring) as edge, generate_series(1, 6) as n`,
      [JSON.stringify(first?.geometry)],
    )
    for (const { side, area } of result.rows) {
      expect(Math.abs(side / size - 1)).toBeLessThan(0.001)
      expect(Math.abs(area / areaSquareKilometers - 1)).toBeLessThan(0.002)
    }
    expect(result.rows).toHaveLength(6)
  })

  it('is that of ST_HexagonGrid, and keeps its name whatever the box asked for', async () => {
    const whole = await hexagons('analyst', `size=${SIZE}`)
    const part = await hexagons('analyst', `size=${SIZE}&bbox=125.36,43.84,125.4,43.88`)
    expect(part.total).toBeGreaterThan(5)
    expect(part.total).toBeLessThan(whole.total)
    const shapes = new Map(whole.items.map((item) => [item.id, item.geometry]))
    for (const { id, geometry } of part.items) expect(shapes.get(id)).toEqual(geometry)
    const result = await test.database.knex.raw(
      `select i, j, ST_AsGeoJSON(ST_Transform(geom, 4326), 6)::json as geometry
       from ST_HexagonGrid(:size, ST_Transform(ST_MakeEnvelope(125.36, 43.84, 125.4, 43.88, 4326), 4551))`,
      { size: SIZE },
    )
    const drawn = new Map(
      result.rows.map((row: { i: number; j: number; geometry: unknown }) => [
        `${SIZE}_${row.i}_${row.j}`,
        row.geometry,
      ]),
    )
    for (const { id, geometry } of part.items) expect(drawn.get(id)).toEqual(geometry)
  })

  it('opens the rows that it counts', async () => {
    const grid = await hexagons('analyst', 'size=1000&measure=hazards&status=open')
    for (const cell of grid.items.slice(0, 5)) {
      const rows = await read<{ sites: { total: number }; hazards: { total: number; items: unknown[] } }>(
        'analyst',
        `/api/risk-map/hexagons/${cell.id}?status=open&limit=3`,
      )
      expect([rows.sites.total, rows.hazards.total]).toEqual([cell.sites, cell.hazards])
      expect(rows.hazards.items).toHaveLength(Math.min(3, cell.hazards))
    }
  })

  it('counts for the density what its sites weigh', async () => {
    const { items, areaSquareKilometers } = await hexagons('analyst', 'size=1000')
    for (const { levels, weight, density, value } of items) {
      expect(weight).toBe(8 * levels[1] + 4 * levels[2] + 2 * levels[3] + levels[4])
      expect(density).toBeCloseTo(weight / areaSquareKilometers, 9)
      expect(value).toBe(density)
    }
    const values = items.map((item) => item.value ?? 0)
    expect(values).toEqual([...values].sort((one, other) => other - one))
  })

  it('is answered as GeoJSON too', async () => {
    const reply = await test.get('analyst', '/api/risk-map/hexagons?measure=level', {
      accept: 'application/geo+json',
    })
    expect(reply.headers['content-type']).toContain('application/geo+json')
    const collection = reply.json()
    const levels = collection.features.map(
      (one: { properties: { value: number | null } }) => one.properties.value ?? 9,
    )
    expect(collection.numberMatched).toBe(collection.features.length)
    expect(levels).toEqual([...levels].sort())
    expect(collection.features[0].geometry.type).toBe('Polygon')
  })
})
