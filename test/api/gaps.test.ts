import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GAP_KINDS } from '../../server/core/vocabulary.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_WEST, WEST, ZONE } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, drills, setting_history cascade')
})

const db = () => test.database.knex
const OFFICER = `officer-${EAST}`
const LONG_AGO = new Date('2025-01-01T00:00:00Z')

async function get(username: string, url: string) {
  const reply = await test.get(username, url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
interface Item {
  id: string
  site: { name: string }
  kinds: string[]
  gaps: { sentence: string }[]
}
const list = (username: string, query = '') => get(username, `/api/gaps${query}`)
const kindsOf = async (query = '', username = 'analyst') =>
  Object.fromEntries((await list(username, query)).items.map((item: Item) => [item.site.name, item.kinds]))
const sentences = async (query = '', username = 'analyst'): Promise<string[]> =>
  (await list(username, query)).items.flatMap((item: Item) => item.gaps.map((gap) => gap.sentence))

async function addRisk(siteId: string, change: object = {}): Promise<string> {
  const id = crypto.randomUUID()
  await db()('risks').insert({
    id,
    site_id: siteId,
    name: '液氨储罐区',
    method: 'lec',
    inputs: { L: 6, E: 6, C: 15 },
    score: 540,
    level: 1,
    accident_types: '中毒和窒息',
    responsible_person: '王示例',
    assessed_on: '2025-01-02',
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    ...change,
  })
  return id
}
const addCheck = (siteId: string, checkedOn: string, createdAt = new Date(`${checkedOn}T08:00:00Z`)) =>
  db()('site_checks').insert({
    id: crypto.randomUUID(),
    site_id: siteId,
    checked_on: checkedOn,
    checked_by: '李示例',
    outcome: 'nothing_found',
    created_at: createdAt,
  })

/** A drill that was planned and done as the product does it. */
async function addDrill(input: object, on: string): Promise<string> {
  const made = await test.post('commander', '/api/drills', {
    title: '液氨卸车泄漏推演',
    form: 'tabletop',
    sector: 'chemicals',
    startsAt: `${on}T01:00:00Z`,
    endsAt: `${on}T02:00:00Z`,
    ...input,
  })
  expect(made.statusCode, made.body).toBe(201)
  let { id, version } = made.json()
  for (const state of ['planned', 'running', 'done']) {
    const moved = await test.patch('commander', `/api/drills/${id}`, { state, version })
    expect(moved.statusCode, moved.body).toBe(200)
    id = moved.json().id
    version = moved.json().version
  }
  return id
}

/** A site that lacks nothing on the tests' present day. */
async function addWholeSite(change: object = {}, risk: object = {}): Promise<string> {
  const id = await addSite(db(), {
    responsible_unit: '安全部',
    responsible_person: '王示例',
    ...change,
  })
  await addRisk(id, risk)
  await addCheck(id, '2025-06-10')
  await addDrill({ siteId: id }, '2025-05-12')
  return id
}

describe('a place that lacks nothing', () => {
  it('is not in the list, which tells how many were looked at', async () => {
    await addWholeSite()
    expect(await list('analyst')).toEqual({
      items: [],
      total: 0,
      nextCursor: null,
      kinds: { no_person: 0, no_check: 0, no_drill: 0, no_position: 0, no_arithmetic: 0 },
      sites: 1,
      asOf: '2025-06-18T01:42:00.000Z',
    })
  })

  it('tells since when, and does not where something is missing or nothing was known', async () => {
    expect(await get('analyst', '/api/gaps/clean-since')).toEqual({ since: null, lookedBackTo: '2025-05-18' })
    const id = await addWholeSite()
    // before 10 June its last check lay more than thirty days back
    await addCheck(id, '2025-05-08')
    expect(await get('analyst', '/api/gaps/clean-since?kind=no_check')).toMatchObject({ since: '2025-06-10' })
    await db()('sites').where({ id }).update({ geom: null })
    expect(await get('analyst', '/api/gaps/clean-since')).toMatchObject({ since: null })
  })
})

describe('each kind of gap', () => {
  it('nobody named: at the site, or at a risk', async () => {
    await addWholeSite({ name: '甲', responsible_unit: null, responsible_person: ' ' })
    await addWholeSite({ name: '乙', responsible_person: null }, { responsible_person: null })
    await addWholeSite({ name: '丙', responsible_person: null })
    expect(await kindsOf()).toEqual({ 甲: ['no_person'], 乙: ['no_person'] })
    expect((await sentences('?q=乙'))[0]).toBe('风险「液氨储罐区」没有写责任人')
  })

  it('not checked: a check, a finding and a re-inspection each count as a visit', async () => {
    const id = await addWholeSite()
    await db()('site_checks').update({ checked_on: '2025-05-18' })
    expect(await sentences()).toEqual([
      '上次检查 2025-05-18（现场检查），已过 31 天；重大风险场所应 30 天内检查一次（待核）',
    ])
    await db()('site_checks').update({ checked_on: '2025-05-19' })
    expect(await sentences()).toEqual([])
    await db()('site_checks').del()
    expect(await sentences()).toEqual(['没有检查记录；重大风险场所应 30 天内检查一次（待核）'])
    const hazard = await addHazard(db(), { siteId: id, foundOn: '2025-04-01', dueOn: '2025-04-20' })
    expect(await sentences()).toEqual([
      '上次检查 2025-04-01（查出隐患），已过 78 天；重大风险场所应 30 天内检查一次（待核）',
    ])
    await db()('hazard_events').insert({
      id: crypto.randomUUID(),
      hazard_id: hazard,
      sequence: 9,
      action: 'close',
      actor_name: '赵示例',
      occurred_at: new Date('2025-06-02T17:00:00Z'),
    })
    expect(await sentences()).toEqual([])
    await db()('sites').update({ responsible_unit: null, responsible_person: null })
    // one o'clock at night of the third in Shanghai
    expect((await list('analyst')).items[0].lastCheck).toEqual({
      on: '2025-06-03',
      source: 'reinspection',
      days: 15,
    })
  })

  it('no drill of the scenario: by the site, or by a hazard of it', async () => {
    const id = await addWholeSite()
    await db()('drills').update({ title: '火灾疏散演练' })
    expect(await sentences()).toEqual([
      '风险「液氨储罐区」的「中毒和窒息」情景没有演练过；危险物品单位应每 6 个月演练一次；2025-05-12 的「火灾疏散演练」不是这一情景（待核）',
    ])
    const hazard = await addHazard(db(), { siteId: id, sector: 'chemicals' })
    await addDrill(
      { hazardIds: [hazard], geometry: { type: 'Point', coordinates: [125.42, 43.86] } },
      '2025-03-01',
    )
    expect(await sentences()).toEqual([])
    // planned is not done
    await db()('drills').update({ state: 'planned' })
    expect(await kindsOf()).toEqual({ '恒泰冷链（示例）': ['no_drill'] })
  })

  it('no position, and a level without arithmetic', async () => {
    await addWholeSite({ name: '甲', lng: null, lat: null })
    await addWholeSite({ name: '乙' }, { inputs: {}, score: null })
    const bare = await addWholeSite({ name: '丙', risk_level: 3 })
    await db()('risks').where({ site_id: bare }).update({ retired_at: LONG_AGO })
    await addWholeSite({ name: '丁' }, { method: 'gb18218', inputs: {}, score: 60 })
    await addWholeSite({ name: '戊' }, { method: 'direct', inputs: { level: 1 }, score: null })
    await addWholeSite(
      { name: '己' },
      { method: 'direct', inputs: { level: 1 }, score: null, clause_id: 'HC-01' },
    )
    const kept = { units: [{ name: '储罐', r: 60, isMajorHazardSource: true, substances: [{ name: '氨' }] }] }
    await addWholeSite({ name: '庚' }, { method: 'gb18218', inputs: {}, score: 60, arithmetic: kept })
    expect(await kindsOf()).toEqual({
      甲: ['no_position'],
      乙: ['no_arithmetic'],
      丙: ['no_arithmetic'],
      丁: ['no_arithmetic'],
      戊: ['no_arithmetic'],
    })
    expect(await sentences('?q=丙')).toEqual(['场所等级为 3 级一般，没有一项风险可作依据'])
  })
})

/** Sites of two areas, three sectors and all kinds of gaps. */
async function addMany(): Promise<void> {
  const sectors = ['fire', 'gas', 'chemicals']
  const levels = [1, 2, 3, null]
  for (let index = 0; index < 12; index++) {
    const place = index % 3 === 0 ? { area_code: WEST, ...IN_WEST } : index === 7 ? { area_code: null } : {}
    const id = await addSite(db(), {
      name: `场所${String(index).padStart(2, '0')}`,
      sector: sectors[index % 3] ?? 'fire',
      risk_level: levels[index % 4] ?? null,
      responsible_unit: index % 2 ? '安全部' : null,
      ...place,
      ...(index % 5 === 0 ? { lng: null, lat: null } : {}),
    })
    if (index % 4 !== 1) await addRisk(id, { responsible_person: index % 3 ? '王示例' : null })
    if (index % 2) await addCheck(id, index === 5 ? '2025-01-01' : '2025-06-01')
  }
}

describe('the counts', () => {
  const people = ['analyst', OFFICER, `officer-${WEST}`, 'fire-inspector', 'commander', 'admin']

  it.each(people)(
    'are for %s what the list gives, by kind, area and sector, and in the risk list',
    async (username) => {
      await addMany()
      const whole = await list(username)
      for (const kind of GAP_KINDS) {
        expect([kind, (await list(username, `?kind=${kind}&limit=1`)).total]).toEqual([
          kind,
          whole.kinds[kind],
        ])
      }
      const byKind = await get(username, '/api/gaps/summary?by=kind')
      for (const { kind, count } of byKind.items) expect([kind, count]).toEqual([kind, whole.kinds[kind]])
      expect(byKind.total).toBe(whole.total)
      const cells = await get(username, '/api/gaps/summary?by=area,sector')
      let sum = 0
      for (const { area, sector, count } of cells.items) {
        sum += count
        expect((await list(username, `?area=${area ?? 'none'}&sector=${sector}`)).total).toBe(count)
      }
      expect(sum).toBe(whole.total)
      const points = await get(username, '/api/gaps/points')
      expect(points.total).toBe(whole.total)
      expect(points.items.length + points.withoutPosition).toBe(whole.total)
      expect(points.withoutPosition).toBe(whole.kinds.no_position)
      const { gaps } = await get(username, '/api/risk-list')
      expect(gaps).toMatchObject({
        withoutResponsible: whole.kinds.no_person,
        withoutLevel: whole.kinds.no_arithmetic,
        withoutPlace: whole.kinds.no_position,
        withoutCheck: whole.kinds.no_check,
        withoutDrill: whole.kinds.no_drill,
      })
    },
  )

  it('follow the filter, also by words of hazards', async () => {
    await addMany()
    const { items } = await list('analyst')
    await addHazard(db(), { siteId: items[0].id, status: 'reported' })
    const found = await list('analyst', '?status=reported')
    expect([found.total, found.sites, found.items[0].id]).toEqual([1, 1, items[0].id])
    expect((await get('analyst', '/api/gaps/summary?status=reported&by=area')).items).toHaveLength(1)
    expect((await list('analyst', '?kind=no_check,no_position')).total).toBeLessThan(
      (await list('analyst')).total,
    )
  })

  it('put a grid under its street', async () => {
    const outline =
      'SRID=4326;MULTIPOLYGON(((125.41 43.85, 125.43 43.85, 125.43 43.87, 125.41 43.87, 125.41 43.85)))'
    const grid = `${EAST}-01`
    await db()('areas').insert({
      code: grid,
      name: '临河一格',
      kind: 'grid',
      parent_code: EAST,
      is_approximate: true,
      source: 'fixture',
      geom: db().raw('ST_GeomFromEWKT(?)', [outline]),
    })
    await addSite(db(), { area_code: grid })
    await addSite(db(), { area_code: EAST })
    expect((await get('analyst', '/api/gaps/summary?by=area')).items).toEqual([
      { area: EAST, areaName: '临河街道', count: 2 },
    ])
    expect((await list('analyst', `?area=${EAST}`)).total).toBe(2)
    await db().raw('truncate sites cascade')
    await db()('areas').where({ code: grid }).del()
    expect((await list('analyst', `?area=${ZONE}`)).total).toBe(0)
  })
})

describe('who may see', () => {
  it('an officer sees nothing of another area, in no list, count, drill or export', async () => {
    await addWholeSite({ name: '西侧机密', area_code: WEST, ...IN_WEST, lng: null, lat: null })
    const own = await addSite(db(), { name: '东侧' })
    await addRisk(own)
    // its drill took place in the west, and belongs to the west
    const elsewhere = { siteId: own, geometry: { type: 'Point', coordinates: [IN_WEST.lng, IN_WEST.lat] } }
    await addDrill(elsewhere, '2025-06-01')
    await db()('drills').where({ site_id: own }).update({ area_code: WEST })
    expect((await list(OFFICER)).items.map((item: Item) => item.site.name)).toEqual(['东侧'])
    expect((await list(OFFICER)).items[0].lastDrill).toBeNull()
    expect(await list(OFFICER, '?kind=no_position')).toMatchObject({ total: 0, sites: 1 })
    expect(
      (await get(OFFICER, '/api/gaps/summary?by=area,kind')).items.every(
        ({ area }: { area: string }) => area === EAST,
      ),
    ).toBe(true)
    const csv = await test.get(OFFICER, '/api/gaps.csv')
    expect([csv.body.includes('西侧'), csv.headers['x-total-count']]).toEqual([false, '1'])
    expect((await test.get(null, '/api/gaps')).statusCode).toBe(401)
  })

  it('a check that was entered is gone from the gaps for all who see the site', async () => {
    const id = await addWholeSite({ sector: 'fire' }, { accident_types: '泄漏' })
    await db()('site_checks').del()
    expect((await list(OFFICER, '?kind=no_check')).total).toBe(1)
    await addCheck(id, '2025-06-18')
    for (const username of [OFFICER, 'analyst', 'fire-inspector']) {
      expect((await list(username, '?kind=no_check')).total).toBe(0)
    }
  })
})

describe('a past day', () => {
  it('is judged by the checks, drills and rules that were known then', async () => {
    const id = await addWholeSite()
    await db()('site_checks').del()
    await addCheck(id, '2025-03-01')
    // entered a month after the visit
    await addCheck(id, '2025-04-01', new Date('2025-05-01T00:00:00Z'))
    const on = async (day: string) => (await list('analyst', `?asOf=${day}&kind=no_check`)).items[0]?.gaps[0]
    expect(await on('2025-03-31')).toBeUndefined()
    expect(await on('2025-04-15')).toMatchObject({ lastOn: '2025-03-01', days: 45 })
    expect(await on('2025-05-02')).toMatchObject({ lastOn: '2025-04-01', days: 31, limit: 30 })
    expect((await list('analyst', '?asOf=2025-05-02')).asOf).toBe('2025-05-02')
  })
})

describe('the list', () => {
  it('goes through its pages in each order, and refuses what it cannot read', async () => {
    await addMany()
    const { total } = await list('analyst')
    for (const sort of ['riskLevel', 'kinds', '-lastCheck', 'lastDrill', 'name']) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await list('analyst', `?limit=5&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`)
        seen.push(...page.items.map((item: Item) => item.id))
        cursor = page.nextCursor
      }
      expect([sort, seen.length, new Set(seen).size]).toEqual([sort, total, total])
    }
    const refusals = [
      ['/api/gaps?kind=no_money', 'BAD_FILTER'],
      ['/api/gaps?sort=rank', 'BAD_INPUT'],
      ['/api/gaps?cursor=x', 'BAD_CURSOR'],
      ['/api/gaps?limit=0', 'BAD_INPUT'],
      ['/api/gaps?area=999', 'BAD_FILTER'],
      ['/api/gaps/summary?by=month', 'BAD_FILTER'],
      ['/api/gaps/points?kind=x', 'BAD_FILTER'],
      ['/api/gaps.csv?kind=x', 'BAD_FILTER'],
    ]
    for (const [url = '', code] of refusals) {
      const reply = await test.get('analyst', url)
      expect([url, reply.statusCode, reply.json().code]).toEqual([url, 400, code])
    }
    expect((await test.get('analyst', '/api/gaps?kind=no_money')).json().detail).toBe(
      'kind「no_money」不在词表内，可用：no_person、no_check、no_drill、no_position、no_arithmetic',
    )
  })

  it('answers GeoJSON', async () => {
    await addSite(db())
    const reply = await test.get('analyst', '/api/gaps', { accept: 'application/geo+json' })
    expect(reply.json()).toMatchObject({
      numberMatched: 1,
      features: [
        {
          geometry: { type: 'Point', coordinates: [125.42, 43.86] },
          properties: { kinds: ['no_person', 'no_check', 'no_arithmetic'] },
        },
      ],
    })
  })
})
