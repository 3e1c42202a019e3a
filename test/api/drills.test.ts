import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate drills, hazards, sites, number_series cascade')
})

const db = () => test.database.knex
const UNKNOWN = '00000000-0000-7000-8000-000000000000'
const point = ({ lng, lat }: { lng: number; lat: number }) => ({ type: 'Point', coordinates: [lng, lat] })
const PLAN = {
  title: '液氨泄漏桌面推演',
  form: 'tabletop',
  startsAt: '2025-07-01T09:00:00+08:00',
  endsAt: '2025-07-01T11:30:00+08:00',
  geometry: point(IN_EAST),
}

async function make(change: object = {}, username = 'commander') {
  const reply = await test.post(username, '/api/drills', { ...PLAN, ...change })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}
async function edit(drill: { id: string; version: number }, change: object) {
  return test.patch('commander', `/api/drills/${drill.id}`, { version: drill.version, ...change })
}
async function titles(username: string, query = ''): Promise<string[]> {
  const reply = await test.get(username, `/api/drills${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().items.map((item: { title: string }) => item.title)
}

describe('a new drill', () => {
  it('answers every field of the contract, in the area that covers its place', async () => {
    const siteId = await addSite(db())
    const hazardId = await addHazard(db())
    const drill = await make({
      form: 'live',
      content: 'comprehensive',
      purpose: 'demonstration',
      scenario: '储罐区法兰泄漏，东北风三级',
      siteId,
      hazardIds: [hazardId],
      placeText: '恒泰冷链东门',
      zones: [{ id: 'a', name: '警戒区', kind: 'isolation', radiusMeters: 150 }],
      objectives: '检验报警与疏散',
      commanderName: '李示例',
      note: '带对讲机',
      state: 'planned',
    })
    expect(drill).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      number: 'YL-2025-0001',
      title: '液氨泄漏桌面推演',
      form: 'live',
      content: 'comprehensive',
      purpose: 'demonstration',
      scenario: '储罐区法兰泄漏，东北风三级',
      // of the site, since none was named
      sector: 'chemicals',
      startsAt: '2025-07-01T01:00:00.000Z',
      endsAt: '2025-07-01T03:30:00.000Z',
      state: 'planned',
      geometry: { type: 'Point', coordinates: [125.42, 43.86] },
      hazardIds: [hazardId],
      siteId,
      siteName: '恒泰冷链（示例）',
      area: { code: EAST, name: '临河街道' },
      placeText: '恒泰冷链东门',
      zones: [{ id: 'a', name: '警戒区', kind: 'isolation', radiusMeters: 150 }],
      objectives: '检验报警与疏散',
      commanderName: '李示例',
      note: '带对讲机',
      isExample: true,
      mayEdit: true,
      version: 1,
      updatedAt: NOW.toISOString(),
    })
    expect((await test.get('analyst', `/api/drills/${drill.id}`)).json()).toEqual({
      ...drill,
      mayEdit: false,
    })
  })

  it('starts as an empty draft and is numbered on', async () => {
    await make()
    const draft = (
      await test.post('admin', '/api/drills', { title: '只有题目', form: 'comprehensive' })
    ).json()
    expect(draft).toMatchObject({
      number: 'YL-2025-0002',
      state: 'draft',
      content: 'single',
      purpose: 'test',
      scenario: '',
      startsAt: null,
      geometry: null,
      area: null,
      zones: [],
      hazardIds: [],
    })
  })

  it('lies in the area of its site as long as it has no place of its own', async () => {
    const siteId = await addSite(db(), { area_code: WEST, ...IN_WEST })
    expect((await make({ siteId, geometry: null })).area).toEqual({ code: WEST, name: '东方广场街道' })
  })

  it('is refused where it makes no sense or nobody may make it', async () => {
    const retired = await addSite(db(), { retired_at: NOW })
    const zone = { id: 'a', name: '区', kind: 'warning' }
    const refusals: [string, object, number, string][] = [
      ['analyst', {}, 403, 'ROLE_NOT_ALLOWED'],
      [`officer-${EAST}`, {}, 403, 'ROLE_NOT_ALLOWED'],
      ['fire-inspector', {}, 403, 'ROLE_NOT_ALLOWED'],
      ['commander', { endsAt: '2025-07-01T08:59:59+08:00' }, 422, 'END_BEFORE_START'],
      ['commander', { endsAt: '2025-07-08T09:00:01+08:00' }, 422, 'DRILL_TOO_LONG'],
      ['commander', { startsAt: null }, 422, 'END_WITHOUT_START'],
      ['commander', { startsAt: null, endsAt: null, state: 'planned' }, 422, 'NEEDS_START'],
      ['commander', { startsAt: '1066-10-14T09:00:00Z', endsAt: null }, 422, 'BAD_TIME'],
      ['commander', { geometry: { type: 'Point', coordinates: [0, 0] } }, 422, 'BAD_POSITION'],
      ['commander', { geometry: { type: 'Point', coordinates: [43.86, 125.42] } }, 422, 'BAD_POSITION'],
      ['commander', { hazardIds: [UNKNOWN] }, 422, 'UNKNOWN_HAZARD'],
      ['commander', { siteId: UNKNOWN }, 422, 'UNKNOWN_SITE'],
      ['commander', { siteId: retired }, 422, 'UNKNOWN_SITE'],
      ['commander', { zones: [zone, zone] }, 422, 'ZONE_REPEATED'],
      ['commander', { state: 'done' }, 400, 'BAD_INPUT'],
      ['commander', { startsAt: 'tomorrow' }, 400, 'BAD_INPUT'],
      ['commander', { title: '' }, 400, 'BAD_INPUT'],
      ['commander', { title: '长'.repeat(201) }, 400, 'BAD_INPUT'],
      ['commander', { form: 'dance' }, 400, 'BAD_INPUT'],
      ['commander', { secret: 1 }, 400, 'BAD_INPUT'],
      ['commander', { title: 'a\u0000b' }, 400, 'BAD_CHARACTER'],
    ]
    for (const [username, change, status, code] of refusals) {
      const reply = await test.post(username, '/api/drills', { ...PLAN, ...change })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    const nobody = await test.post(null, '/api/drills', PLAN)
    expect([nobody.statusCode, nobody.json().code]).toEqual([401, 'NOT_SIGNED_IN'])
    expect(await titles('analyst')).toEqual([])
  })
})

describe('a change of a drill', () => {
  it('moves it on the map into another area, and keeps what was', async () => {
    const drill = await make()
    const moved = (await edit(drill, { geometry: point(IN_WEST), note: '改在西门' })).json()
    expect(moved).toMatchObject({
      version: 2,
      area: { code: WEST },
      geometry: { type: 'Point', coordinates: [125.38, 43.86] },
      note: '改在西门',
      title: PLAN.title,
    })
    const history = (await test.get('commander', `/api/drills/${drill.id}/history`)).json()
    expect(history.total).toBe(2)
    expect(history.items[0]).toMatchObject({ action: 'create', changes: {}, actorName: '指挥员' })
    expect(history.items[1]).toMatchObject({
      action: 'edit',
      changes: {
        areaCode: { from: EAST, to: WEST },
        lng: { from: 125.42, to: 125.38 },
        note: { from: null, to: '改在西门' },
      },
      occurredAt: NOW.toISOString(),
    })
  })

  it('takes up hazards and lets them go', async () => {
    const [one, two] = [await addHazard(db()), await addHazard(db())]
    const drill = await make({ hazardIds: [one] })
    const both = (await edit(drill, { hazardIds: [two, one] })).json()
    expect(both.hazardIds.sort()).toEqual([one, two].sort())
    const same = (await edit(both, { hazardIds: [one, two] })).json()
    expect(same.version).toBe(2)
    expect((await edit(both, { hazardIds: [] })).json()).toMatchObject({ hazardIds: [], version: 3 })
  })

  it('follows the table of states, and a finished drill rests', async () => {
    const drill = await make()
    const jump = await edit(drill, { state: 'running' })
    expect([jump.statusCode, jump.json().code]).toEqual([422, 'MOVE_NOT_ALLOWED'])
    const planned = (await edit(drill, { state: 'planned' })).json()
    const running = (await edit(planned, { state: 'running' })).json()
    const done = (await edit(running, { state: 'done' })).json()
    expect([done.state, done.version, done.mayEdit]).toEqual(['done', 4, false])
    const late = await edit(done, { title: '改名' })
    expect([late.statusCode, late.json().code]).toEqual([409, 'DRILL_OVER'])
  })

  it('cancels a drill, which may be taken up again as a draft', async () => {
    const drill = await make({ state: 'planned' })
    const cancelled = (await edit(drill, { state: 'cancelled' })).json()
    expect(cancelled.state).toBe('cancelled')
    expect((await edit(cancelled, { title: '改名' })).json().code).toBe('DRILL_OVER')
    const draft = (await edit(cancelled, { state: 'draft', title: '改名' })).json()
    expect([draft.state, draft.title]).toEqual(['draft', '改名'])
    const history = (await test.get('analyst', `/api/drills/${drill.id}/history`)).json()
    expect(history.items.map((item: { action: string }) => item.action)).toEqual(['create', 'move', 'move'])
  })

  it('refuses a stale version with the current row, and whom it does not concern', async () => {
    const drill = await make()
    await edit(drill, { note: '先到' })
    const stale = await edit(drill, { note: '后到' })
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'STALE_VERSION'])
    expect(stale.json().current).toMatchObject({ id: drill.id, version: 2, note: '先到' })
    const path = `/api/drills/${drill.id}`
    expect((await test.patch('analyst', path, { version: 2, note: 'x' })).json().code).toBe(
      'ROLE_NOT_ALLOWED',
    )
    const foreign = await test.patch(`officer-${WEST}`, path, { version: 2, note: 'x' })
    expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'NOT_FOUND'])
    expect((await test.patch('commander', path, { note: 'x' })).json().code).toBe('BAD_INPUT')
    const unknown = await test.patch('commander', `/api/drills/${UNKNOWN}`, { version: 1 })
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'NOT_FOUND'])
  })

  it('is announced to the areas and sectors that it touches', async () => {
    const drill = await make({ sector: 'fire' })
    await edit(drill, { geometry: point(IN_WEST), sector: 'gas' })
    const log = await db()('change_log').where({ kind: 'drill', entity_id: drill.id }).orderBy('sequence')
    expect(log.map((row) => [row.area_codes.sort(), row.sectors.sort()])).toEqual([
      [[EAST], ['fire']],
      [
        [EAST, WEST],
        ['fire', 'gas'],
      ],
    ])
  })
})
