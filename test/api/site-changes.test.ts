import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, OUTSIDE, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites cascade')
})

const db = () => test.database.knex
const OFFICER = `officer-${EAST}`
const list = async (username: string, query = '') => {
  const reply = await test.get(username, `/api/sites${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
const point = (place: { lng: number; lat: number }) => ({
  type: 'Point',
  coordinates: [place.lng, place.lat],
})

describe('a new site', () => {
  const site = { name: ' 新库\u0007（示例） ', sector: 'fire', geometry: point(IN_EAST) }

  it('is placed in its area, its texts cleaned, without a level', async () => {
    const reply = await test.post(OFFICER, '/api/sites', { ...site, responsiblePerson: '  ', kind: '仓库' })
    expect(reply.statusCode, reply.body).toBe(201)
    expect(reply.headers.location).toBe(`/api/sites/${reply.json().id}`)
    expect(reply.json()).toMatchObject({
      name: '新库（示例）',
      kind: '仓库',
      riskLevel: null,
      area: { code: EAST, name: '临河街道' },
      responsible: null,
      responsiblePerson: null,
      coordinateText: `${IN_EAST.lng},${IN_EAST.lat}`,
      coordinateSystem: 'WGS84',
      isExample: true,
      version: 1,
      mayEdit: true,
    })
    const changes = await db()('change_log').orderBy('sequence', 'desc').first()
    expect(changes).toMatchObject({
      kind: 'site',
      entity_id: reply.json().id,
      area_codes: [EAST],
      sectors: ['fire'],
    })
  })

  it('may be a road section or a polygon; its area is that of a point on it', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [125.41, 43.86],
        [125.43, 43.86],
      ],
    }
    const reply = await test.post('analyst', '/api/sites', {
      name: '路段',
      sector: 'transport',
      geometry: line,
    })
    expect(reply.json()).toMatchObject({ geometry: line, area: { code: EAST } })
    const polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [125.37, 43.85],
          [125.39, 43.85],
          [125.39, 43.87],
          [125.37, 43.85],
        ],
      ],
    }
    const area = await test.post('analyst', '/api/sites', {
      name: '厂区',
      sector: 'industry',
      geometry: polygon,
    })
    expect(area.json()).toMatchObject({ geometry: polygon, area: { code: WEST } })
  })

  it('is converted from GCJ-02 and keeps what was written', async () => {
    const geometry = { type: 'Point', coordinates: [125.4266, 43.8625] }
    const reply = await test.post('analyst', '/api/sites', { ...site, geometry, coordinateSystem: 'GCJ02' })
    const [lng, lat] = reply.json().geometry.coordinates
    expect(Math.abs(lng - 125.42)).toBeLessThan(0.0005)
    expect(Math.abs(lat - 43.86)).toBeLessThan(0.0005)
    expect(reply.json()).toMatchObject({ coordinateText: '125.4266,43.8625', coordinateSystem: 'GCJ02' })
  })

  it('without a place belongs to the area of the officer, and to none for the others', async () => {
    const unplaced = { name: '未定位', sector: 'fire' }
    expect((await test.post(OFFICER, '/api/sites', unplaced)).json()).toMatchObject({
      area: { code: EAST },
      geometry: null,
    })
    expect((await test.post('analyst', '/api/sites', unplaced)).json()).toMatchObject({ area: null })
  })

  it('is refused where it makes no sense or nobody may put it', async () => {
    const crossing = {
      type: 'Polygon',
      coordinates: [
        [
          [125.41, 43.85],
          [125.43, 43.87],
          [125.43, 43.85],
          [125.41, 43.87],
          [125.41, 43.85],
        ],
      ],
    }
    const refusals: [string | null, object, number, string][] = [
      [null, {}, 401, 'NOT_SIGNED_IN'],
      ['commander', {}, 403, 'ROLE_NOT_ALLOWED'],
      [`officer-${WEST}`, {}, 403, 'OUTSIDE_YOUR_SCOPE'],
      [OFFICER, { geometry: point(OUTSIDE) }, 403, 'OUTSIDE_YOUR_SCOPE'],
      ['fire-inspector', { sector: 'gas' }, 403, 'OUTSIDE_YOUR_SCOPE'],
      ['analyst', { geometry: point({ lng: 0, lat: 0 }) }, 422, 'BAD_GEOMETRY'],
      ['analyst', { geometry: crossing }, 422, 'BAD_GEOMETRY'],
      ['analyst', { geometry: { type: 'GeometryCollection', geometries: [] } }, 422, 'BAD_GEOMETRY'],
      ['analyst', { name: ' \u200b ' }, 422, 'EMPTY_NAME'],
      ['analyst', { name: '' }, 400, 'BAD_INPUT'],
      ['analyst', { name: '长'.repeat(201) }, 400, 'BAD_INPUT'],
      ['analyst', { sector: 'magic' }, 400, 'BAD_INPUT'],
      ['analyst', { coordinateSystem: 'EPSG:4551' }, 400, 'BAD_INPUT'],
      ['analyst', { riskLevel: 1 }, 400, 'BAD_INPUT'],
    ]
    for (const [username, change, status, code] of refusals) {
      const reply = await test.post(username, '/api/sites', { ...site, ...change })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    expect((await list('analyst')).total).toBe(0)
  })
})

describe('an edit of a site', () => {
  it('changes what it names and nothing else, and refuses a stale version with the current row', async () => {
    const id = await addSite(db(), { kind: '仓库' })
    const edited = await test.patch(OFFICER, `/api/sites/${id}`, { version: 1, name: '改名库' })
    expect(edited.json()).toMatchObject({ name: '改名库', kind: '仓库', riskLevel: 1, version: 2 })
    const stale = await test.patch('analyst', `/api/sites/${id}`, { version: 1, name: '别的' })
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'STALE_VERSION'])
    expect(stale.json().current).toMatchObject({ id, name: '改名库', version: 2 })
  })

  it('lets one of two people who save at the same moment through', async () => {
    const id = await addSite(db())
    const replies = await Promise.all(
      ['analyst', 'admin'].map((user) => test.patch(user, `/api/sites/${id}`, { version: 1, name: user })),
    )
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 409])
  })

  it('takes hazards without a place of their own along into the new area, with an event each', async () => {
    const id = await addSite(db())
    const following = await addHazard(db(), { siteId: id, areaBasis: 'site', lng: null, lat: null })
    const staying = await addHazard(db(), { siteId: id })
    const reply = await test.patch('analyst', `/api/sites/${id}`, { version: 1, geometry: point(IN_WEST) })
    expect(reply.json()).toMatchObject({ area: { code: WEST } })
    const hazard = async (hazardId: string) => (await test.get('analyst', `/api/hazards/${hazardId}`)).json()
    expect(await hazard(following)).toMatchObject({ area: { code: WEST }, version: 2 })
    expect(await hazard(staying)).toMatchObject({ area: { code: EAST }, version: 1 })
    const history = (await test.get('analyst', `/api/hazards/${following}/history`)).json()
    expect(history.items[1]).toMatchObject({
      action: 'edit',
      changes: { areaCode: { from: EAST, to: WEST } },
      actorName: '分析员',
    })
  })

  it('keeps the area when the place is taken away', async () => {
    const id = await addSite(db())
    const reply = await test.patch('analyst', `/api/sites/${id}`, { version: 1, geometry: null })
    expect(reply.json()).toMatchObject({ geometry: null, area: { code: EAST }, coordinateSystem: null })
  })

  it('is refused to who may not, and moves nothing out of reach', async () => {
    const id = await addSite(db(), { sector: 'fire' })
    const refusals: [string, object, number, string][] = [
      [`officer-${WEST}`, { name: 'x' }, 404, 'NOT_FOUND'],
      ['commander', { name: 'x' }, 403, 'ROLE_NOT_ALLOWED'],
      [OFFICER, { geometry: point(IN_WEST) }, 403, 'OUTSIDE_YOUR_SCOPE'],
      ['fire-inspector', { sector: 'gas' }, 403, 'OUTSIDE_YOUR_SCOPE'],
      ['analyst', { geometry: point({ lng: 200, lat: 0 }) }, 422, 'BAD_GEOMETRY'],
    ]
    for (const [username, change, status, code] of refusals) {
      const reply = await test.patch(username, `/api/sites/${id}`, { version: 1, ...change })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    const noVersion = await test.patch('analyst', `/api/sites/${id}`, { name: 'x' })
    expect([noVersion.statusCode, noVersion.json().code]).toEqual([400, 'BAD_INPUT'])
    expect((await list('analyst')).items[0]).toMatchObject({ name: '恒泰冷链（示例）', version: 1 })
  })
})
