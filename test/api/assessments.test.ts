import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, openTestApp, type TestApp, TODAY } from '../harness/app.ts'
import { addHazard, addSite, EAST, WEST } from '../harness/fixture.ts'

let test: TestApp
let siteId: string
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.setNow(NOW)
  await test.database.knex.raw('truncate hazards, sites cascade')
  const since = new Date('2025-06-01T00:00:00Z')
  siteId = await addSite(test.database.knex, { risk_level: null, created_at: since, updated_at: since })
})

const FILLING = {
  name: '充装作业',
  kind: '作业活动',
  accidentTypes: '火灾、其他爆炸',
  engineeringControls: '紧急切断阀',
  responsiblePerson: ' 王示例 ',
  checkFrequency: '每日',
  assessment: { method: 'lec', l: 3, e: 6, c: 15 },
  assessedOn: '2025-06-01',
  nextReviewOn: '2026-06-01',
  residualLevel: 3,
}

async function addRisk(risk: object = FILLING) {
  const reply = await test.post('analyst', `/api/sites/${siteId}/risks`, risk)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}
const levelOf = async () => (await test.get('analyst', `/api/sites/${siteId}`)).json().riskLevel

describe('a new risk', () => {
  it('gets its level from the arithmetic, and its site the level of the gravest', async () => {
    const risk = await addRisk()
    expect(risk).toMatchObject({
      siteId,
      method: 'lec',
      inputs: { L: 3, E: 6, C: 15 },
      score: 270,
      level: 2,
      formula: 'D=3×6×15=270',
      responsiblePerson: '王示例',
      assessedOn: '2025-06-01',
      assessedBy: '分析员',
      nextReviewOn: '2026-06-01',
      residualLevel: 3,
      unit: null,
      version: 1,
    })
    expect(risk.arithmetic.steps.length).toBeGreaterThan(1)
    expect(await levelOf()).toBe(2)
    await addRisk({ ...FILLING, name: '储存', assessment: { method: 'ls', l: 5, s: 5 } })
    expect(await levelOf()).toBe(1)
    const listed = (await test.get('analyst', `/api/sites/${siteId}/risks`)).json()
    expect(listed.items[0]).toMatchObject({
      name: '储存',
      level: 1,
      arithmetic: { thresholdSet: { confirmed: expect.any(Boolean) } },
    })
  })

  it('by direct judgement names the clause', async () => {
    const direct = await addRisk({ name: '直判', assessment: { method: 'direct', clauseId: 'HC-01' } })
    expect(direct).toMatchObject({ level: 1, score: null, clause: { id: 'HC-01' } })
  })

  it('is refused where the method, the days or the asker do not allow it', async () => {
    const refusals: [string | null, object, number, string][] = [
      [null, {}, 401, 'NOT_SIGNED_IN'],
      [`officer-${EAST}`, {}, 403, 'ROLE_NOT_ALLOWED'],
      ['fire-inspector', {}, 404, 'NOT_FOUND'],
      ['analyst', { name: ' \u200b' }, 422, 'EMPTY_NAME'],
      ['analyst', { assessedOn: '2025-06-19' }, 422, 'ASSESSED_IN_FUTURE'],
      ['analyst', { nextReviewOn: '2025-06-01' }, 422, 'REVIEW_NOT_LATER'],
      ['analyst', { assessment: { method: 'gb18218', exposedPeople: 1, units: [] } }, 422, 'USE_UNITS'],
      ['analyst', { level: 1 }, 400, 'BAD_INPUT'],
    ]
    for (const [username, change, status, code] of refusals) {
      const reply = await test.post(username, `/api/sites/${siteId}/risks`, { ...FILLING, ...change })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    const odd = await test.post('analyst', `/api/sites/${siteId}/risks`, {
      ...FILLING,
      assessment: { method: 'lec', l: 7, e: 6, c: 15 },
    })
    expect(odd.statusCode).toBe(422)
    expect(odd.json()).toMatchObject({ parameter: 'l', allowed: expect.arrayContaining([6, 3]) })
    expect((await test.get('analyst', `/api/sites/${siteId}/risks`)).json().total).toBe(0)
  })
})

describe('a new assessment', () => {
  it('takes the place of the one before, which stays with its day', async () => {
    const first = await addRisk()
    const reply = await test.post('analyst', `/api/risks/${first.id}/assessments`, {
      version: 1,
      assessment: { method: 'lec', l: 1, e: 6, c: 7 },
      assessedBy: '李示例',
    })
    expect(reply.statusCode, reply.body).toBe(201)
    expect(reply.json()).toMatchObject({
      score: 42,
      level: 4,
      name: '充装作业',
      engineeringControls: '紧急切断阀',
      assessedBy: '李示例',
      assessedOn: TODAY,
      nextReviewOn: null,
      supersedesId: first.id,
    })
    expect(await levelOf()).toBe(4)
    const past = (await test.get('analyst', `/api/risks/${reply.json().id}/assessments`)).json()
    expect(past).toMatchObject({
      total: 1,
      items: [{ id: first.id, formula: 'D=3×6×15=270', retiredOn: TODAY }],
    })
    expect((await test.get('analyst', `/api/risks/${first.id}`)).statusCode).toBe(404)
  })

  it('of a version that is gone is refused with the risk as it is now', async () => {
    const risk = await addRisk()
    const url = `/api/risks/${risk.id}`
    const edited = await test.patch('analyst', url, { version: 1, responsiblePerson: '赵示例' })
    expect(edited.json()).toMatchObject({ responsiblePerson: '赵示例', score: 270, version: 2 })
    const late = { version: 1, assessment: { method: 'lec', l: 1, e: 6, c: 7 } }
    for (const stale of [
      await test.post('analyst', `${url}/assessments`, late),
      await test.patch('analyst', url, { version: 1, name: '别名' }),
      await test.post('analyst', `${url}/retire`, { version: 1, reason: '停用' }),
    ]) {
      expect(stale.statusCode).toBe(409)
      expect(stale.json()).toMatchObject({
        code: 'STALE_VERSION',
        current: { responsiblePerson: '赵示例', version: 2 },
      })
    }
    expect((await test.patch('analyst', url, { version: 2, nextReviewOn: '2025-05-31' })).json().code).toBe(
      'REVIEW_NOT_LATER',
    )
    expect((await test.patch('analyst', url, { version: 2, score: 1 })).statusCode).toBe(400)
    expect((await test.post('analyst', `${url}/retire`, { version: 2, reason: '工序取消' })).statusCode).toBe(
      204,
    )
    expect(await levelOf()).toBeNull()
    const row = await test.database.knex('risks').where({ id: risk.id }).first()
    expect(row).toMatchObject({ retired_reason: '工序取消', retired_by_name: '分析员' })
  })

  it('is made by nobody who may not see the site', async () => {
    const risk = await addRisk()
    for (const path of ['', '/assessments']) {
      const reply = await test.get(`officer-${WEST}`, `/api/risks/${risk.id}${path}`)
      expect([path, reply.statusCode]).toEqual([path, 404])
    }
    const foreign = await test.patch('fire-inspector', `/api/risks/${risk.id}`, { version: 1, name: 'x' })
    expect(foreign.statusCode).toBe(404)
  })
})

describe('the history of a site’s level', () => {
  it('tells by which risk it stood, before the record by the days of assessments', async () => {
    const reply = await test.get('analyst', `/api/sites/${siteId}/level-history`)
    expect(reply.json().items).toMatchObject([{ level: null, basis: 'recorded', why: null }])
    // a site that entered the record together with two risks of earlier days
    const at = new Date('2025-06-10T02:00:00Z')
    const id = await addSite(test.database.knex, { risk_level: 2, created_at: at, updated_at: at })
    const risk = (name: string, level: number, score: number, day: string) => ({
      id: crypto.randomUUID(),
      site_id: id,
      name,
      method: 'lec',
      inputs: JSON.stringify({}),
      score,
      level,
      assessed_on: day,
      created_at: at,
      updated_at: at,
    })
    await test.database
      .knex('risks')
      .insert([risk('通道', 3, 90, '2024-03-01'), risk('罐区', 2, 270, '2024-09-01')])
    const again = { name: '卸车', assessment: { method: 'lec', l: 6, e: 6, c: 15 } }
    expect((await test.post('analyst', `/api/sites/${id}/risks`, again)).statusCode).toBe(201)
    const history = (await test.get('analyst', `/api/sites/${id}/level-history`)).json()
    expect(history.recordedFrom).toBe('2025-06-10')
    expect(history.items).toMatchObject([
      { from: '2024-03-01', level: 3, basis: 'assessed', why: { name: '通道' } },
      { from: '2024-09-01', level: 2, basis: 'assessed', why: { name: '罐区', formula: 'D=270' } },
      { from: TODAY, level: 1, basis: 'recorded', why: { name: '卸车', formula: 'D=6×6×15=540' } },
    ])
    expect((await test.get(`officer-${WEST}`, `/api/sites/${id}/level-history`)).statusCode).toBe(404)
  })
})

describe('checks of a site', () => {
  const visit = { checkedOn: '2025-06-17', checkedBy: '张示例', outcome: 'nothing_found', note: ' 设施完好 ' }

  it('are entered by who looks after it and listed newest first', async () => {
    const url = `/api/sites/${siteId}/checks`
    const first = await test.post(`officer-${EAST}`, url, visit)
    expect(first.statusCode, first.body).toBe(201)
    expect(first.json()).toMatchObject({
      siteId,
      checkedOn: '2025-06-17',
      note: '设施完好',
      outcome: 'nothing_found',
    })
    await test.post('analyst', url, { ...visit, checkedOn: TODAY, outcome: 'hazards_found', note: null })
    const listed = (await test.get(`officer-${EAST}`, url)).json()
    expect(listed).toMatchObject({ total: 2, items: [{ checkedOn: TODAY }, { checkedOn: '2025-06-17' }] })
    expect((await test.get('analyst', `${url}?asOf=2025-06-17`)).json().total).toBe(0)
  })

  it('are refused for a day to come, for nobody, and for who may not', async () => {
    const refusals: [string, object, number, string][] = [
      ['commander', {}, 403, 'ROLE_NOT_ALLOWED'],
      [`officer-${WEST}`, {}, 404, 'NOT_FOUND'],
      ['analyst', { checkedOn: '2025-06-19' }, 422, 'CHECKED_IN_FUTURE'],
      ['analyst', { checkedOn: '1980-01-01' }, 422, 'CHECKED_TOO_EARLY'],
      ['analyst', { checkedOn: '2025-02-30' }, 400, 'BAD_INPUT'],
      ['analyst', { checkedBy: ' ' }, 422, 'EMPTY_CHECKER'],
      ['analyst', { outcome: 'fine' }, 400, 'BAD_INPUT'],
    ]
    for (const [username, change, status, code] of refusals) {
      const reply = await test.post(username, `/api/sites/${siteId}/checks`, { ...visit, ...change })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
  })
})

describe('photos of a site', () => {
  it('are those of its hazards that the asker may see', async () => {
    const photo = (hazardId: string) => ({
      id: crypto.randomUUID(),
      hazard_id: hazardId,
      stage: 'before',
      sha256: 'a'.repeat(64),
      media_type: 'image/jpeg',
      byte_size: 10,
      width: 4,
      height: 3,
    })
    const db = test.database.knex
    const mine = await addHazard(db, { siteId, sector: 'fire' })
    const theirs = await addHazard(db, { siteId, sector: 'gas', areaCode: WEST })
    await db('hazard_photos').insert([photo(mine), photo(theirs)])
    expect((await test.get('analyst', `/api/sites/${siteId}/photos`)).json().total).toBe(2)
    const seen = (await test.get(`officer-${EAST}`, `/api/sites/${siteId}/photos`)).json()
    expect(seen).toMatchObject({ total: 1, items: [{ hazardId: mine, stage: 'before' }] })
    expect(seen.items[0].url).toBe(`/api/hazards/${mine}/photos/${seen.items[0].id}`)
  })
})
