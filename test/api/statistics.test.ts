import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordHazardStates } from '../../server/hazards/write.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites cascade')
})

const db = () => test.database.knex
const read = async (username: string, url: string) => {
  const reply = await test.get(username, url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
const summary = (username: string, query: string) => read(username, `/api/summary${query}`)

describe('the summary', () => {
  beforeEach(async () => {
    const site = await addSite(db(), { risk_level: 2 })
    await addHazard(db(), { sector: 'fire', siteId: site })
    await addHazard(db(), { sector: 'fire', foundOn: '2025-05-31' })
    await addHazard(db(), { sector: 'chemicals', severity: 'major', clauseId: 'HC-01' })
    await addHazard(db(), { sector: 'fire', areaCode: WEST, status: 'closed', closedOn: '2025-06-03' })
    await addHazard(db(), { sector: 'gas', areaCode: null })
  })

  it('counts by area and sector, with what lies outside every area under null', async () => {
    expect(await summary('analyst', '?by=area,sector')).toEqual({
      items: [
        { area: EAST, areaName: '临河街道', sector: 'chemicals', count: 1 },
        { area: EAST, areaName: '临河街道', sector: 'fire', count: 2 },
        { area: WEST, areaName: '东方广场街道', sector: 'fire', count: 1 },
        { area: null, areaName: null, sector: 'gas', count: 1 },
      ],
      total: 5,
    })
  })

  it('counts by each dimension', async () => {
    const by = async (dimension: string) => (await summary('analyst', `?by=${dimension}`)).items
    expect(await by('severity')).toEqual([
      { severity: 'general', count: 4 },
      { severity: 'major', count: 1 },
    ])
    expect(await by('status')).toEqual([
      { status: 'registered', count: 4 },
      { status: 'closed', count: 1 },
    ])
    expect(await by('riskLevel')).toEqual([
      { riskLevel: 2, count: 1 },
      { riskLevel: null, count: 4 },
    ])
    expect(await by('month')).toEqual([
      { month: '2025-05', count: 1 },
      { month: '2025-06', count: 4 },
    ])
    expect(await by('clause')).toEqual([
      { clause: 'HC-01', clauseTitle: '测试〔2025〕1号 第HC-01条', count: 1 },
      { clause: null, clauseTitle: null, count: 4 },
    ])
  })

  it('takes all dimensions at once, or none', async () => {
    const all = await summary('analyst', '?by=area,sector,severity,status,riskLevel,month,clause')
    expect([all.total, all.items.length]).toEqual([5, 5])
    expect(await summary('analyst', '')).toEqual({ items: [{ count: 5 }], total: 5 })
    expect(await summary('analyst', '?by=area&sector=transport')).toEqual({ items: [], total: 0 })
  })

  it('obeys the filter and the scope', async () => {
    expect((await summary('analyst', '?by=sector&status=open')).total).toBe(4)
    expect((await summary(`officer-${WEST}`, '?by=area')).items).toEqual([
      { area: WEST, areaName: '东方广场街道', count: 1 },
    ])
    expect((await summary('fire-inspector', '?by=sector')).items).toEqual([{ sector: 'fire', count: 3 }])
    expect((await summary('analyst', '?by=area&asOf=2025-05-31')).total).toBe(0)
  })

  it('refuses an unknown dimension with the known ones', async () => {
    const reply = await test.get('analyst', '/api/summary?by=area,colour')
    expect([reply.statusCode, reply.json().code, reply.json().parameter]).toEqual([400, 'BAD_FILTER', 'by'])
    expect(reply.json().known).toEqual([
      'area',
      'sector',
      'severity',
      'status',
      'riskLevel',
      'month',
      'clause',
    ])
    expect((await test.get(null, '/api/summary?by=area')).statusCode).toBe(401)
  })
})

describe('the statistics of a period', () => {
  const statistics = (username: string, from: string, to: string, query = '') =>
    read(username, `/api/statistics?from=${from}&to=${to}${query}`)

  it('count what was found and closed in it, what was overdue at its end, and the stretch before', async () => {
    // found in the period: closed after 2 and after 5 days, one closed after its end, one open and overdue, one rejected
    const at = new Date('2025-06-02T01:00:00Z')
    const june = { foundOn: '2025-06-02', dueOn: '2025-06-05' }
    await addHazard(db(), { ...june, status: 'closed', closedOn: '2025-06-04' }, at)
    await addHazard(db(), { ...june, status: 'closed', closedOn: '2025-06-07' }, at)
    const later = await addHazard(db(), { ...june, dueOn: '2025-06-30', status: 'rectifying' }, at)
    await db().transaction(async (transaction) => {
      await transaction('hazards').where({ id: later }).update({ status: 'closed', closed_on: '2025-06-12' })
      await recordHazardStates(transaction, [later], new Date('2025-06-12T01:00:00Z'))
    })
    await addHazard(db(), { ...june, areaCode: WEST, severity: 'major', clauseId: 'HC-01' }, at)
    await addHazard(db(), { ...june, status: 'rejected' }, at)
    // found before, still overdue at the end
    await addHazard(db(), { foundOn: '2025-05-25', dueOn: '2025-06-01', areaCode: null }, at)
    const answer = await statistics('analyst', '2025-06-01', '2025-06-10')
    expect(answer.figures).toEqual({
      found: 4,
      closed: 2,
      major: 1,
      overdue: 2,
      averageDaysToClose: 3.5,
    })
    expect(answer.previous).toEqual({ found: 1, closed: 0, major: 0, overdue: 0, averageDaysToClose: null })
    expect(answer.byArea).toEqual([
      { area: EAST, areaName: '临河街道', found: 3, closed: 2, overdue: 0 },
      { area: WEST, areaName: '东方广场街道', found: 1, closed: 0, overdue: 1 },
      { area: null, areaName: null, found: 0, closed: 0, overdue: 1 },
    ])
    const rows = (query: string) => read('analyst', `/api/hazards?${query}&limit=1`)
    const found = 'foundFrom=2025-06-01&foundTo=2025-06-10'
    expect((await rows(`${found}&status=closed&asOf=2025-06-10`)).total).toBe(2)
    expect((await rows('status=overdue&asOf=2025-06-10')).total).toBe(2)
    expect(answer.areaBySector).toEqual([
      { area: EAST, sector: 'fire', count: 3 },
      { area: WEST, sector: 'fire', count: 1 },
    ])
  })

  it('draw the trend from what stood at each month end', async () => {
    const id = await addHazard(
      db(),
      { foundOn: '2025-03-20', dueOn: '2025-04-10', severity: 'major', clauseId: 'HC-01' },
      new Date('2025-03-20T01:00:00Z'),
    )
    await db()('hazard_states')
      .where({ id })
      .update({ valid_to: new Date('2025-05-20T01:00:00Z') })
    await db()('hazards').where({ id }).update({ status: 'closed', closed_on: '2025-05-20' })
    const { trend } = await statistics('analyst', '2025-06-01', '2025-06-18')
    expect(trend.length).toBe(12)
    expect(trend.slice(-5)).toEqual([
      { day: '2025-02-28', open: 0, overdue: 0, major: 0 },
      { day: '2025-03-31', open: 1, overdue: 0, major: 1 },
      { day: '2025-04-30', open: 1, overdue: 1, major: 1 },
      { day: '2025-05-31', open: 0, overdue: 0, major: 0 },
      { day: '2025-06-18', open: 0, overdue: 0, major: 0 },
    ])
    expect((await statistics('fire-inspector', '2025-06-01', '2025-06-18')).trend.at(-3).open).toBe(1)
    expect((await statistics(`officer-${WEST}`, '2025-06-01', '2025-06-18')).trend.at(-3).open).toBe(0)
  })

  it('obey the filter, and agree with the summary of the same filter', async () => {
    await addHazard(db(), { sector: 'fire' })
    await addHazard(db(), { sector: 'gas' })
    const { figures } = await statistics('analyst', '2025-06-01', '2025-06-18', '&sector=gas')
    const { total } = await summary('analyst', '?sector=gas&foundFrom=2025-06-01&foundTo=2025-06-18')
    expect([figures.found, total]).toEqual([1, 1])
    expect((await statistics('fire-inspector', '2025-06-01', '2025-06-18')).figures.found).toBe(1)
  })

  it('are zero for a period without records, and for one to come', async () => {
    await addHazard(db())
    const none = { found: 0, closed: 0, major: 0, overdue: 0, averageDaysToClose: null }
    expect((await statistics('analyst', '2024-01-01', '2024-01-31')).figures).toEqual(none)
    const future = await statistics('analyst', '2026-01-01', '2026-01-31')
    expect([future.figures, future.trend]).toEqual([none, []])
  })

  it('refuse a period that is none', async () => {
    const refusals = [
      ['?from=2025-06-01', 'BAD_INPUT'],
      ['?from=2025-06-02&to=2025-06-01', 'BAD_FILTER'],
      ['?from=2025-02-30&to=2025-06-01', 'BAD_FILTER'],
      ['?from=1990-01-01&to=2025-06-01', 'BAD_FILTER'],
      ['?from=2025-06-01&to=2025-06-18&status=done', 'BAD_FILTER'],
    ]
    for (const [query, code] of refusals) {
      const reply = await test.get('analyst', `/api/statistics${query}`)
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, code])
    }
  })
})
