import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, EAST, IN_EAST, IN_WEST } from '../harness/fixture.ts'

const OFFICER = `officer-${EAST}`
let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate drills, hazards cascade')
})

const db = () => test.database.knex
const idsOf = (items: { id: string }[]) => items.map((item) => item.id).sort()

describe('listed hazards', () => {
  it('are a status filter of their own, counted alike in list and facets, until they are settled', async () => {
    const clauseId = 'HC-01'
    const open = await addHazard(db(), { severity: 'major', clauseId, status: 'rectifying', isListed: true })
    await addHazard(db(), { severity: 'major', clauseId, status: 'rectifying' })
    await addHazard(db(), {
      severity: 'major',
      clauseId,
      status: 'closed',
      closedOn: '2025-06-10',
      isListed: true,
    })
    const list = (await test.get('analyst', '/api/hazards?status=listed')).json()
    expect([list.total, idsOf(list.items)]).toEqual([1, [open]])
    const facets = (await test.get('analyst', '/api/hazards/facets')).json()
    expect([facets.quick.open, facets.quick.major, facets.quick.listed]).toEqual([2, 2, 1])
  })
})

describe('the acts open for a page of rows', () => {
  it('are those that each hazard itself would offer', async () => {
    const assigned = await addHazard(db(), { status: 'assigned' })
    const submitted = await addHazard(db(), { status: 'submitted' })
    const reply = await test.get(OFFICER, `/api/hazards/actions?id=${assigned},${submitted}`)
    expect(reply.statusCode, reply.body).toBe(200)
    const items: { id: string; actions: string[] }[] = reply.json().items
    expect(Object.fromEntries(items.map((item) => [item.id, item.actions]))).toEqual({
      [assigned]: ['accept', 'extend'],
      [submitted]: ['return', 'close'],
    })
  })
  it('leave out what lies outside my areas', async () => {
    const mine = await addHazard(db(), { status: 'assigned', ...IN_EAST })
    const other = await addHazard(db(), { status: 'assigned', areaCode: '220171002', ...IN_WEST })
    const reply = await test.get(OFFICER, `/api/hazards/actions?id=${mine},${other}`)
    expect(idsOf(reply.json().items)).toEqual([mine])
  })
  it('refuses what is no list of ids, and a list of 201', async () => {
    const words = await test.get(OFFICER, `/api/hazards/actions?id=${'x'.repeat(36)}`)
    expect([words.statusCode, words.json().code]).toEqual([400, 'BAD_IDS'])
    const id = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
    const many = Array.from({ length: 201 }, (_, index) => id(index)).join(',')
    const reply = await test.get(OFFICER, `/api/hazards/actions?id=${many}`)
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'BAD_INPUT'])
  })
  it('are asked by those who are signed in', async () => {
    const reply = await test.get(null, `/api/hazards/actions?id=${'x'.repeat(36)}`)
    expect(reply.json().code).toBe('NOT_SIGNED_IN')
  })
})

describe('drills of one hazard', () => {
  const plan = (hazardIds: string[], title: string) =>
    test.post('commander', '/api/drills', {
      title,
      form: 'tabletop',
      geometry: { type: 'Point', coordinates: [IN_EAST.lng, IN_EAST.lat] },
      hazardIds,
    })

  it('are those that take it up, and none for who may not see the hazard', async () => {
    const hazard = await addHazard(db(), { areaCode: '220171002', ...IN_WEST })
    const another = await addHazard(db())
    await plan([hazard, another], '甲')
    await plan([another], '乙')
    const titles = async (username: string, query: string) =>
      (await test.get(username, `/api/drills?${query}`))
        .json()
        .items.map((item: { title: string }) => item.title)
    expect(await titles('analyst', `hazardId=${hazard}`)).toEqual(['甲'])
    expect((await titles('analyst', `hazardId=${another}`)).sort()).toEqual(['乙', '甲'])
    expect(await titles(OFFICER, `hazardId=${hazard}`)).toEqual([])
  })
  it('are refused for what is no id', async () => {
    const reply = await test.get('analyst', '/api/drills?hazardId=all')
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'BAD_FILTER'])
  })
})
