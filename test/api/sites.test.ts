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
