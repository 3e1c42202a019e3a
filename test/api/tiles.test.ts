import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { tileAt } from '../../server/core/tile-grid.ts'
import { TILE_LAYERS } from '../../server/core/vocabulary.ts'
import { recordChange } from '../../server/db/changes.ts'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, OUTSIDE, WEST, ZONE } from '../harness/fixture.ts'
import { getTile, sumOfTiles } from '../harness/tiles.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw(
    'truncate hazards, sites, drills, resources, protected_places, roads, places, number_series cascade',
  )
  for (const kind of ['hazard', 'site', 'drill', 'resource', 'protectedPlace', 'base'] as const)
    await announce(kind)
})

const db = () => test.database.knex
/** Moves the clock for the rest of one test. */
function passTo(moment: Date) {
  test.setNow(moment)
  onTestFinished(() => test.setNow(NOW))
}
/** The fixture writes past the product, which announces each change. */
const announce = (kind: Parameters<typeof recordChange>[1]['kind']) =>
  db().transaction((transaction) => recordChange(transaction, { kind, id: null, areaCodes: [], sectors: [] }))
const point = ({ lng, lat }: { lng: number; lat: number }) => ({ type: 'Point', coordinates: [lng, lat] })
const HOME = tileAt(IN_EAST.lng, IN_EAST.lat, 14)
const BOX = { west: 125.3, south: 43.8, east: 125.7, north: 43.92 }

async function ask(username: string | null, url: string, headers: Record<string, string> = {}) {
  const reply = await test.get(username, url, headers)
  return { status: reply.statusCode, etag: String(reply.headers.etag), reply }
}

describe('sites', () => {
  const SQUARE = 'SRID=4326;POLYGON((125.41 43.85, 125.43 43.85, 125.43 43.87, 125.41 43.87, 125.41 43.85))'

  it('are one point each, with their shapes from zoom 12 on', async () => {
    const id = await addSite(db(), { risk_level: 2, kind: '企业', is_example: true })
    const wide = await addSite(db(), { name: '化工园区', risk_level: null })
    await db()('sites')
      .where({ id: wide })
      .update({ geom: db().raw('ST_GeomFromEWKT(?)', [SQUARE]) })
    await announce('site')
    const [row] = await db()('sites').where({ id }).select('feature_id')
    const near = await getTile(test, 'analyst', 'sites', HOME)
    expect(near.sites?.[0]).toMatchObject({
      id: row.feature_id,
      type: 1,
      properties: {
        id,
        name: '恒泰冷链（示例）',
        sector: 'chemicals',
        kind: '企业',
        riskLevel: 2,
        isExample: true,
      },
    })
    expect(near.sites?.[1]?.properties).toEqual({
      id: wide,
      name: '化工园区',
      sector: 'chemicals',
      isExample: false,
    })
    expect(near.site_shapes?.map((shape) => [shape.type, shape.properties])).toEqual([[3, { id: wide }]])
    const far = await getTile(test, 'analyst', 'sites', tileAt(IN_EAST.lng, IN_EAST.lat, 11))
    expect([far.sites?.length, far.site_shapes]).toEqual([2, undefined])
    // the square reaches into four tiles of zoom 13, its point lies in one
    expect(await sumOfTiles(test, 'analyst', 'sites', 13, BOX)).toBe(2)
  })

  it('obey the filter and the scope', async () => {
    await addSite(db(), { name: 'east', risk_level: 1 })
    await addSite(db(), { name: 'west', risk_level: 3, area_code: WEST, ...IN_WEST, sector: 'fire' })
    await addSite(db(), { name: 'outside', risk_level: null, area_code: null, ...OUTSIDE })
    await addSite(db(), { name: 'nowhere', lng: null, lat: null })
    await addSite(db(), { name: 'retired', retired_at: NOW })
    await announce('site')
    const answers: [string, string, number][] = [
      ['analyst', '', 3],
      ['analyst', '?riskLevel=1', 1],
      ['analyst', `?area=${ZONE}`, 2],
      ['analyst', '?q=east', 1],
      ['analyst', '?severity=major', 0],
      [`officer-${EAST}`, '', 1],
      ['fire-inspector', '', 1],
    ]
    for (const [username, query, count] of answers) {
      const sum = await sumOfTiles(test, username, 'sites', 11, BOX, query)
      expect([username, query, sum]).toEqual([username, query, count])
    }
  })
})

describe('drills', () => {
  it('are drawn where they take place, by state and scope', async () => {
    const make = async (title: string, place: { lng: number; lat: number } | null, state: string) => {
      const reply = await test.post('commander', '/api/drills', {
        title,
        form: 'live',
        state,
        startsAt: '2025-07-01T09:00:00+08:00',
        geometry: place && point(place),
      })
      expect(reply.statusCode, reply.body).toBe(201)
      return reply.json()
    }
    const drill = await make('东', IN_EAST, 'planned')
    await make('西', IN_WEST, 'draft')
    await make('未定', null, 'draft')
    const layers = await getTile(test, 'analyst', 'drills', HOME)
    expect(layers.drills?.map((feature) => feature.properties)).toEqual([
      {
        id: drill.id,
        number: drill.number,
        title: '东',
        form: 'live',
        state: 'planned',
        startsAt: '2025-07-01T01:00:00Z',
        isExample: true,
      },
    ])
    expect(await sumOfTiles(test, 'analyst', 'drills', 12, BOX)).toBe(2)
    expect(await sumOfTiles(test, 'analyst', 'drills', 12, BOX, '?state=draft')).toBe(1)
    expect(await sumOfTiles(test, `officer-${WEST}`, 'drills', 12, BOX)).toBe(1)
    passTo(new Date('2025-06-20T01:00:00Z'))
    await test.patch('commander', `/api/drills/${drill.id}`, { version: 1, geometry: point(IN_WEST) })
    expect(await sumOfTiles(test, `officer-${WEST}`, 'drills', 12, BOX)).toBe(2)
    expect(await sumOfTiles(test, `officer-${WEST}`, 'drills', 12, BOX, '?asOf=2025-06-19')).toBe(1)
  })
})

describe('resources and protected places', () => {
  it('are drawn by kind, area and scope; hydrants from zoom 13 on', async () => {
    const make = async (path: string, name: string, kind: string, place = IN_EAST) => {
      const reply = await test.post('commander', path, { name, kind, geometry: point(place) })
      expect(reply.statusCode, reply.body).toBe(201)
      return reply.json()
    }
    const station = await make('/api/resources', '消防站', 'fire_station')
    await make('/api/resources', '消火栓', 'hydrant')
    await make('/api/resources', '医院', 'hospital', IN_WEST)
    await make('/api/protected-places', '学校', 'school')
    await make('/api/protected-places', '市场', 'market', OUTSIDE)
    const near = await getTile(test, 'analyst', 'resources', HOME)
    expect(near.resources?.map((feature) => feature.properties)).toEqual([
      { id: station.id, name: '消防站', kind: 'fire_station', isExample: true },
      expect.objectContaining({ name: '消火栓', kind: 'hydrant' }),
    ])
    const answers: [string, string, number, string, number][] = [
      ['analyst', 'resources', 13, '', 3],
      ['analyst', 'resources', 12, '', 2],
      ['analyst', 'resources', 13, '?kind=hospital,hydrant', 2],
      ['analyst', 'resources', 13, `?area=${WEST}`, 1],
      [`officer-${EAST}`, 'resources', 13, '', 2],
      ['fire-inspector', 'resources', 13, '', 3],
      ['analyst', 'protected-places', 10, '', 2],
      ['analyst', 'protected-places', 10, `?q=${encodeURIComponent('学')}`, 1],
      [`officer-${EAST}`, 'protected-places', 10, '', 1],
    ]
    for (const [username, layer, zoom, query, count] of answers) {
      const sum = await sumOfTiles(test, username, layer, zoom, BOX, query)
      expect([username, layer, zoom, query, sum]).toEqual([username, layer, zoom, query, count])
    }
  })
})

describe('areas and the base map', () => {
  it('show each their own outlines', async () => {
    const tile = tileAt(125.4001, 43.86, 12)
    const codesFor = async (username: string) => {
      const layers = await getTile(test, username, 'areas', tile)
      return (layers.areas ?? []).map((feature) => feature.properties.code)
    }
    expect(await codesFor('analyst')).toEqual([ZONE, EAST, WEST])
    expect(await codesFor(`officer-${EAST}`)).toEqual([EAST])
  })

  it('draw a street with its name and class', async () => {
    await db()('roads').insert({
      source: 'schematic',
      source_key: 'r1',
      name: '示意一路',
      class: 'primary',
      importance: 3,
      geom: db().raw('ST_GeomFromEWKT(?)', ['SRID=4326;LINESTRING(125.405 43.86, 125.435 43.86)']),
    })
    await announce('base')
    const layers = await getTile(test, `officer-${WEST}`, 'base', HOME)
    expect(layers.roads?.map((feature) => [feature.type, feature.properties])).toEqual([
      [2, { name: '示意一路', class: 'primary', source: 'schematic', oneway: false }],
    ])
  })
})

describe('the TileJSON', () => {
  it('of every layer names its tiles, source layers, bounds and zooms', async () => {
    for (const layer of TILE_LAYERS) {
      const { reply } = await ask('analyst', `/tiles/${layer}.json`, { host: 'map.example:4180' })
      const json = reply.json()
      expect(json).toMatchObject({
        tilejson: '3.0.0',
        tiles: [`http://map.example:4180/tiles/${layer}/{z}/{x}/{y}.mvt`],
        minzoom: 0,
      })
      expect([layer, json.vector_layers[0].id]).toEqual([layer, layer === 'base' ? 'land_uses' : layer])
      expect(json.attribution.length).toBeGreaterThan(0)
    }
  })

  it('holds all that may be seen within its bounds, and carries the filter on', async () => {
    await addHazard(db(), { lng: 128, lat: 41, areaCode: null })
    const json = (await ask('analyst', '/tiles/hazards.json?status=open&sector=fire')).reply.json()
    expect(json.tiles[0]).toMatch(/\.mvt\?status=open&sector=fire$/)
    expect(json.bounds).toEqual([124.36, 40, 129, 44.88])
    const officer = (await ask(`officer-${EAST}`, '/tiles/hazards.json')).reply.json()
    expect(officer.bounds).toEqual([124.4, 42.84, 126.44, 44.88])
    expect(officer.center.slice(0, 2)).toEqual([125.42, 43.86])
  })

  it('says where the base map comes from', async () => {
    await db()('places').insert([
      {
        source: 'osm',
        class: 'town',
        name: '甲',
        geom: db().raw('ST_GeomFromEWKT(?)', ['SRID=4326;POINT(125.4 43.8)']),
      },
      {
        source: 'schematic',
        class: 'town',
        name: '乙',
        geom: db().raw('ST_GeomFromEWKT(?)', ['SRID=4326;POINT(125.4 43.8)']),
      },
    ])
    const json = (await ask('analyst', '/tiles/base.json')).reply.json()
    expect(json.attribution).toBe('示意路网，非实测 · © OpenStreetMap contributors')
  })
})
