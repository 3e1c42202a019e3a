import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GAP_KINDS } from '../../server/core/vocabulary.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_WEST, WEST, ZONE } from '../harness/fixture.ts'
import { addCheck, addDrill, addMany, addRisk, addWholeSite } from '../harness/gap-fixture.ts'

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

describe('the counts', () => {
  const people = ['analyst', OFFICER, `officer-${WEST}`, 'fire-inspector', 'commander', 'admin']

  it.each(people)(
    'are for %s what the list gives, by kind, area and sector, and in the risk list',
    async (username) => {
      await addMany(test)
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
    await addMany(test)
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
    await addWholeSite(test, { name: '西侧机密', area_code: WEST, ...IN_WEST, lng: null, lat: null })
    const own = await addSite(db(), { name: '东侧' })
    await addRisk(test, own)
    // its drill took place in the west, and belongs to the west
    const elsewhere = { siteId: own, geometry: { type: 'Point', coordinates: [IN_WEST.lng, IN_WEST.lat] } }
    await addDrill(test, elsewhere, '2025-06-01')
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
    const id = await addWholeSite(test, { sector: 'fire' }, { accident_types: '泄漏' })
    await db()('site_checks').del()
    expect((await list(OFFICER, '?kind=no_check')).total).toBe(1)
    await addCheck(test, id, '2025-06-18')
    for (const username of [OFFICER, 'analyst', 'fire-inspector']) {
      expect((await list(username, '?kind=no_check')).total).toBe(0)
    }
  })
})

describe('a past day', () => {
  it('is judged by the checks, drills and rules that were known then', async () => {
    const id = await addWholeSite(test)
    await db()('site_checks').del()
    await addCheck(test, id, '2025-03-01')
    // entered a month after the visit
    await addCheck(test, id, '2025-04-01', new Date('2025-05-01T00:00:00Z'))
    const on = async (day: string) => (await list('analyst', `?asOf=${day}&kind=no_check`)).items[0]?.gaps[0]
    expect(await on('2025-03-31')).toBeUndefined()
    expect(await on('2025-04-15')).toMatchObject({ lastOn: '2025-03-01', days: 45 })
    expect(await on('2025-05-02')).toMatchObject({ lastOn: '2025-04-01', days: 31, limit: 30 })
    expect((await list('analyst', '?asOf=2025-05-02')).asOf).toBe('2025-05-02')
  })
})

describe('the list', () => {
  it('goes through its pages in each order, and refuses what it cannot read', async () => {
    await addMany(test)
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
