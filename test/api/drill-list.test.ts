import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, OUTSIDE, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate drills, hazards, sites, number_series cascade')
})

const db = () => test.database.knex
/** Moves the clock for the rest of one test. */
function passTo(moment: Date) {
  test.setNow(moment)
  onTestFinished(() => test.setNow(NOW))
}
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

describe('who sees which drill', () => {
  it('an officer those in their area, an inspector those of their sector, others all', async () => {
    await make({ title: 'east', sector: 'fire' })
    await make({ title: 'west', sector: 'chemicals', geometry: point(IN_WEST) })
    await make({ title: 'outside', geometry: point(OUTSIDE) })
    expect((await titles('analyst')).sort()).toEqual(['east', 'outside', 'west'])
    expect(await titles(`officer-${EAST}`)).toEqual(['east'])
    expect(await titles('fire-inspector')).toEqual(['east'])
    const { id } = await make({ title: 'hidden', geometry: point(IN_WEST) })
    for (const path of ['', '/history']) {
      expect((await test.get(`officer-${EAST}`, `/api/drills/${id}${path}`)).statusCode).toBe(404)
    }
  })

  it('names no hazard and no site to somebody who may not see it', async () => {
    const siteId = await addSite(db(), { area_code: WEST, ...IN_WEST })
    const near = await addHazard(db())
    const far = await addHazard(db(), { areaCode: WEST, ...IN_WEST })
    const { id } = await make({ siteId, hazardIds: [near, far] })
    const seen = (await test.get(`officer-${EAST}`, `/api/drills/${id}`)).json()
    expect([seen.hazardIds, seen.siteId, seen.siteName]).toEqual([[near], null, null])
    expect(await titles(`officer-${EAST}`, `?hazardId=${near}`)).toEqual([PLAN.title])
    expect(await titles(`officer-${EAST}`, `?hazardId=${far}`)).toEqual([])
  })
})

describe('the filters of drills', () => {
  it('act through the drill, its place, its site and its hazards', async () => {
    const siteId = await addSite(db(), { risk_level: 2 })
    const major = await addHazard(db(), { severity: 'major', clauseId: 'HC-01', dueOn: '2025-06-10' })
    const closed = await addHazard(db(), { status: 'closed', closedOn: '2025-06-10' })
    await make({ title: 'first', siteId, hazardIds: [major], sector: 'fire', state: 'planned' })
    await make({ title: 'second', hazardIds: [closed], geometry: point(IN_WEST), scenario: '卷帘门失灵' })
    await make({ title: 'third', form: 'live', startsAt: '2025-07-31T23:59:59+08:00', endsAt: null })
    const answers: [string, string[]][] = [
      ['?sector=fire', ['first']],
      ['?severity=major', ['first']],
      ['?status=overdue', ['first']],
      ['?status=closed', ['second']],
      ['?status=closed&severity=major', []],
      ['?clauseId=HC-01', ['first']],
      ['?riskLevel=2', ['first']],
      ['?riskLevel=1', []],
      [`?siteId=${siteId}`, ['first']],
      [`?area=${WEST}`, ['second']],
      ['?area=220171&q=third', ['third']],
      [`?q=${encodeURIComponent('卷帘')}`, ['second']],
      ['?bbox=125.37,43.85,125.39,43.87', ['second']],
      [`?hazardId=${major}`, ['first']],
      [`?hazardId=${major},${closed}&q=second`, ['second']],
      [`?hazardId=${major}&status=closed`, []],
      ['?form=live', ['third']],
      ['?form=live,tabletop&state=draft', ['third', 'second']],
      ['?state=planned', ['first']],
      ['?startsFrom=2025-07-31', ['third']],
      ['?startsTo=2025-07-31&form=live', ['third']],
      ['?startsTo=2025-07-30', ['second', 'first']],
    ]
    for (const [query, expected] of answers)
      expect([query, await titles('analyst', query)]).toEqual([query, expected])
  })

  it('refuse unknown words', async () => {
    for (const query of [
      '?state=over',
      '?form=dance',
      '?startsFrom=soon',
      '?severity=big',
      '?area=999',
      '?hazardId=7',
    ]) {
      const reply = await test.get('analyst', `/api/drills${query}`)
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, 'BAD_FILTER'])
    }
    const turned = await test.get('analyst', '/api/drills?startsFrom=2025-07-02&startsTo=2025-07-01')
    expect(turned.json().code).toBe('BAD_FILTER')
    expect((await test.get('analyst', '/api/drills?cursor=abc')).json().code).toBe('BAD_CURSOR')
    expect((await test.get('analyst', '/api/drills?limit=1001')).json().code).toBe('BAD_INPUT')
  })

  it('show the past as it stood, with the hazards taken up then', async () => {
    const hazardId = await addHazard(db())
    const drill = await make({ hazardIds: [hazardId] })
    passTo(new Date('2025-06-20T02:00:00Z'))
    await edit(drill, { state: 'planned', hazardIds: [], geometry: point(IN_WEST) })
    const then = (await test.get('analyst', `/api/drills/${drill.id}?asOf=2025-06-19`)).json()
    expect(then).toMatchObject({ state: 'draft', hazardIds: [hazardId], area: { code: EAST }, version: 1 })
    expect((await test.get('commander', `/api/drills/${drill.id}?asOf=2025-06-19`)).json().mayEdit).toBe(
      false,
    )
    expect(await titles('analyst', `?asOf=2025-06-19&area=${EAST}&status=open`)).toEqual([PLAN.title])
    expect(await titles('analyst', `?area=${EAST}`)).toEqual([])
    expect(await titles('analyst', '?asOf=2025-06-17')).toEqual([])
  })
})

describe('the list of drills', () => {
  it('pages from the latest start on, drills without a time first', async () => {
    for (const [index, title] of ['a', 'b', 'c', 'd'].entries()) {
      await make({ title, startsAt: `2025-07-0${index + 1}T01:00:00Z`, endsAt: null })
    }
    await make({ title: 'undated', startsAt: null, endsAt: null })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const url: string = `/api/drills?limit=2${cursor && `&cursor=${cursor}`}`
      const page = (await test.get('analyst', url)).json()
      expect(page.total).toBe(5)
      seen.push(...page.items.map((item: { title: string }) => item.title))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['undated', 'd', 'c', 'b', 'a'])
  })

  it('answers GeoJSON when asked to', async () => {
    await make()
    await make({ geometry: null })
    const reply = await test.get('analyst', '/api/drills', { accept: 'application/geo+json' })
    expect(reply.headers['content-type']).toContain('application/geo+json')
    const { type, features, numberMatched, numberReturned } = reply.json()
    expect([type, numberMatched, numberReturned]).toEqual(['FeatureCollection', 2, 2])
    expect(features.map((feature: { geometry: unknown }) => feature.geometry)).toEqual([null, point(IN_EAST)])
  })
})
