import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tileAt } from '../../server/core/tile-grid.ts'
import { recordChange } from '../../server/db/changes.ts'
import { insertHazards, recordHazardStates } from '../../server/hazards/write.ts'
import { SINGLE_LIMIT } from '../../server/tiles/hazard-tile.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST, IN_EAST, IN_WEST, PLAIN_HAZARD, WEST } from '../harness/fixture.ts'
import { REQUIREMENTS } from '../harness/requirements.ts'
import { decodeTile, tileUrl } from '../harness/tiles.ts'

/** Some beside each other in the east, a crowd in the west, one without a place. */
const EAST_COUNT = 37
const WEST_COUNT = SINGLE_LIMIT + 60
const TOTAL = EAST_COUNT + WEST_COUNT + 1

let test: TestApp
let directory: string
beforeAll(async () => {
  test = await openTestApp()
  directory = await mkdtemp(join(tmpdir(), 'hazard-map-gdal-'))
  const at = new Date('2025-06-01T01:00:00Z')
  const hazards = Array.from({ length: TOTAL }, (_, index) => {
    const isEast = index < EAST_COUNT
    const home = isEast ? IN_EAST : IN_WEST
    const isPlaced = index < TOTAL - 1
    return {
      ...PLAIN_HAZARD,
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      number: `YH-2025-${String(index + 1).padStart(6, '0')}`,
      areaCode: isEast ? EAST : WEST,
      description: '消防通道被𠮷号楼堵塞',
      lng: isPlaced ? home.lng + (index % 10) * 0.0005 : null,
      lat: isPlaced ? home.lat + Math.floor((index % 40) / 10) * 0.0005 : null,
    }
  })
  await test.database.knex.transaction(async (transaction) => {
    await insertHazards(transaction, hazards, at)
    await recordHazardStates(
      transaction,
      hazards.map((hazard) => hazard.id),
      at,
    )
    await recordChange(transaction, { kind: 'import', id: null, areaCodes: [], sectors: [] })
  })
})
afterAll(() => test?.close())

/** A tile as a file, and the options that tell GDAL where it lies. */
async function saveTile(lng: number, lat: number, zoom: number) {
  const tile = tileAt(lng, lat, zoom)
  const reply = await test.get('analyst', tileUrl('hazards', tile))
  expect(reply.statusCode).toBe(200)
  const path = join(directory, `${tile.z}-${tile.x}-${tile.y}.mvt`)
  await writeFile(path, reply.rawPayload)
  const options = Object.entries({ Z: tile.z, X: tile.x, Y: tile.y }).flatMap(([key, value]) => [
    '-oo',
    `${key}=${value}`,
  ])
  return { path, options, layers: decodeTile(reply.rawPayload) }
}

const gdal = (program: string, args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 50_000_000 })

/** Layer name → feature count, as ogrinfo tells them. */
function countsOf(path: string, options: string[] = []): Record<string, number> {
  const text = gdal('ogrinfo', ['-ro', '-so', '-al', ...options, path])
  const found = text.matchAll(/Layer name: (\S+)[\s\S]*?Feature Count: (\d+)/g)
  return Object.fromEntries([...found].map(([, name, count]) => [name, Number(count)]))
}

describe.skipIf(!REQUIREMENTS.gdal.isPresent)('GDAL', () => {
  it('counts the single hazards of a tile, reads their texts and puts them where they are', async () => {
    const { path, options } = await saveTile(IN_EAST.lng, IN_EAST.lat, 13)
    expect(countsOf(path, options)).toEqual({ hazards: EAST_COUNT })
    const out = join(directory, 'single.geojson')
    gdal('ogr2ogr', ['-f', 'GeoJSON', '-t_srs', 'EPSG:4326', ...options, out, path])
    const { features } = JSON.parse(await readFile(out, 'utf8'))
    const first = features.find(
      (feature: { properties: { number: string } }) => feature.properties.number === 'YH-2025-000001',
    )
    expect(first.properties).toMatchObject({
      id: '00000000-0000-7000-8000-000000000000',
      sector: 'fire',
      severity: 'general',
      status: 'registered',
      title: '消防通道被𠮷号楼堵塞',
    })
    // a step of the tile's grid at zoom 13 is 0.0000107 degrees
    const [lng, lat] = first.geometry.coordinates
    expect(Math.abs(lng - IN_EAST.lng)).toBeLessThan(0.00002)
    expect(Math.abs(lat - IN_EAST.lat)).toBeLessThan(0.00002)
  })

  it('reads the cells of a crowded tile, whose counts make up the whole', async () => {
    const { path, options, layers } = await saveTile(IN_WEST.lng, IN_WEST.lat, 10)
    const counts = countsOf(path, options)
    expect(counts.cells).toBe(layers.cells?.length)
    expect(counts.hazards ?? 0).toBe(layers.hazards?.length ?? 0)
    const out = join(directory, 'cells.geojson')
    gdal('ogr2ogr', ['-f', 'GeoJSON', ...options, out, path, 'cells'])
    const cells: { properties: { n: number } }[] = JSON.parse(await readFile(out, 'utf8')).features
    const sum = cells.reduce((total, cell) => total + cell.properties.n, 0)
    expect(sum + (counts.hazards ?? 0)).toBe(EAST_COUNT + WEST_COUNT)
  })

  it('reads as many features from the GeoJSON export as the list has hazards', async () => {
    for (const [username, count] of [
      ['analyst', TOTAL],
      [`officer-${EAST}`, EAST_COUNT],
    ] as const) {
      const reply = await test.get(username, '/api/hazards.geojson')
      expect(reply.statusCode, reply.body).toBe(200)
      const list = (await test.get(username, '/api/hazards?limit=1')).json()
      expect(list.total).toBe(count)
      const path = join(directory, `${username}.geojson`)
      await writeFile(path, reply.rawPayload)
      expect(Object.values(countsOf(path))).toEqual([count])
      expect(gdal('ogrinfo', ['-ro', '-so', '-al', path])).toContain('WGS 84')
    }
  })
})
