import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Knex } from 'knex'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importAreas, previewAreas, readAreaImport } from '../../server/area-import/import.ts'
import { fromWgs84 } from '../../server/core/lnglat.ts'
import { currentSequence } from '../../server/db/changes.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { resetDatabase } from '../harness/database.ts'
import {
  addHazard,
  addSite,
  EAST,
  IN_EAST,
  IN_WEST,
  OUTSIDE,
  seedFixture,
  WEST,
  ZONE,
} from '../harness/fixture.ts'

const SHAPEFILE = resolve(import.meta.dirname, '../fixtures/areas/units-gbk-epsg4551.zip')
const AT = new Date('2026-11-24T02:00:00Z')
const ANY = { codeField: null, nameField: null }
/** Between the old common edge at 125.40 and the new one at 125.41. */
const STRIP = { lng: 125.405, lat: 43.86 }

let test: TestApp
let db: Knex
let folder: string
beforeAll(async () => {
  test = await openTestApp()
  db = test.database.knex
  folder = await mkdtemp(join(tmpdir(), 'areas-'))
})
afterAll(() => test.close())

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const geojson = (properties: object, ring: [number, number][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }],
  })
const RING: [number, number][] = [
  [125.41, 43.84],
  [125.44, 43.84],
  [125.44, 43.88],
  [125.41, 43.88],
  [125.41, 43.84],
]

describe('official outlines from a zipped Shapefile in GBK and Gauss-Krüger metres', () => {
  const ids: Record<string, string> = {}
  beforeEach(async () => {
    await resetDatabase(db)
    await seedFixture(db)
    ids.site = await addSite(db, { ...STRIP, area_code: EAST })
    ids.atSite = await addHazard(db, {
      siteId: ids.site,
      areaBasis: 'site',
      areaCode: EAST,
      lng: null,
      lat: null,
    })
    ids.moving = await addHazard(db, { ...STRIP, areaCode: EAST })
    ids.staying = await addHazard(db, { ...IN_EAST, areaCode: EAST })
    ids.west = await addHazard(db, { ...IN_WEST, areaCode: WEST })
    ids.outside = await addHazard(db, { ...OUTSIDE, areaCode: null })
    ids.named = await addHazard(db, { areaCode: EAST, areaBasis: 'named', lng: null, lat: null })
    await db('resources').insert({
      id: ids.site,
      name: '示例消防站一',
      kind: 'fire_station',
      area_code: EAST,
      source: 'test',
      geom: db.raw('ST_SetSRID(ST_MakePoint(?, ?), 4326)', [STRIP.lng, STRIP.lat]),
    })
  })
  const read = () => readAreaImport(db, SHAPEFILE, 'EPSG:4551', ANY)
  const areaOf = (id: string | undefined) =>
    db('hazards')
      .where({ id: id ?? '' })
      .first('area_code', 'area_basis', 'version')

  it('shows beforehand what would change, and writes nothing', async () => {
    const before = await db('areas').select('*').orderBy('code')
    const file = await read()
    expect(file.unknown).toEqual(['英俊镇 220105100000'])
    const report = await previewAreas(db, file, AT)
    expect(
      report.outlines.map(({ code, squareKilometersBefore, squareKilometersAfter, wasMended }) => [
        code,
        squareKilometersBefore.toFixed(2),
        squareKilometersAfter.toFixed(2),
        wasMended,
      ]),
    ).toEqual([
      [EAST, '14.29', '10.72', false],
      [WEST, '14.29', '17.87', false],
    ])
    expect(report.stillApproximate).toEqual([])
    expect(report.overlaps).toEqual([])
    const pairs = (table: keyof typeof report.moves) =>
      report.moves[table].map(({ id, from, to }) => [id, from, to])
    expect(pairs('sites')).toEqual([[ids.site, EAST, WEST]])
    expect(pairs('hazards').sort()).toEqual(
      [
        [ids.atSite, EAST, WEST],
        [ids.moving, EAST, WEST],
      ].sort(),
    )
    expect(pairs('resources')).toEqual([[ids.site, EAST, WEST]])
    expect(pairs('drills')).toEqual([])
    expect(await db('areas').select('*').orderBy('code')).toEqual(before)
    expect(await areaOf(ids.moving)).toMatchObject({ area_code: EAST, version: 1 })
    expect(await currentSequence(db)).toBe(0)
  })

  it('takes the place of the approximate ones, the zone being the whole of its units', async () => {
    await importAreas(db, await read(), AT)
    const areas = await db('areas').select('code', 'is_approximate', 'version').orderBy('code')
    expect(areas).toEqual([
      { code: ZONE, is_approximate: false, version: 2 },
      { code: EAST, is_approximate: false, version: 2 },
      { code: WEST, is_approximate: false, version: 2 },
    ])
    const reply = await test.get('analyst', '/api/areas')
    const east = reply.json().features[1]
    expect(east.properties).toMatchObject({
      isApproximate: false,
      source: '官方边界，文件 units-gbk-epsg4551.zip，坐标系 EPSG:4551，导入于 2026-11-24',
    })
    const whole = await db.raw(
      `select ST_Area(ST_SymDifference(zone.geom, units.geom)::geography) as difference
       from areas zone, (select ST_Union(geom) as geom from areas where parent_code = ?) units where zone.code = ?`,
      [ZONE, ZONE],
    )
    expect(whole.rows[0].difference).toBeLessThan(1)
  })

  it('moves what lies there, each hazard with its event and state, and tells the maps', async () => {
    await importAreas(db, await read(), AT)
    expect(await areaOf(ids.moving)).toEqual({ area_code: WEST, area_basis: 'geometry', version: 2 })
    expect(await areaOf(ids.atSite)).toEqual({ area_code: WEST, area_basis: 'site', version: 2 })
    expect(await areaOf(ids.staying)).toEqual({ area_code: EAST, area_basis: 'geometry', version: 1 })
    expect(await areaOf(ids.outside)).toEqual({ area_code: null, area_basis: 'geometry', version: 1 })
    expect(await areaOf(ids.named)).toEqual({ area_code: EAST, area_basis: 'named', version: 1 })
    const events = await db('hazard_events').where({ hazard_id: ids.moving }).orderBy('sequence')
    expect(events[1]).toMatchObject({
      sequence: 2,
      action: 'edit',
      from_status: 'registered',
      to_status: 'registered',
      changes: { areaCode: { from: EAST, to: WEST } },
      note: '辖区边界更新，所在辖区随之改变',
      actor_name: '辖区边界导入',
    })
    const states = await db('hazard_states')
      .where({ id: ids.moving })
      .orderBy('valid_from')
      .pluck('area_code')
    expect(states).toEqual([EAST, WEST])
    const changes = await db('change_log').orderBy('sequence').select('kind', 'area_codes')
    expect(changes).toEqual([
      { kind: 'site', area_codes: [EAST, WEST] },
      { kind: 'hazard', area_codes: [EAST, WEST] },
      { kind: 'resource', area_codes: [EAST, WEST] },
      { kind: 'area', area_codes: [EAST, WEST, ZONE] },
    ])
  })

  it('changes no place the second time', async () => {
    await importAreas(db, await read(), AT)
    const report = await importAreas(db, await read(), AT)
    expect(Object.values(report.moves).flat()).toEqual([])
  })

  it('moves only what the scope of an officer then shows', async () => {
    const seen = async (username: string) => (await test.get(username, '/api/hazards')).json().total
    expect([await seen(`officer-${EAST}`), await seen(`officer-${WEST}`)]).toEqual([4, 1])
    await importAreas(db, await read(), AT)
    expect([await seen(`officer-${EAST}`), await seen(`officer-${WEST}`)]).toEqual([2, 3])
  })
})

describe('outlines from GeoJSON', () => {
  beforeEach(async () => {
    await resetDatabase(db)
    await seedFixture(db)
  })
  const corners = async (code: string) => {
    const row = await db('areas').where({ code }).first(db.raw('ST_AsGeoJSON(geom, 6)::json as geometry'))
    return row.geometry.coordinates[0][0].sort()
  }

  it('in GCJ-02 land where they belong', async () => {
    const shifted = RING.map(([lng, lat]) => fromWgs84('GCJ02', lng, lat))
    const path = await write('gcj.geojson', geojson({ code: EAST }, shifted))
    await importAreas(db, await readAreaImport(db, path, 'GCJ-02', ANY), AT)
    expect(await corners(EAST)).toEqual([...RING].sort())
    const areas = await db('areas').where({ is_approximate: true }).orderBy('code').pluck('code')
    // the zone is not official before all its units are
    expect(areas).toEqual([ZONE, WEST])
  })

  it('are found by name in the column that is named', async () => {
    const path = await write('named.geojson', geojson({ 单位: '东方广场街道' }, RING))
    const file = await readAreaImport(db, path, 'CGCS2000', { codeField: null, nameField: '单位' })
    expect([...file.outlines.keys()]).toEqual([WEST])
  })

  it('that cover a neighbour are told', async () => {
    const wide = RING.map(([lng, lat]): [number, number] => [lng === 125.41 ? 125.39 : lng, lat])
    const path = await write('wide.geojson', geojson({ code: EAST }, wide))
    const report = await previewAreas(db, await readAreaImport(db, path, 'WGS84', ANY), AT)
    expect(report.overlaps.map(({ first, second }) => [first, second])).toEqual([
      ['临河街道', '东方广场街道'],
    ])
  })

  it('that cross themselves are mended, and this is told', async () => {
    const [a, b, c, d] = RING
    if (!a || !b || !c || !d) throw new Error('four corners')
    const path = await write('crossed.geojson', geojson({ code: EAST }, [a, c, b, d, a]))
    const report = await previewAreas(db, await readAreaImport(db, path, 'WGS84', ANY), AT)
    expect(report.outlines[0]?.wasMended).toBe(true)
  })
})
