import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_PRESSURE_WEIGHTS } from '../../server/risk/pressure.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, setting_history cascade')
})

const URL = '/api/settings/pressure'
const HAZARDS_DO_NOT_COUNT = { ...DEFAULT_PRESSURE_WEIGHTS, hazardShare: 0 }
const put = (username: string, weights: object) =>
  test.as(username, { method: 'PUT', url: URL, payload: { weights } })
const order = async () =>
  (await test.get('analyst', '/api/risk-list')).json().items.map((item: { name: string }) => item.name)

describe('the weights of the current pressure', () => {
  it('tell what a change would reorder before it is made, and reorder just that', async () => {
    const db = test.database.knex
    await addSite(db, { name: '乙', risk_level: 2 })
    const busy = await addSite(db, { name: '甲', risk_level: 2 })
    await addSite(db, { name: '丙', risk_level: 3 })
    await addHazard(db, { siteId: busy, severity: 'suspected_major' })
    expect(await order()).toEqual(['甲', '乙', '丙'])
    const preview = await test.post('admin', `${URL}/preview`, { weights: HAZARDS_DO_NOT_COUNT })
    // 4 × (1 + 0.1 × 3) × 1 × 1.4 = 7.28 before, 4 × 1.4 = 5.6 after
    expect(preview.json()).toEqual({
      total: 3,
      moved: 2,
      moves: [
        { id: busy, name: '甲', from: { rank: 1, pressure: 7.28 }, to: { rank: 2, pressure: 5.6 } },
        {
          id: expect.any(String),
          name: '乙',
          from: { rank: 2, pressure: 5.6 },
          to: { rank: 1, pressure: 5.6 },
        },
      ],
    })
    expect(await order()).toEqual(['甲', '乙', '丙'])
    expect((await put('admin', HAZARDS_DO_NOT_COUNT)).json()).toMatchObject({
      weights: HAZARDS_DO_NOT_COUNT,
      defaults: DEFAULT_PRESSURE_WEIGHTS,
      isDefault: false,
      history: [{ at: '2025-06-18T01:42:00.000Z', weights: HAZARDS_DO_NOT_COUNT }],
      mayEdit: true,
    })
    expect(await order()).toEqual(['乙', '甲', '丙'])
  })

  it('are everybody’s to read and an administrator’s to change', async () => {
    expect((await test.get('analyst', URL)).json()).toMatchObject({
      weights: DEFAULT_PRESSURE_WEIGHTS,
      isDefault: true,
      history: [],
      mayEdit: false,
    })
    expect((await test.get(null, URL)).statusCode).toBe(401)
    for (const username of ['analyst', 'commander', 'officer-220171001']) {
      expect((await put(username, HAZARDS_DO_NOT_COUNT)).statusCode).toBe(403)
      const preview = await test.post(username, `${URL}/preview`, { weights: HAZARDS_DO_NOT_COUNT })
      expect(preview.statusCode).toBe(403)
    }
  })

  it('are refused where they make no sense, and nothing is kept', async () => {
    const level = { 1: 1, 2: 4, 3: 2, 4: 1, none: 1 }
    const turned = await put('admin', { ...DEFAULT_PRESSURE_WEIGHTS, level })
    expect([turned.statusCode, turned.json().code]).toEqual([422, 'BAD_WEIGHTS'])
    for (const weights of [
      {},
      { ...DEFAULT_PRESSURE_WEIGHTS, hazardShare: -1 },
      { ...DEFAULT_PRESSURE_WEIGHTS, more: 1 },
      { ...DEFAULT_PRESSURE_WEIGHTS, drill: [] },
    ]) {
      expect((await put('admin', weights)).statusCode).toBe(400)
    }
    expect((await test.get('admin', URL)).json().isDefault).toBe(true)
  })
})
