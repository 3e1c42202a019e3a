import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard } from '../harness/fixture.ts'
import { addCheck, addDrill, addWholeSite } from '../harness/gap-fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, drills, setting_history cascade')
})

const db = () => test.database.knex

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

describe('a place that lacks nothing', () => {
  it('is not in the list, which tells how many were looked at', async () => {
    await addWholeSite(test)
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
    const id = await addWholeSite(test)
    // before 10 June its last check lay more than thirty days back
    await addCheck(test, id, '2025-05-08')
    expect(await get('analyst', '/api/gaps/clean-since?kind=no_check')).toMatchObject({ since: '2025-06-10' })
    await db()('sites').where({ id }).update({ geom: null })
    expect(await get('analyst', '/api/gaps/clean-since')).toMatchObject({ since: null })
  })
})

describe('each kind of gap', () => {
  it('nobody named: at the site, or at a risk', async () => {
    await addWholeSite(test, { name: '甲', responsible_unit: null, responsible_person: ' ' })
    await addWholeSite(test, { name: '乙', responsible_person: null }, { responsible_person: null })
    await addWholeSite(test, { name: '丙', responsible_person: null })
    expect(await kindsOf()).toEqual({ 甲: ['no_person'], 乙: ['no_person'] })
    expect((await sentences('?q=乙'))[0]).toBe('风险「液氨储罐区」没有写责任人')
  })

  it('not checked: a check, a finding and a re-inspection each count as a visit', async () => {
    const id = await addWholeSite(test)
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
    const id = await addWholeSite(test)
    await db()('drills').update({ title: '火灾疏散演练' })
    expect(await sentences()).toEqual([
      '风险「液氨储罐区」的「中毒和窒息」情景没有演练过；危险物品单位应每 6 个月演练一次；2025-05-12 的「火灾疏散演练」不是这一情景（待核）',
    ])
    const hazard = await addHazard(db(), { siteId: id, sector: 'chemicals' })
    await addDrill(
      test,
      { hazardIds: [hazard], geometry: { type: 'Point', coordinates: [125.42, 43.86] } },
      '2025-03-01',
    )
    expect(await sentences()).toEqual([])
    // planned is not done
    await db()('drills').update({ state: 'planned' })
    expect(await kindsOf()).toEqual({ '恒泰冷链（示例）': ['no_drill'] })
  })

  it('no position, and a level without arithmetic', async () => {
    await addWholeSite(test, { name: '甲', lng: null, lat: null })
    await addWholeSite(test, { name: '乙' }, { inputs: {}, score: null })
    const bare = await addWholeSite(test, { name: '丙', risk_level: 3 })
    await db()('risks')
      .where({ site_id: bare })
      .update({ retired_at: new Date('2025-01-01T00:00:00Z') })
    await addWholeSite(test, { name: '丁' }, { method: 'gb18218', inputs: {}, score: 60 })
    await addWholeSite(test, { name: '戊' }, { method: 'direct', inputs: { level: 1 }, score: null })
    await addWholeSite(
      test,
      { name: '己' },
      { method: 'direct', inputs: { level: 1 }, score: null, clause_id: 'HC-01' },
    )
    const kept = { units: [{ name: '储罐', r: 60, isMajorHazardSource: true, substances: [{ name: '氨' }] }] }
    await addWholeSite(test, { name: '庚' }, { method: 'gb18218', inputs: {}, score: 60, arithmetic: kept })
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
