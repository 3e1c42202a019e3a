import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refreshExposure } from '../../server/exposure/refresh.ts'
import { importPopulation } from '../../server/population/import.ts'
import { NOW, openTestApp, type TestApp, TODAY } from '../harness/app.ts'
import { addSite, EAST, IN_EAST, WEST } from '../harness/fixture.ts'
import { travel } from '../harness/geodesic.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, protected_places, population_cells cascade')
})

const db = () => test.database.knex
type Spot = { lng: number; lat: number }

async function addPlace(name: string, spot: Spot, more: Record<string, unknown> = {}): Promise<string> {
  const reply = await test.post('commander', '/api/protected-places', {
    name,
    kind: 'school',
    geometry: { type: 'Point', coordinates: [spot.lng, spot.lat] },
    ...more,
  })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json().id
}

async function exposureOf(siteId: string, username = 'analyst') {
  const reply = await test.get(username, `/api/sites/${siteId}/exposure`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

const storedPeople = async (siteId: string) =>
  (await db()('sites').where({ id: siteId }).first()).exposed_people

async function newSite(geometry: object, name = '液氨库（示例）'): Promise<string> {
  const reply = await test.post('analyst', '/api/sites', { name, sector: 'chemicals', geometry })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json().id
}
const point = ({ lng, lat }: Spot) => ({ type: 'Point', coordinates: [lng, lat] })

describe('the people within 500 m', () => {
  it('are those at 499 m in every direction, and not those at 501 m, along the ellipsoid', async () => {
    for (const [index, azimuth] of [0, 37, 90, 135, 180, 270].entries()) {
      await addPlace(`近${index}`, travel(IN_EAST, azimuth, 499), { headcount: 1 })
      await addPlace(`远${index}`, travel(IN_EAST, azimuth, 501), { headcount: 1000 })
    }
    const exposure = await exposureOf(await newSite(point(IN_EAST)))
    expect(exposure).toMatchObject({ people: 6, from: 'point', radiusMeters: 500, countedOn: TODAY })
    expect(exposure.places.map((place: { distanceMeters: number }) => place.distanceMeters)).toEqual(
      Array(6).fill(499),
    )
    expect(exposure.notes).toContain('以点位量算，界线待补')
  })

  it('are measured from the border of a site with an outline', async () => {
    const [west, east, south, north] = [125.418, 125.422, 43.858, 43.862]
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ]
    // a geodesic that leaves a meridian at a right angle is the shortest way back to it
    const edge = { lng: east, lat: 43.86 }
    await addPlace('近校', travel(edge, 90, 499), { headcount: 70 })
    await addPlace('远校', travel(edge, 90, 501), { headcount: 900 })
    await addPlace('院内', { lng: 125.42, lat: 43.86 }, { headcount: 5 })
    const exposure = await exposureOf(await newSite({ type: 'Polygon', coordinates: [ring] }))
    expect(exposure).toMatchObject({ people: 75, from: 'border' })
    expect(exposure.places).toMatchObject([
      { name: '院内', distanceMeters: 0 },
      { name: '近校', distanceMeters: 499 },
    ])
    expect(exposure.reach.type).toBe('Polygon')
  })

  it('are unknown where a place does not say how many: it is listed, not taken for nobody', async () => {
    await addPlace('未填学校', travel(IN_EAST, 10, 100))
    await addPlace('养老院', travel(IN_EAST, 20, 200), { kind: 'elderly_home', headcount: 60 })
    const exposure = await exposureOf(await newSite(point(IN_EAST)))
    expect(exposure.people).toBe(60)
    expect(exposure.places).toMatchObject([
      { name: '未填学校', headcount: null, isCounted: false, reason: '人数未知' },
      { name: '养老院', headcount: 60, isCounted: true, reason: null },
    ])
    expect(exposure.notes).toContain('1 处人数未知，没有计入，实际人数可能更多')
  })

  it('cannot be counted where the site has no position', async () => {
    const siteId = await addSite(db(), { lng: null, lat: null })
    expect(await exposureOf(siteId)).toMatchObject({ people: null, from: 'none', places: [], reach: null })
  })

  it('are the same number for everybody, but the names of another area are told to nobody of this one', async () => {
    const border = { lng: 125.4005, lat: 43.86 }
    const siteId = await newSite(point(border))
    await addPlace('本街学校', travel(border, 90, 100), { headcount: 30 })
    await addPlace('邻街学校', travel(border, 270, 300), { headcount: 50 })
    await addPlace('邻街市场', travel(border, 260, 300), { kind: 'market' })
    const mine = await exposureOf(siteId, `officer-${EAST}`)
    expect(mine.people).toBe(80)
    expect(mine.places.map((place: { name: string }) => place.name)).toEqual(['本街学校'])
    expect(mine.elsewhere).toEqual({ places: 2, people: 50, withoutHeadcount: 1 })
    expect(JSON.stringify(mine)).not.toContain('邻街')
    expect(await exposureOf(siteId)).toMatchObject({ people: 80, elsewhere: null })
    expect((await test.get(`officer-${WEST}`, `/api/sites/${siteId}/exposure`)).statusCode).toBe(404)
  })
})

describe('a population layer', () => {
  /** Square cells of some 111 m by 80 m around the site, and the residential block that stands in them. */
  async function importCells(features: object[], source = '人口网格') {
    const path = join(await mkdtemp(join(tmpdir(), 'population-')), 'cells.geojson')
    await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }))
    return importPopulation(db(), path, { crs: 'WGS84', peopleField: null, source }, NOW)
  }
  const square = ({ lng, lat }: Spot, half: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [lng - half, lat - half],
        [lng + half, lat - half],
        [lng + half, lat + half],
        [lng - half, lat + half],
        [lng - half, lat - half],
      ],
    ],
  })
  const feature = (geometry: object, people: number) => ({
    type: 'Feature',
    properties: { 人口: people },
    geometry,
  })

  it('counts points whole and a cell by the share of its area in reach', async () => {
    const siteId = await newSite(point(IN_EAST))
    await importCells([
      feature(point(travel(IN_EAST, 45, 499)), 7),
      feature(point(travel(IN_EAST, 45, 501)), 100_000),
      feature(square(IN_EAST, 0.0005), 20),
      // a cell whose middle lies on the meridian of the line, due north: very nearly half of it is in reach
      feature(square(travel(IN_EAST, 0, 500), 0.0002), 60),
    ])
    const { population, people } = await exposureOf(siteId)
    expect(population).toMatchObject({ cells: 3, sources: ['人口网格'] })
    // the arc bends away by 0.25 m over the half cell of 16 m: its mean sagitta takes 0.2 % of the area
    expect(Math.abs(population.people - (7 + 20 + 30))).toBeLessThan(0.3)
    expect(people).toBe(57)
    expect(await storedPeople(siteId)).toBe(57)
  })

  it('takes the place of residential blocks, which are listed and not added', async () => {
    const siteId = await newSite(point(IN_EAST))
    await addPlace('居民区', travel(IN_EAST, 90, 200), { kind: 'residential', headcount: 800 })
    await addPlace('学校', travel(IN_EAST, 180, 200), { headcount: 300 })
    expect((await exposureOf(siteId)).people).toBe(1100)
    await importCells([feature(square(IN_EAST, 0.001), 750)])
    const exposure = await exposureOf(siteId)
    expect(exposure.people).toBe(1050)
    expect(exposure.places.find((place: { name: string }) => place.name === '居民区')).toMatchObject({
      isCounted: false,
      reason: '居民已由人口图层计入，不重复相加',
    })
  })

  it('is replaced by a new one of the same source, and refused with its reason where it cannot be read', async () => {
    const siteId = await newSite(point(IN_EAST))
    await importCells([feature(point(IN_EAST), 10)])
    expect(await importCells([feature(point(IN_EAST), 25)])).toMatchObject({
      replaced: 1,
      cells: 1,
      people: 25,
    })
    expect(await storedPeople(siteId)).toBe(25)
    await expect(importCells([feature(point(IN_EAST), -1)])).rejects.toThrow('第 1 个要素「人口」是「-1」')
    await expect(importCells([feature({ type: 'LineString', coordinates: [] }, 1)])).rejects.toThrow(
      '只收点和面',
    )
    await expect(importCells([feature(point({ lng: 43.86, lat: 125.4 }), 1)])).rejects.toThrow('不在中国境内')
    expect(await storedPeople(siteId)).toBe(25)
  })

  it('may be a CSV', async () => {
    const siteId = await newSite(point(IN_EAST))
    const path = join(await mkdtemp(join(tmpdir(), 'population-')), '人口.csv')
    await writeFile(path, `id,lng,lat,people\n甲,${IN_EAST.lng},${IN_EAST.lat},12\n乙,125.43,43.86,9\n`)
    const options = { crs: 'CGCS2000', peopleField: null, source: null }
    expect(await importPopulation(db(), path, options, NOW)).toMatchObject({ source: '人口.csv', cells: 2 })
    expect(await storedPeople(siteId)).toBe(12)
    await expect(importPopulation(db(), path, { ...options, peopleField: '户数' }, NOW)).rejects.toThrow(
      '没有「户数」这一列；文件有：id、lng、lat、people',
    )
  })
})

describe('the count that a site keeps', () => {
  it('follows the site, the places and their headcounts, and leaves the version', async () => {
    const siteId = await newSite(point(IN_EAST))
    expect(await storedPeople(siteId)).toBe(0)
    const placeId = await addPlace('学校', travel(IN_EAST, 0, 400), { headcount: 120 })
    expect(await storedPeople(siteId)).toBe(120)
    await test.patch('commander', `/api/protected-places/${placeId}`, { version: 1, headcount: 99 })
    expect(await storedPeople(siteId)).toBe(99)
    const away = travel(IN_EAST, 0, 700)
    await test.patch('commander', `/api/protected-places/${placeId}`, { version: 2, geometry: point(away) })
    expect(await storedPeople(siteId)).toBe(0)
    expect((await test.get('analyst', `/api/sites/${siteId}`)).json().version).toBe(1)
    const moved = point(travel(IN_EAST, 0, 300))
    await test.patch('analyst', `/api/sites/${siteId}`, { version: 1, geometry: moved })
    expect(await storedPeople(siteId)).toBe(99)
    await test.patch('analyst', `/api/sites/${siteId}`, { version: 2, geometry: null })
    expect(await storedPeople(siteId)).toBeNull()
    const states = await db()('site_states').where({ id: siteId }).orderBy('recorded_from')
    const known = states.map((state) => state.exposed_people)
    expect(known.filter((people, index) => people !== known[index - 1])).toEqual([
      null,
      0,
      120,
      99,
      0,
      99,
      null,
    ])
  })

  it('is made for sites that were never counted, once', async () => {
    const siteId = await addSite(db())
    await addPlace('学校', travel(IN_EAST, 0, 400), { headcount: 5 })
    await db()('sites').update({ exposed_people: null, exposure: null })
    const refresh = () => db().transaction((transaction) => refreshExposure(transaction, 'uncounted', NOW))
    await refresh()
    const first = await db()('sites').where({ id: siteId }).first()
    expect(first).toMatchObject({ exposed_people: 5, exposure: { countedPlaces: 1, from: 'point' } })
    const sequence = await db()('change_sequence').first()
    await refresh()
    expect(await db()('change_sequence').first()).toEqual(sequence)
  })
})
