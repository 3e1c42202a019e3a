import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, openTestApp, type TestApp, TODAY } from '../harness/app.ts'
import { EAST, IN_EAST, WEST } from '../harness/fixture.ts'
import { travel } from '../harness/geodesic.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.setNow(NOW)
  await test.database.knex.raw('truncate hazards, sites, protected_places, population_cells cascade')
})

const db = () => test.database.knex
const point = ({ lng, lat }: { lng: number; lat: number }) => ({ type: 'Point', coordinates: [lng, lat] })
const AMMONIA = { name: '氨', tonnes: 18 }
const TANKS = { name: '液氨储罐区', kind: 'storage', substances: [AMMONIA] }

async function newSite(geometry: object | null = point(IN_EAST)): Promise<string> {
  const site = { name: '恒泰冷链（示例）', sector: 'chemicals', responsiblePerson: '王示例', geometry }
  const reply = await test.post('analyst', '/api/sites', site)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json().id
}

async function addSchool(headcount: number, meters = 300): Promise<void> {
  const spot = travel(IN_EAST, 90, meters)
  const school = { name: `学校${headcount}`, kind: 'school', geometry: point(spot), headcount }
  expect((await test.post('commander', '/api/protected-places', school)).statusCode).toBe(201)
}

async function addUnit(siteId: string, unit: object = TANKS) {
  const reply = await test.post('analyst', `/api/sites/${siteId}/units`, unit)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

const risksOf = async (siteId: string) =>
  (await test.get('analyst', `/api/sites/${siteId}/risks`)).json().items
const unitsOf = async (siteId: string) =>
  (await test.get('analyst', `/api/sites/${siteId}/units`)).json().items
const levelOf = async (siteId: string) => (await test.get('analyst', `/api/sites/${siteId}`)).json().riskLevel

describe('a unit', () => {
  it('of 18 t of ammonia with 60 people around has S 1.8 and R 5.4, grade four, and is a major risk of its site', async () => {
    await addSchool(60)
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    expect(unit).toMatchObject({
      name: '液氨储罐区',
      people: { used: 60, counted: 60, reason: null },
      assessment: { s: 1.8, r: 5.4, alpha: 1.5, exposedPeople: 60, grade: 4, isMajorHazardSource: true },
      version: 1,
    })
    expect(unit.unconfirmed).toContain('500 m 内人数以点位量算，界线待补')
    const [risk] = await risksOf(siteId)
    expect(risk).toMatchObject({
      id: unit.riskId,
      name: '液氨储罐区',
      method: 'gb18218',
      score: 5.4,
      level: 1,
      assessedOn: TODAY,
      responsiblePerson: '王示例',
      unit: { id: unit.id, name: '液氨储罐区' },
      arithmetic: { grade: 4, confirmed: false },
      supersedesId: null,
    })
    expect(risk.arithmetic.steps.join('\n')).toContain('500 m 内人数由防护目标和人口图层数得 60 人')
    expect(await levelOf(siteId)).toBe(1)
  })

  it('below S = 1 shows S and R, and is no risk', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId, { ...TANKS, substances: [{ name: '氨', tonnes: 9.99 }] })
    expect(unit).toMatchObject({
      assessment: { s: 0.999, grade: null, isMajorHazardSource: false },
      riskId: null,
    })
    expect(await risksOf(siteId)).toEqual([])
    expect(await levelOf(siteId)).toBeNull()
  })

  it('is judged by itself: two of 6 t are none, one of 12 t is one', async () => {
    const siteId = await newSite()
    const half = { ...TANKS, substances: [{ cas: '7664-41-7', tonnes: 6 }] }
    await addUnit(siteId, half)
    await addUnit(siteId, { ...half, name: '二号罐区' })
    expect(await risksOf(siteId)).toEqual([])
    await addUnit(siteId, { ...half, name: '三号罐区', substances: [{ cas: '7664-41-7', tonnes: 12 }] })
    expect(await risksOf(siteId)).toMatchObject([{ name: '三号罐区' }])
  })

  it('that is changed makes a new assessment and keeps the old one; an equal outcome makes none', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    const url = `/api/sites/${siteId}/units/${unit.id}`
    const [first] = await risksOf(siteId)
    test.setNow(new Date('2025-06-20T01:00:00Z'))
    const more = await test.patch('analyst', url, { version: 1, substances: [{ name: '氨', tonnes: 200 }] })
    // nobody around: 0.5 × 2 × 200/10 = 20, grade three
    expect(more.json()).toMatchObject({ version: 2, assessment: { s: 20, r: 20, grade: 3 } })
    const [second, ...others] = await risksOf(siteId)
    expect(others).toEqual([])
    expect(second).toMatchObject({ score: 20, supersedesId: first.id, assessedOn: '2025-06-20' })
    const past = await test.get('analyst', `/api/risks/${second.id}/assessments`)
    expect(past.json().items).toMatchObject([
      { id: first.id, score: 1.8, assessedOn: TODAY, retiredOn: '2025-06-20', retiredReason: null },
    ])
    expect((await test.patch('analyst', url, { version: 2, kind: 'production' })).json().riskId).toBe(
      second.id,
    )
  })

  it('that falls below one, or is put out of use, is a risk no longer', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    const url = `/api/sites/${siteId}/units/${unit.id}`
    await test.patch('analyst', url, { version: 1, substances: [{ name: '氨', tonnes: 5 }] })
    expect([await risksOf(siteId), await levelOf(siteId)]).toEqual([[], null])
    await test.patch('analyst', url, { version: 2, substances: [AMMONIA] })
    expect(await levelOf(siteId)).toBe(1)
    const retired = await test.post('analyst', `${url}/retire`, { version: 3, reason: '储罐拆除' })
    expect(retired.statusCode).toBe(204)
    expect([await risksOf(siteId), await unitsOf(siteId), await levelOf(siteId)]).toEqual([[], [], null])
  })

  it('is refused with the field and what is allowed', async () => {
    const siteId = await newSite()
    const url = `/api/sites/${siteId}/units`
    const refusals: [string, object, number, string][] = [
      ['officer-220171001', TANKS, 403, 'ROLE_NOT_ALLOWED'],
      ['commander', TANKS, 403, 'ROLE_NOT_ALLOWED'],
      ['fire-inspector', TANKS, 404, 'NOT_FOUND'],
      ['analyst', { ...TANKS, substances: [] }, 400, 'BAD_INPUT'],
      ['analyst', { ...TANKS, kind: 'yard' }, 400, 'BAD_INPUT'],
      ['analyst', { ...TANKS, name: '\u200b' }, 422, 'EMPTY_NAME'],
      ['analyst', { ...TANKS, exposedPeople: 12 }, 422, 'OVERRIDE_NEEDS_REASON'],
      ['analyst', { ...TANKS, exposedPeople: 12, exposedReason: ' ' }, 422, 'OVERRIDE_NEEDS_REASON'],
    ]
    for (const [username, unit, status, code] of refusals) {
      const reply = await test.post(username, url, unit)
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    const unknown = await test.post('analyst', url, { ...TANKS, substances: [{ name: '液氦酸', tonnes: 3 }] })
    expect(unknown.statusCode).toBe(422)
    expect(unknown.json()).toMatchObject({ parameter: expect.stringContaining('units[0]') })
    expect(await unitsOf(siteId)).toEqual([])
  })

  it('refuses a stale version with the unit as it is now', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    const url = `/api/sites/${siteId}/units/${unit.id}`
    await test.patch('analyst', url, { version: 1, name: '罐区甲' })
    const stale = await test.patch('analyst', url, { version: 1, name: '罐区乙' })
    expect(stale.statusCode).toBe(409)
    expect(stale.json()).toMatchObject({ code: 'STALE_VERSION', current: { name: '罐区甲', version: 2 } })
    expect((await test.post('analyst', `${url}/retire`, { version: 1, reason: '拆除' })).statusCode).toBe(409)
  })

  it('of a site without a position asks for the number of people and its reason', async () => {
    const siteId = await newSite(null)
    const refused = await test.post('analyst', `/api/sites/${siteId}/units`, TANKS)
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'NO_EXPOSED_PEOPLE'])
    const stated = { ...TANKS, exposedPeople: 60, exposedReason: '社区登记' }
    expect(await addUnit(siteId, stated)).toMatchObject({
      people: { used: 60, counted: null, reason: '社区登记' },
      assessment: { r: 5.4 },
    })
  })

  it('is told to nobody who may not see its site', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    expect((await test.get(`officer-${WEST}`, `/api/sites/${siteId}/units`)).statusCode).toBe(404)
    expect((await test.get(`officer-${WEST}`, `/api/risks/${unit.riskId}`)).statusCode).toBe(404)
    expect((await test.get(`officer-${WEST}`, `/api/risks/${unit.riskId}/assessments`)).statusCode).toBe(404)
    expect((await test.get(`officer-${EAST}`, `/api/sites/${siteId}/units`)).json().total).toBe(1)
  })
})

describe('α', () => {
  it('is less certain once a place of unknown headcount comes into reach, though the judgement stands', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    const nursery = { name: '幼儿园', kind: 'kindergarten', geometry: point(travel(IN_EAST, 0, 200)) }
    expect((await test.post('commander', '/api/protected-places', nursery)).statusCode).toBe(201)
    const [now] = await unitsOf(siteId)
    expect(now.riskId).toBe(unit.riskId)
    expect(now.unconfirmed).toContain('500 m 内 1 处防护目标人数未知，没有计入 α')
  })

  it('follows the people around: another band makes a new assessment, the same band none', async () => {
    const siteId = await newSite()
    const unit = await addUnit(siteId)
    expect(unit.assessment).toMatchObject({ alpha: 0.5, r: 1.8 })
    await addSchool(20)
    const [first] = await risksOf(siteId)
    expect(first).toMatchObject({ score: 3.6, assessedBy: '系统（周边人数变化）' })
    await addSchool(9, 350)
    expect((await risksOf(siteId))[0].id).toBe(first.id)
    test.setNow(new Date('2025-06-19T01:00:00Z'))
    await addSchool(80, 400)
    const [regraded] = await risksOf(siteId)
    expect(regraded).toMatchObject({ score: 7.2, supersedesId: first.id, assessedOn: '2025-06-19' })
    expect(regraded.arithmetic.units[0]).toMatchObject({ alpha: 2, exposedPeople: 109 })
    const changes = await db()('change_log').where({ kind: 'risk' }).pluck('entity_id')
    expect(changes).toContain(regraded.id)
  })

  it('stays as a person stated it with a reason, until that is taken back', async () => {
    const siteId = await newSite()
    const stated = { ...TANKS, exposedPeople: 35, exposedReason: '夜间值守人员，派出所核实' }
    const unit = await addUnit(siteId, stated)
    expect(unit.assessment).toMatchObject({ alpha: 1.2, r: 4.32 })
    const [risk] = await risksOf(siteId)
    expect(risk.arithmetic.steps[0]).toBe(
      '500 m 内人数取填报的 35 人（按防护目标和人口图层数得 0 人），理由：夜间值守人员，派出所核实。',
    )
    await addSchool(500)
    expect((await risksOf(siteId))[0].id).toBe(risk.id)
    const url = `/api/sites/${siteId}/units/${unit.id}`
    const counted = await test.patch('analyst', url, { version: 1, exposedPeople: null })
    expect(counted.json()).toMatchObject({ people: { used: 500, reason: null }, assessment: { alpha: 2 } })
  })
})
