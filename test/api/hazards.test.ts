import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
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
const list = async (username: string, query = '') => {
  const reply = await test.get(username, `/api/hazards${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

describe('the list of hazards', () => {
  it('answers a hazard with every field of the contract', async () => {
    const siteId = await addSite(db())
    const id = await addHazard(db(), {
      siteId,
      clauseId: 'HC-01',
      severity: 'major',
      sector: 'chemicals',
      status: 'rectifying',
      dueOn: '2025-06-10',
      responsibleUnit: '恒泰冷链',
      responsiblePerson: '王示例',
    })
    const { items, total, nextCursor } = await list('analyst')
    expect({ total, nextCursor }).toEqual({ total: 1, nextCursor: null })
    expect(items).toEqual([
      {
        id,
        number: expect.stringMatching(/^YH-2025-\d{6}$/),
        description: '疏散通道堆放货物',
        sector: 'chemicals',
        severity: 'major',
        status: 'rectifying',
        overdue: true,
        overdueWorkingDays: 6,
        remainingWorkingDays: null,
        foundOn: '2025-06-01',
        dueOn: '2025-06-10',
        closedOn: null,
        area: { code: EAST, name: '临河街道' },
        site: { id: siteId, name: '恒泰冷链（示例）' },
        siteRiskLevel: 1,
        clause: { id: 'HC-01', title: '测试〔2025〕1号 第HC-01条', confirmed: true },
        responsible: '恒泰冷链 · 王示例',
        geometry: { type: 'Point', coordinates: [125.42, 43.86] },
        isExample: true,
        version: 1,
        updatedAt: '2025-06-01T01:00:00.000Z',
      },
    ])
  })

  it('pages without repeating or losing a row, in every order', async () => {
    for (let index = 0; index < 7; index++) {
      await addHazard(db(), {
        foundOn: `2025-05-0${1 + (index % 3)}`,
        dueOn: index % 2 ? null : '2025-06-10',
      })
    }
    for (const sort of [
      'urgency',
      '-urgency',
      'foundOn',
      '-foundOn',
      'dueOn',
      'updatedAt',
      '-number',
      'severity',
    ]) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await list('analyst', `?limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`)
        seen.push(...page.items.map((item: { id: string }) => item.id))
        cursor = page.nextCursor
      }
      expect(seen.length, sort).toBe(7)
      expect(new Set(seen).size, sort).toBe(7)
    }
  })

  it('refuses unknown words with the known ones, and malformed values', async () => {
    const refusals = [
      ['?sector=chem', 'BAD_FILTER'],
      ['?status=done', 'BAD_FILTER'],
      ['?area=999', 'BAD_FILTER'],
      ['?bbox=1,2,3', 'BAD_FILTER'],
      ['?foundFrom=2025-02-30', 'BAD_FILTER'],
      ['?foundFrom=2025-06-02&foundTo=2025-06-01', 'BAD_FILTER'],
      ['?limit=0', 'BAD_INPUT'],
      ['?limit=1001', 'BAD_INPUT'],
      ['?cursor=abc', 'BAD_CURSOR'],
      ['?sort=color', 'BAD_INPUT'],
    ]
    for (const [query, code] of refusals) {
      const reply = await test.get('analyst', `/api/hazards${query}`)
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, code])
      expect(reply.headers['content-type']).toContain('application/problem+json')
    }
    const reply = await test.get('analyst', '/api/hazards?severity=big')
    expect(reply.json().known).toEqual(['general', 'suspected_major', 'major'])
  })

  it('finds by Chinese substring, and takes % and _ as they are written', async () => {
    await addHazard(db(), { description: '地下车库防火卷帘门无法下降' })
    await addHazard(db(), { description: '负荷达 100% 的配电箱' })
    expect((await list('analyst', `?q=${encodeURIComponent('卷帘')}`)).total).toBe(1)
    expect((await list('analyst', `?q=${encodeURIComponent('%')}`)).total).toBe(1)
    expect((await list('analyst', `?q=${encodeURIComponent("'; drop table hazards; --")}`)).total).toBe(0)
  })

  it('answers GeoJSON when asked to, with numbers matched and returned', async () => {
    await addHazard(db())
    await addHazard(db(), { lng: null, lat: null })
    const reply = await test.get('analyst', '/api/hazards?limit=1', { accept: 'application/geo+json' })
    expect(reply.headers['content-type']).toContain('application/geo+json')
    const collection = reply.json()
    expect([collection.type, collection.numberMatched, collection.numberReturned]).toEqual([
      'FeatureCollection',
      2,
      1,
    ])
    expect(collection.features[0].properties.number).toMatch(/^YH-/)
  })

  it('asks for sign-in', async () => {
    const reply = await test.get(null, '/api/hazards')
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'NOT_SIGNED_IN'])
  })
})

describe('who sees what', () => {
  it('shows an officer their own area alone, an inspector their sector, others everything', async () => {
    const east = await addHazard(db(), { areaCode: EAST, sector: 'fire' })
    const west = await addHazard(db(), { areaCode: WEST, sector: 'chemicals', ...IN_WEST })
    const outside = await addHazard(db(), { areaCode: null, sector: 'fire', ...OUTSIDE })
    const idsFor = async (username: string) =>
      (await list(username)).items.map((item: { id: string }) => item.id).sort()
    expect(await idsFor('analyst')).toEqual([east, west, outside].sort())
    expect(await idsFor(`officer-${EAST}`)).toEqual([east])
    expect(await idsFor(`officer-${WEST}`)).toEqual([west])
    expect(await idsFor('fire-inspector')).toEqual([east, outside].sort())
    expect((await list(`officer-${EAST}`, `?area=${WEST}`)).total).toBe(0)
    for (const path of ['', '/history', '/photos']) {
      expect((await test.get(`officer-${EAST}`, `/api/hazards/${west}${path}`)).statusCode).toBe(404)
    }
  })
})

describe('filters', () => {
  it('derive open and overdue from the day in Shanghai', async () => {
    await addHazard(db(), { dueOn: '2025-06-18' })
    await addHazard(db(), { dueOn: '2025-06-17' })
    await addHazard(db(), { dueOn: '2025-06-17', status: 'closed', closedOn: '2025-06-20' })
    expect((await list('analyst', '?status=open')).total).toBe(2)
    expect((await list('analyst', '?status=overdue')).total).toBe(1)
    expect((await list('analyst', '?status=closed,overdue')).total).toBe(2)
    test.setNow(new Date('2025-06-18T16:00:00Z'))
    expect((await list('analyst', '?status=overdue')).total).toBe(2)
    test.setNow(NOW)
  })

  it('take an area with its descendants, and none for what lies outside', async () => {
    await addHazard(db(), { areaCode: EAST })
    await addHazard(db(), { areaCode: WEST })
    await addHazard(db(), { areaCode: null })
    expect((await list('analyst', '?area=220171')).total).toBe(2)
    expect((await list('analyst', `?area=${EAST},none`)).total).toBe(2)
  })

  it('show the past as it stood: asOf a day before a change', async () => {
    const id = await addHazard(db(), { status: 'rectifying' })
    await test.post(`officer-${EAST}`, `/api/hazards/${id}/transitions`, {
      action: 'submit',
      version: 1,
      note: '已清理',
    })
    expect((await list('analyst', '?status=submitted')).total).toBe(1)
    expect((await list('analyst', '?status=submitted&asOf=2025-06-17')).total).toBe(0)
    expect((await list('analyst', '?status=rectifying&asOf=2025-06-17')).total).toBe(1)
    expect((await list('analyst', '?asOf=2025-05-31')).total).toBe(0)
  })
})

describe('the facets', () => {
  it('count each group without its own choice', async () => {
    await addHazard(db(), { sector: 'fire', status: 'registered' })
    await addHazard(db(), { sector: 'fire', status: 'rectifying', lng: null, lat: null })
    await addHazard(db(), { sector: 'gas', status: 'registered', areaCode: null })
    const reply = await test.get('analyst', '/api/hazards/facets?sector=fire&status=registered')
    const facets = reply.json()
    expect(facets).toMatchObject({
      total: 1,
      located: 1,
      unlocated: 0,
      quick: { open: 2, overdue: 0, major: 0 },
      sector: { fire: 1, gas: 1 },
      status: { registered: 1, rectifying: 1 },
      area: { [EAST]: 1 },
    })
  })
})

describe('a new hazard', () => {
  const hazard = {
    description: '液氨储罐区未设气体检测报警',
    sector: 'chemicals',
    severity: 'suspected_major',
    foundOn: '2025-06-17',
    geometry: { type: 'Point', coordinates: [IN_EAST.lng, IN_EAST.lat] },
  }

  it('is placed in its area and waits to be verified', async () => {
    const reply = await test.post(`officer-${EAST}`, '/api/hazards', hazard)
    expect(reply.statusCode, reply.body).toBe(201)
    expect(reply.json()).toMatchObject({
      number: expect.stringMatching(/^YH-2025-\d{6}$/),
      status: 'reported',
      area: { code: EAST, name: '临河街道' },
      coordinateSystem: 'WGS84',
      actions: [{ action: 'register' }, { action: 'reject' }],
    })
  })

  it('is converted from GCJ-02 and keeps what was written', async () => {
    const reply = await test.post('analyst', '/api/hazards', {
      ...hazard,
      geometry: { type: 'Point', coordinates: [125.4266, 43.8625] },
      coordinateSystem: 'GCJ02',
    })
    const [lng, lat] = reply.json().geometry.coordinates
    expect(Math.abs(lng - 125.42)).toBeLessThan(0.0005)
    expect(Math.abs(lat - 43.86)).toBeLessThan(0.0005)
    expect(reply.json().coordinateText).toBe('125.4266,43.8625')
  })

  it('is refused where it makes no sense or nobody may put it', async () => {
    const refusals: [string, object, number, string][] = [
      [`officer-${WEST}`, {}, 403, 'OUTSIDE_YOUR_SCOPE'],
      [
        `officer-${EAST}`,
        { geometry: { type: 'Point', coordinates: [OUTSIDE.lng, OUTSIDE.lat] } },
        403,
        'OUTSIDE_YOUR_SCOPE',
      ],
      [`officer-${EAST}`, { severity: 'major', clauseId: 'HC-01' }, 403, 'ONLY_SUSPECT'],
      ['fire-inspector', {}, 403, 'OUTSIDE_YOUR_SCOPE'],
      ['commander', {}, 403, 'ROLE_NOT_ALLOWED'],
      ['analyst', { severity: 'major' }, 422, 'MAJOR_NEEDS_CLAUSE'],
      ['analyst', { severity: 'major', clauseId: 'XF-01' }, 422, 'CLAUSE_NOT_IN_FORCE'],
      ['analyst', { severity: 'major', clauseId: 'XF-02' }, 422, 'CLAUSE_NOT_IN_FORCE'],
      ['analyst', { clauseId: 'nope' }, 422, 'UNKNOWN_CLAUSE'],
      ['analyst', { geometry: { type: 'Point', coordinates: [0, 0] } }, 422, 'BAD_POSITION'],
      ['analyst', { foundOn: '2025-06-19' }, 422, 'FOUND_IN_FUTURE'],
      ['analyst', { dueOn: '2025-06-01' }, 422, 'DUE_BEFORE_FOUND'],
      ['analyst', { description: '长'.repeat(2001) }, 400, 'BAD_INPUT'],
      ['analyst', { description: '' }, 400, 'BAD_INPUT'],
      ['analyst', { sector: 'magic' }, 400, 'BAD_INPUT'],
      ['analyst', { description: 'a\u0000b' }, 400, 'BAD_CHARACTER'],
    ]
    for (const [username, change, status, code] of refusals) {
      const reply = await test.post(username, '/api/hazards', { ...hazard, ...change })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    expect((await list('analyst')).total).toBe(0)
  })
})

describe('an edit', () => {
  it('keeps what each field was, and refuses a stale version with the current row', async () => {
    const id = await addHazard(db())
    const reply = await test.patch(`officer-${EAST}`, `/api/hazards/${id}`, {
      version: 1,
      description: '通道已堵死',
    })
    expect(reply.json()).toMatchObject({ description: '通道已堵死', version: 2 })
    const stale = await test.patch('analyst', `/api/hazards/${id}`, { version: 1, description: '别的' })
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'STALE_VERSION'])
    expect(stale.json().current).toMatchObject({ version: 2, description: '通道已堵死' })
    const history = (await test.get('analyst', `/api/hazards/${id}/history`)).json()
    expect(history.items[1]).toMatchObject({
      action: 'edit',
      actorName: '临河街道经办人',
      changes: { description: { from: '疏散通道堆放货物', to: '通道已堵死' } },
    })
  })

  it('answers 404 to an officer of another area, and moves nothing out of reach', async () => {
    const id = await addHazard(db())
    const foreign = await test.patch(`officer-${WEST}`, `/api/hazards/${id}`, {
      version: 1,
      description: 'x',
    })
    expect(foreign.statusCode).toBe(404)
    const away = await test.patch(`officer-${EAST}`, `/api/hazards/${id}`, {
      version: 1,
      geometry: { type: 'Point', coordinates: [IN_WEST.lng, IN_WEST.lat] },
    })
    expect([away.statusCode, away.json().code]).toEqual([403, 'OUTSIDE_YOUR_SCOPE'])
  })
})
