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
const names = async (username: string, query = '') =>
  (await list(username, query)).items.map((item: { name: string }) => item.name)
const point = (place: { lng: number; lat: number }) => ({
  type: 'Point',
  coordinates: [place.lng, place.lat],
})

describe('the list of sites', () => {
  it('answers a site with every field of the contract', async () => {
    const id = await addSite(db(), {
      credit_code: '91220101MA00000001',
      kind: '涉氨制冷',
      address: '临河街 1 号',
      responsible_unit: '恒泰冷链',
      responsible_person: '王示例',
      is_example: true,
      updated_at: new Date('2025-06-01T00:00:00Z'),
    })
    expect(await list('analyst')).toEqual({
      items: [
        {
          id,
          name: '恒泰冷链（示例）',
          creditCode: '91220101MA00000001',
          sector: 'chemicals',
          kind: '涉氨制冷',
          riskLevel: 1,
          area: { code: EAST, name: '临河街道' },
          address: '临河街 1 号',
          geometry: { type: 'Point', coordinates: [IN_EAST.lng, IN_EAST.lat] },
          responsible: '恒泰冷链 · 王示例',
          isExample: true,
          version: 1,
          updatedAt: '2025-06-01T00:00:00.000Z',
        },
      ],
      total: 1,
      nextCursor: null,
    })
  })

  it('pages without repeating or losing a site, in every order, those without a level last', async () => {
    for (const [index, level] of [3, null, 1, 3, 2, null, 4].entries()) {
      await addSite(db(), { name: `场所${index % 4}`, risk_level: level })
    }
    const levels: Record<string, (number | null)[]> = {}
    for (const sort of ['riskLevel', '-riskLevel', 'name', '-name', 'updatedAt', '-updatedAt']) {
      const seen: { id: string; riskLevel: number | null }[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await list('analyst', `?limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`)
        seen.push(...page.items)
        cursor = page.nextCursor
      }
      expect([sort, new Set(seen.map((site) => site.id)).size, seen.length]).toEqual([sort, 7, 7])
      levels[sort] = seen.map((site) => site.riskLevel)
    }
    expect(levels.riskLevel).toEqual([1, 2, 3, 3, 4, null, null])
    expect(levels['-riskLevel']).toEqual([4, 3, 3, 2, 1, null, null])
  })

  it('leaves retired sites out everywhere', async () => {
    const id = await addSite(db(), { retired_at: new Date('2025-06-02T00:00:00Z') })
    expect((await list('analyst')).total).toBe(0)
    expect((await list('analyst', '?asOf=2025-06-01')).total).toBe(0)
    expect((await test.get('analyst', `/api/sites/${id}`)).statusCode).toBe(404)
    expect((await test.get('analyst', `/api/sites/${id}/risks`)).statusCode).toBe(404)
  })

  it('asks the site for sector, level, area, text and box', async () => {
    await addSite(db(), { name: '东库', sector: 'fire', risk_level: 2, responsible_person: '赵示例' })
    await addSite(db(), { name: '西库', sector: 'chemicals', area_code: WEST, ...IN_WEST })
    await addSite(db(), { name: '区外站', sector: 'gas', risk_level: null, area_code: null, ...OUTSIDE })
    await addSite(db(), { name: '未定位', sector: 'gas', area_code: null, lng: null, lat: null })
    expect(await names('analyst', '?sector=fire,gas&sort=name')).toEqual(['东库', '区外站', '未定位'])
    expect(await names('analyst', '?riskLevel=2')).toEqual(['东库'])
    expect(await names('analyst', `?area=220171&sort=name`)).toEqual(['东库', '西库'])
    expect(await names('analyst', '?area=none&sort=name')).toEqual(['区外站', '未定位'])
    expect(await names('analyst', `?q=${encodeURIComponent('赵示')}`)).toEqual(['东库'])
    expect(await names('analyst', `?q=${encodeURIComponent('_库')}`)).toEqual([])
    expect(await names('analyst', '?bbox=125.36,43.84,125.4,43.88')).toEqual(['西库'])
  })

  it('asks its hazards for severity, status, clause and days, all of one hazard', async () => {
    const east = await addSite(db(), { name: '东库' })
    const west = await addSite(db(), { name: '西库', area_code: WEST, ...IN_WEST })
    await addSite(db(), { name: '无隐患' })
    await addHazard(db(), { siteId: east, severity: 'major', clauseId: 'HC-01', dueOn: '2025-06-10' })
    await addHazard(db(), { siteId: east, status: 'closed', closedOn: '2025-06-05', foundOn: '2025-05-01' })
    await addHazard(db(), { siteId: west, areaCode: WEST, dueOn: '2025-06-18' })
    expect(await names('analyst', '?status=open&sort=name')).toEqual(['东库', '西库'])
    expect(await names('analyst', '?status=overdue')).toEqual(['东库'])
    expect(await names('analyst', '?severity=major')).toEqual(['东库'])
    expect(await names('analyst', '?clauseId=HC-01&status=closed')).toEqual([])
    expect(await names('analyst', '?foundTo=2025-05-31')).toEqual(['东库'])
    expect(await names('analyst', '?dueFrom=2025-06-18&dueTo=2025-06-18')).toEqual(['西库'])
  })

  it('counts no hazard that the asker may not see', async () => {
    const site = await addSite(db(), { name: '东库', sector: 'fire' })
    await addHazard(db(), { siteId: site, sector: 'gas', severity: 'suspected_major' })
    await addHazard(db(), { siteId: site, sector: 'fire', areaCode: WEST, severity: 'suspected_major' })
    expect(await names('analyst', '?severity=suspected_major')).toEqual(['东库'])
    expect(await names('fire-inspector', '?severity=suspected_major&status=registered')).toEqual(['东库'])
    await db().raw(`update hazards set sector = 'gas'`)
    expect(await names('fire-inspector', '?severity=suspected_major')).toEqual([])
    await db().raw(`update hazards set area_code = '${WEST}'`)
    expect(await names(OFFICER, '?severity=suspected_major')).toEqual([])
  })

  it('shows the past: sites known by then with the level that they had', async () => {
    const id = await addSite(db(), { created_at: new Date('2025-06-10T00:00:00Z'), risk_level: 1 })
    const risk = (assessed_on: string, level: number, retired_at: string | null) =>
      db()('risks').insert({
        id: crypto.randomUUID(),
        site_id: id,
        name: '制冷系统',
        method: 'direct',
        level,
        assessed_on,
        retired_at: retired_at ? new Date(retired_at) : null,
      })
    await risk('2024-03-01', 3, '2025-03-01T00:00:00Z')
    await risk('2025-02-28', 1, null)
    const levelAt = async (day: string) =>
      (await list('analyst', `?asOf=${day}`)).items.map((site: { riskLevel: number }) => site.riskLevel)
    expect(await levelAt('2024-02-29')).toEqual([])
    expect(await levelAt('2024-03-01')).toEqual([3])
    expect(await levelAt('2025-02-28')).toEqual([1])
    expect((await list('analyst', '?asOf=2024-12-31&riskLevel=3')).total).toBe(1)
    expect((await list('analyst', '?asOf=2024-12-31&riskLevel=1')).total).toBe(0)
  })

  it('answers GeoJSON, a site without a place with null geometry', async () => {
    await addSite(db(), { name: '一' })
    await addSite(db(), { name: '二', lng: null, lat: null })
    const reply = await test.get('analyst', '/api/sites?sort=name', { accept: 'application/geo+json' })
    expect(reply.headers['content-type']).toContain('application/geo+json')
    expect(reply.json()).toMatchObject({
      type: 'FeatureCollection',
      numberMatched: 2,
      numberReturned: 2,
      features: [
        { type: 'Feature', geometry: point(IN_EAST), properties: { name: '一' } },
        { type: 'Feature', geometry: null, properties: { name: '二' } },
      ],
    })
  })

  it('refuses what it cannot read', async () => {
    const refusals = [
      ['?sector=chem', 'BAD_FILTER'],
      ['?riskLevel=5', 'BAD_FILTER'],
      ['?limit=0', 'BAD_INPUT'],
      ['?limit=1001', 'BAD_INPUT'],
      ['?sort=rank', 'BAD_INPUT'],
      ['?cursor=abc', 'BAD_CURSOR'],
      ['?sort=name&cursor=WzEsIuS4gCIsIngiXQ', 'BAD_CURSOR'],
    ]
    for (const [query, code] of refusals) {
      const reply = await test.get('analyst', `/api/sites${query}`)
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, code])
    }
    expect((await test.get(null, '/api/sites')).statusCode).toBe(401)
  })
})

describe('who sees what', () => {
  it('shows an officer their area, an inspector their sector, others everything', async () => {
    const east = await addSite(db(), { name: '东', sector: 'fire' })
    const west = await addSite(db(), { name: '西', sector: 'gas', area_code: WEST, ...IN_WEST })
    await addSite(db(), { name: '外', sector: 'fire', area_code: null, ...OUTSIDE })
    expect(await names('analyst', '?sort=name')).toEqual(['东', '外', '西'])
    expect(await names('commander', '?sort=name')).toEqual(['东', '外', '西'])
    expect(await names(OFFICER)).toEqual(['东'])
    expect(await names('fire-inspector', '?sort=name')).toEqual(['东', '外'])
    for (const path of ['', '/risks']) {
      expect((await test.get(OFFICER, `/api/sites/${east}${path}`)).statusCode).toBe(200)
      expect((await test.get(OFFICER, `/api/sites/${west}${path}`)).statusCode).toBe(404)
      expect((await test.get('fire-inspector', `/api/sites/${west}${path}`)).statusCode).toBe(404)
    }
  })
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

it('answers the risks of a site, the deciding one first, retired ones left out', async () => {
  const id = await addSite(db())
  const risk = (name: string, rest: object) =>
    db()('risks').insert({ id: crypto.randomUUID(), site_id: id, name, ...rest })
  await risk('叉车', { method: 'ls', inputs: { L: 5, S: 3 }, score: 15, level: 2, assessed_on: '2025-01-02' })
  await risk('制冷', { method: 'lec', inputs: { L: 6, E: 6, C: 15 }, score: 540, level: 1 })
  await risk('旧', { method: 'direct', level: 1, retired_at: new Date('2025-01-01T00:00:00Z') })
  const reply = await test.get('analyst', `/api/sites/${id}/risks`)
  expect(reply.json()).toMatchObject({
    total: 2,
    nextCursor: null,
    items: [
      { name: '制冷', siteId: id, formula: 'D=6×6×15=540', inputs: { L: 6, E: 6, C: 15 }, level: 1 },
      { name: '叉车', formula: 'R=5×3=15', assessedOn: '2025-01-02', engineeringControls: null },
    ],
  })
})
