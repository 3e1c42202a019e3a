import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, EAST, WEST } from '../harness/fixture.ts'

const OFFICER = `officer-${EAST}`
let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards cascade')
})

const db = () => test.database.knex
const move = (username: string, id: string, body: object) =>
  test.post(username, `/api/hazards/${id}/transitions`, body)

describe('the rectification loop', () => {
  it('goes from 待核实 to 已销号, one event for each step', async () => {
    const id = await addHazard(db(), { status: 'reported', dueOn: null, originalDueOn: null })
    const steps: [string, object, string][] = [
      [OFFICER, { action: 'register' }, 'registered'],
      [OFFICER, { action: 'assign', responsibleUnit: '信和商业广场', dueOn: '2025-06-25' }, 'assigned'],
      [OFFICER, { action: 'accept' }, 'rectifying'],
      [OFFICER, { action: 'submit', note: '已清理通道' }, 'submitted'],
      ['analyst', { action: 'return', note: '仍有杂物' }, 'rectifying'],
      [OFFICER, { action: 'extend', dueOn: '2025-07-01', note: '等备件' }, 'rectifying'],
      [OFFICER, { action: 'submit', note: '再次清理' }, 'submitted'],
      ['analyst', { action: 'close', note: '复查合格' }, 'closed'],
    ]
    let version = 1
    for (const [username, body, status] of steps) {
      const reply = await move(username, id, { ...body, version })
      expect(reply.statusCode, reply.body).toBe(200)
      version += 1
      expect(reply.json()).toMatchObject({ status, version })
    }
    const hazard = (await test.get('analyst', `/api/hazards/${id}`)).json()
    expect(hazard).toMatchObject({
      closedOn: '2025-06-18',
      acceptedBy: '分析员',
      dueOn: '2025-07-01',
      originalDueOn: '2025-06-25',
      extensionCount: 1,
      responsible: '信和商业广场',
      actions: [],
      mayEdit: false,
    })
    const { items } = (await test.get(OFFICER, `/api/hazards/${id}/history`)).json()
    expect(items.map((event: { action: string }) => event.action)).toEqual([
      'create',
      'register',
      'assign',
      'accept',
      'submit',
      'return',
      'extend',
      'submit',
      'close',
    ])
    expect(items[6].changes).toMatchObject({ dueOn: { from: '2025-06-25', to: '2025-07-01' } })
  })

  it('names the moves that this person may make now, with the fields that each takes', async () => {
    const id = await addHazard(db(), { status: 'submitted', severity: 'general' })
    const actionsFor = async (username: string) =>
      (await test.get(username, `/api/hazards/${id}`))
        .json()
        .actions.map((entry: { action: string }) => entry.action)
    expect(await actionsFor(OFFICER)).toEqual(['return', 'close'])
    expect(await actionsFor('commander')).toEqual([])
    const reply = await test.get('analyst', `/api/hazards/${id}`)
    expect(reply.json().actions[0]).toEqual({
      action: 'return',
      fields: [{ name: 'note', kind: 'text', isRequired: true }],
    })
  })

  it('refuses what the rule forbids, each with its reason', async () => {
    const registered = await addHazard(db(), { status: 'registered', dueOn: null, originalDueOn: null })
    const rectifying = await addHazard(db(), { status: 'rectifying' })
    const listed = await addHazard(db(), {
      status: 'submitted',
      severity: 'major',
      clauseId: 'HC-01',
      isListed: true,
    })
    const refusals: [string, string, object, number, string][] = [
      [OFFICER, registered, { action: 'close' }, 409, 'WRONG_STATUS'],
      ['commander', registered, { action: 'assign' }, 403, 'ROLE_NOT_ALLOWED'],
      [OFFICER, registered, { action: 'assign' }, 422, 'FIELDS_MISSING'],
      [OFFICER, registered, { action: 'reject', note: '  ' }, 422, 'FIELDS_MISSING'],
      [OFFICER, rectifying, { action: 'submit' }, 422, 'FIELDS_MISSING'],
      [OFFICER, rectifying, { action: 'extend', dueOn: '2025-06-30', note: '慢' }, 422, 'NOT_LATER'],
      [OFFICER, rectifying, { action: 'list', documentNumber: 'x' }, 403, 'ROLE_NOT_ALLOWED'],
      ['analyst', rectifying, { action: 'list', documentNumber: 'x' }, 409, 'ONLY_MAJOR_IS_LISTED'],
      ['analyst', listed, { action: 'close' }, 409, 'STILL_LISTED'],
      [OFFICER, listed, { action: 'close' }, 403, 'MAJOR_NEEDS_SUPERVISOR'],
      [`officer-${WEST}`, rectifying, { action: 'submit', note: '是' }, 404, 'NOT_FOUND'],
      [OFFICER, rectifying, { action: 'vanish' }, 400, 'BAD_INPUT'],
    ]
    for (const [username, id, body, status, code] of refusals) {
      const reply = await move(username, id, { version: 1, ...body })
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
  })

  it('does not let the one who submitted close', async () => {
    const id = await addHazard(db(), { status: 'rectifying' })
    await move(OFFICER, id, { action: 'submit', version: 1, note: '好了' })
    const reply = await move(OFFICER, id, { action: 'close', version: 2 })
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'OWN_SUBMISSION'])
  })

  it('answers a stale version with the row as it is now, and writes nothing', async () => {
    const id = await addHazard(db(), { status: 'rectifying' })
    await move(OFFICER, id, { action: 'submit', version: 1, note: '好了' })
    const reply = await move('fire-inspector', id, { action: 'submit', version: 1, note: '也好了' })
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'STALE_VERSION'])
    expect(reply.json().current).toMatchObject({ status: 'submitted', version: 2 })
    expect((await test.get('analyst', `/api/hazards/${id}/history`)).json().total).toBe(2)
  })

  it('lets one of two people who act at the same moment through', async () => {
    const id = await addHazard(db(), { status: 'assigned' })
    const replies = await Promise.all([
      move(OFFICER, id, { action: 'accept', version: 1 }),
      move('admin', id, { action: 'accept', version: 1 }),
    ])
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 409])
  })

  it('raises the change sequence with each move', async () => {
    const id = await addHazard(db(), { status: 'assigned' })
    const before = (await test.get('analyst', '/api/hazards/facets')).json().sequence
    await move(OFFICER, id, { action: 'accept', version: 1 })
    expect((await test.get('analyst', '/api/hazards/facets')).json().sequence).toBe(before + 1)
  })
})

describe('events', () => {
  it('can only be appended', async () => {
    const id = await addHazard(db())
    await expect(db()('hazard_events').where({ hazard_id: id }).update({ note: 'x' })).rejects.toThrow(
      'append-only',
    )
    await expect(db()('hazard_events').where({ hazard_id: id }).delete()).rejects.toThrow('append-only')
  })
})
