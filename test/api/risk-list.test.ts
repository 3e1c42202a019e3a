import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LS } from '../../server/risk/model.ts'
import { RISK_LIST_SORTS } from '../../server/risk/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_WEST, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, drills cascade')
})

const db = () => test.database.knex
const list = async (username: string, query = '') => {
  const reply = await test.get(username, `/api/risk-list${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
interface Item {
  id: string
  name: string
  rank: number
}
const ranking = async (username: string, query = '') =>
  (await list(username, query)).items.map((item: Item) => `${item.rank} ${item.name}`)

const addRisk = (siteId: string, method: string, score: number | null, level: number, rest: object = {}) =>
  db()('risks').insert({
    id: crypto.randomUUID(),
    site_id: siteId,
    name: '风险',
    method,
    score,
    level,
    assessed_on: '2025-03-12',
    ...rest,
  })
const addDrill = (siteId: string, state: string, endsAt: string) =>
  db()('drills').insert({
    id: crypto.randomUUID(),
    number: `YL-2025-${Math.random()}`,
    title: '演练',
    form: 'live',
    state,
    site_id: siteId,
    starts_at: new Date(endsAt),
    ends_at: new Date(endsAt),
  })

describe('the risk list', () => {
  it('answers a place with its rank, reasons, risks, hazards and last drill', async () => {
    const id = await addSite(db(), {
      responsible_person: '王示例',
      updated_at: new Date('2025-06-01T00:00:00Z'),
    })
    await addRisk(id, 'lec', 540, 1, { name: '制冷系统', inputs: { L: 6, E: 6, C: 15 } })
    await addRisk(id, 'ls', 15, 2, { name: '叉车', inputs: { L: 5, S: 3 } })
    // due on Tuesday 10 June, looked at on Wednesday 18 June: six working days late
    await addHazard(db(), { siteId: id, severity: 'major', clauseId: 'HC-01', dueOn: '2025-06-10' })
    await addHazard(db(), { siteId: id, dueOn: '2025-06-17' })
    await addHazard(db(), { siteId: id, severity: 'suspected_major' })
    await addHazard(db(), { siteId: id, status: 'closed', closedOn: '2025-06-02', dueOn: '2025-06-01' })
    await addDrill(id, 'done', '2025-02-11T02:00:00Z')
    await addDrill(id, 'planned', '2025-06-30T02:00:00Z')
    const answer = await list('analyst')
    expect(answer).toEqual({
      items: [
        {
          id,
          name: '恒泰冷链（示例）',
          creditCode: null,
          sector: 'chemicals',
          kind: null,
          riskLevel: 1,
          area: { code: EAST, name: '临河街道' },
          address: null,
          geometry: { type: 'Point', coordinates: [125.42, 43.86] },
          responsible: '王示例',
          isExample: false,
          version: 1,
          updatedAt: '2025-06-01T00:00:00.000Z',
          rank: 1,
          why: [
            '「制冷系统」LEC 法：D=6×6×15=540，不小于 320，为 1 级重大',
            '有 1 处重大隐患未销号（依据 测试〔2025〕1号 第HC-01条）',
            '有 2 处隐患逾期，最长 6 个工作日',
            '有 1 处疑似重大隐患未销号',
            '有 1 处一般隐患未销号',
            // hazards: 3 + 10×(1+0.05×6) + 1×(1+0.05×1) = 17.05 points; 1 + 0.1 × 17.05 = 2.705
            '当前压力 21.68＝8（1 级重大）×2.71（未销号隐患）×1（500 m 内人数未知，按 1 计）×1（上次演练 2025-02-11，距今 4 个月）',
          ],
          risks: [
            {
              id: expect.any(String),
              name: '制冷系统',
              method: 'lec',
              score: 540,
              level: 1,
              formula: 'D=6×6×15=540',
              confirmed: true,
            },
            {
              id: expect.any(String),
              name: '叉车',
              method: 'ls',
              score: 15,
              level: 2,
              formula: 'R=5×3=15',
              confirmed: LS.isConfirmed,
            },
          ],
          pressure: {
            score: 21.68,
            factors: [
              { name: 'level', value: 8, text: '1 级重大' },
              {
                name: 'hazards',
                value: 2.71,
                text: '一般 1 处×1（1 处逾期，计 1 个工作日），疑似重大 1 处×3，重大 1 处×10（1 处逾期，计 6 个工作日），合 17.05 分，1＋0.1×17.05',
              },
              { name: 'exposure', value: 1, text: '500 m 内人数未知，按 1 计' },
              { name: 'drill', value: 1, text: '上次演练 2025-02-11，距今 4 个月' },
            ],
          },
          exposedPeople: null,
          openHazards: { general: 1, suspectedMajor: 1, major: 1, overdue: 2, maxOverdueWorkingDays: 6 },
          lastDrillOn: '2025-02-11',
        },
      ],
      total: 1,
      nextCursor: null,
      levels: { 1: 1, 2: 0, 3: 0, 4: 0, none: 0 },
      gaps: { withoutResponsible: 1, withoutCheck: 0, withoutDrill: 0, withoutPlace: 0, withoutLevel: 0 },
      asOf: '2025-06-18T01:42:00.000Z',
      basis: 'present',
      maxPressure: 21.68,
    })
  })

  it('ranks by level, pressure, score, name', async () => {
    const site = (name: string, risk_level: number | null) => addSite(db(), { name, risk_level })
    const major = { severity: 'major', clauseId: 'HC-01' } as const
    const oneMajor = await site('一处重大', 1)
    await addHazard(db(), { siteId: oneMajor, ...major })
    const oneMajorOverdue = await site('一处重大且逾期', 1)
    await addHazard(db(), { siteId: oneMajorOverdue, ...major, dueOn: '2025-06-10' })
    const overdue = await site('两处逾期', 1)
    for (let index = 0; index < 2; index++) await addHazard(db(), { siteId: overdue, dueOn: '2025-06-10' })
    // 18 of LS is 0.9 of its least major score, 270 of LEC 0.84 of its own, 160 half
    await addRisk(await site('D160', 2), 'lec', 160, 2)
    await addRisk(await site('R16', 2), 'ls', 16, 2)
    await addRisk(await site('D270', 2), 'lec', 270, 2)
    await site('乙', 2)
    await site('甲', 2)
    const crowded = await site('三级但很多重大', 3)
    for (let index = 0; index < 3; index++) await addHazard(db(), { siteId: crowded, ...major })
    await site('未评估', null)
    expect(await ranking('analyst')).toEqual([
      '1 一处重大且逾期',
      '2 一处重大',
      '3 两处逾期',
      '4 D270',
      '5 R16',
      '6 D160',
      '7 乙',
      '8 甲',
      '9 三级但很多重大',
      '10 未评估',
    ])
  })

  it('keeps each rank in every order and over every page', async () => {
    for (let index = 0; index < 7; index++) {
      const id = await addSite(db(), { name: `场所${index % 3}`, risk_level: 1 + (index % 2) })
      if (index % 3 === 0) await addRisk(id, 'lec', 0.1 + index, 4)
      for (let count = 0; count < index % 4; count++) {
        await addHazard(db(), { siteId: id, dueOn: count === 0 ? '2025-06-10' : null })
      }
    }
    const whole: Item[] = (await list('analyst')).items
    const ranks = new Map(whole.map((item) => [item.id, item.rank]))
    for (const sort of RISK_LIST_SORTS) {
      const seen: Item[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await list('analyst', `?limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`)
        seen.push(...page.items)
        cursor = page.nextCursor
      }
      expect([sort, seen.length, new Set(seen.map((item) => item.id)).size]).toEqual([sort, 7, 7])
      for (const item of seen) expect(item.rank).toBe(ranks.get(item.id))
      if (sort === 'rank') expect(seen.map((item) => item.rank)).toEqual([1, 2, 3, 4, 5, 6, 7])
      if (sort === '-rank') expect(seen.map((item) => item.rank)).toEqual([7, 6, 5, 4, 3, 2, 1])
    }
    const busiest = (await list('analyst', '?sort=-openHazards')).items[0].openHazards
    expect(busiest).toMatchObject({ general: 3, overdue: 1 })
  })

  it('ranks within the filter, and counts levels whatever level is chosen', async () => {
    await addSite(db(), { name: '甲', sector: 'fire', risk_level: 1 })
    await addSite(db(), { name: '乙', sector: 'gas', risk_level: 2, lng: null, lat: null })
    await addSite(db(), { name: '丙', sector: 'fire', risk_level: 3, responsible_unit: '物业' })
    await addSite(db(), { name: '丁', sector: 'fire', risk_level: null, ...IN_WEST, area_code: WEST })
    expect(await ranking('analyst', '?sector=fire')).toEqual(['1 甲', '2 丙', '3 丁'])
    const chosen = await list('analyst', '?riskLevel=1,3')
    expect(chosen).toMatchObject({
      total: 2,
      levels: { 1: 1, 2: 1, 3: 1, 4: 0, none: 1 },
      gaps: { withoutResponsible: 1, withoutCheck: 2, withoutDrill: 0, withoutPlace: 0, withoutLevel: 2 },
    })
    expect((await list('analyst')).gaps).toEqual({
      withoutResponsible: 3,
      withoutCheck: 4,
      withoutDrill: 0,
      withoutPlace: 1,
      withoutLevel: 4,
    })
    expect(await list('analyst', '?area=none')).toMatchObject({ items: [], total: 0, nextCursor: null })
  })

  it('shows each person their own places, and counts only hazards that they may see', async () => {
    const east = await addSite(db(), { name: '东', sector: 'fire', risk_level: 2 })
    await addSite(db(), { name: '西', sector: 'gas', area_code: WEST, ...IN_WEST })
    await addHazard(db(), { siteId: east, sector: 'gas' })
    await addHazard(db(), { siteId: east, sector: 'fire', areaCode: WEST })
    await addHazard(db(), { siteId: east, sector: 'fire' })
    expect(await ranking('analyst')).toEqual(['1 西', '2 东'])
    expect(await ranking(`officer-${EAST}`)).toEqual(['1 东'])
    expect(await ranking('fire-inspector')).toEqual(['1 东'])
    const general = async (username: string) =>
      (await list(username, '?sector=fire')).items[0].openHazards.general
    expect([
      await general('analyst'),
      await general(`officer-${EAST}`),
      await general('fire-inspector'),
    ]).toEqual([3, 2, 2])
    expect((await test.get(null, '/api/risk-list')).statusCode).toBe(401)
  })

  it('looks back before its record as ledgers told afterwards: levels, hazards, drills and lateness', async () => {
    const known = new Date('2025-06-16T00:00:00Z')
    const id = await addSite(db(), { updated_at: known, risk_level: 1 })
    await addRisk(id, 'lec', 126, 3, {
      inputs: { L: 3, E: 6, C: 7 },
      assessed_on: '2025-01-01',
      retired_at: new Date('2025-06-10T00:00:00Z'),
    })
    await addRisk(id, 'lec', 540, 1, { inputs: { L: 6, E: 6, C: 15 }, assessed_on: '2025-06-10' })
    const hazard = await addHazard(db(), { siteId: id, dueOn: '2025-06-04' })
    await db()('hazards').where({ id: hazard }).update({ status: 'closed', closed_on: '2025-06-12' })
    await db()('hazard_states')
      .where({ id: hazard })
      .update({ valid_to: new Date('2025-06-12T02:00:00Z'), recorded_from: known, recorded_to: known })
    await addDrill(id, 'done', '2025-06-11T02:00:00Z')
    const at = async (day: string) => (await list('analyst', `?asOf=${day}`)).items[0]
    expect(await at('2025-05-31')).toMatchObject({
      riskLevel: 3,
      why: [
        '「风险」LEC 法：D=3×6×7=126，不小于 70、小于 160，为 3 级一般',
        '没有未销号隐患',
        '当前压力 2.8＝2（3 级一般）×1（未销号隐患）×1（500 m 内人数未知，按 1 计）×1.4（从未演练）',
      ],
      lastDrillOn: null,
    })
    expect(await at('2025-06-05')).toMatchObject({
      riskLevel: 3,
      openHazards: { general: 1, overdue: 1, maxOverdueWorkingDays: 1 },
    })
    expect(await at('2025-06-12')).toMatchObject({
      riskLevel: 1,
      risks: [{ formula: 'D=6×6×15=540' }],
      openHazards: { general: 0, overdue: 0, maxOverdueWorkingDays: 0 },
      lastDrillOn: '2025-06-11',
    })
    expect(await list('analyst', '?asOf=2025-05-31')).toMatchObject({ asOf: '2025-05-31', basis: 'rebuilt' })
  })

  it('answers GeoJSON and refuses what it cannot read', async () => {
    await addSite(db())
    const reply = await test.get('analyst', '/api/risk-list', { accept: 'application/geo+json' })
    expect(reply.json()).toMatchObject({
      numberMatched: 1,
      features: [{ properties: { rank: 1 }, geometry: { type: 'Point' } }],
    })
    const refusals = [
      ['?status=done', 'BAD_FILTER'],
      ['?sort=score', 'BAD_INPUT'],
      ['?limit=1001', 'BAD_INPUT'],
      ['?cursor=%00', 'BAD_CURSOR'],
    ]
    for (const [query, code] of refusals) {
      const refusal = await test.get('analyst', `/api/risk-list${query}`)
      expect([query, refusal.statusCode, refusal.json().code]).toEqual([query, 400, code])
    }
  })
})
