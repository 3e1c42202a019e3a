import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_PRESSURE_WEIGHTS } from '../../server/risk/pressure.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST } from '../harness/fixture.ts'
import { check, commit, hazardLedger, hazardRow } from '../harness/import-files.ts'

const YESTERDAY = '2025-06-17'
/** 15:00 of the day in Shanghai. */
const afternoonOf = (day: string) => new Date(`${day}T07:00:00Z`)

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const db = () => test.database.knex
const ok = async (reply: Promise<{ statusCode: number; body: string; json(): unknown }>) => {
  const answer = await reply
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer
}
const read = async <T>(username: string, url: string) => (await ok(test.get(username, url))).json() as T
const readCsv = async (username: string, url: string): Promise<Record<string, string>[]> =>
  parse((await ok(test.get(username, url))).body, { bom: true, columns: true, relax_column_count: true })

interface Made {
  id: string
  version: number
}
const make = async (url: string, body: object, username = 'admin') =>
  (await ok(test.post(username, url, body))).json() as Made

interface RiskList {
  items: object[]
  total: number
  levels: object
  gaps: object
  basis: string
}
/** What a list says besides when it was asked, and when its rows were last touched. */
const saying = ({ items, total, levels, gaps }: RiskList) => ({ items, total, levels, gaps })

describe('the list of a past day', () => {
  it('equals what was handed out on that day, whatever happened since', async () => {
    test.setNow(afternoonOf(YESTERDAY))
    const position = { type: 'Point', coordinates: [125.42, 43.86] }
    const cold = await make('/api/sites', {
      name: '恒泰冷链（示例）',
      sector: 'chemicals',
      responsiblePerson: '王示例',
      geometry: position,
    })
    const mall = await make('/api/sites', { name: '东方商场（示例）', sector: 'fire' })
    const assess = (siteId: string, level: number, score: number) =>
      db()('risks').insert({
        id: crypto.randomUUID(),
        site_id: siteId,
        name: '风险',
        method: 'lec',
        inputs: { L: 6, E: 6, C: 15 },
        score,
        level,
        assessed_on: '2025-03-12',
        created_at: afternoonOf(YESTERDAY),
        updated_at: afternoonOf(YESTERDAY),
      })
    await assess(cold.id, 1, 540)
    await assess(mall.id, 3, 90)
    await db()('sites')
      .where({ id: cold.id })
      .update({ risk_level: 1, updated_at: afternoonOf(YESTERDAY) })
    await db()('sites')
      .where({ id: mall.id })
      .update({ risk_level: 3, updated_at: afternoonOf(YESTERDAY) })
    const hazard = await make('/api/hazards', {
      description: '疏散通道堆放货物',
      sector: 'fire',
      severity: 'general',
      foundOn: '2025-06-01',
      dueOn: '2025-06-10',
      siteId: cold.id,
      geometry: position,
    })
    const lists = {
      places: await readCsv('analyst', '/api/risk-list.csv'),
      hazards: await readCsv('analyst', '/api/hazards.csv'),
      list: await read<RiskList>('analyst', '/api/risk-list'),
      officer: await read<RiskList>(`officer-${EAST}`, '/api/risk-list'),
      summary: await read<object>('analyst', '/api/summary?by=area,sector,status'),
    }
    expect([lists.places.length, lists.hazards.length, lists.officer.total]).toEqual([2, 1, 1])

    // since then: renamed, moved, closed, re-assessed, drilled, weighed otherwise, and a ledger told of older days
    test.setNow(afternoonOf('2025-06-18'))
    await ok(
      test.patch('admin', `/api/sites/${cold.id}`, {
        name: '恒泰冷链二库（示例）',
        responsiblePerson: '李示例',
        version: 1,
      }),
    )
    await ok(
      test.patch('admin', `/api/hazards/${hazard.id}`, { description: '已清理', version: hazard.version }),
    )
    await ok(
      test.post('admin', `/api/hazards/${hazard.id}/transitions`, {
        action: 'reject',
        version: hazard.version + 1,
        note: '误报',
      }),
    )
    await db()('risks')
      .where({ site_id: mall.id })
      .update({ retired_at: afternoonOf('2025-06-18'), updated_at: afternoonOf('2025-06-18') })
    await db()('sites')
      .where({ id: mall.id })
      .update({ risk_level: null, exposed_people: 120, updated_at: afternoonOf('2025-06-18') })
    const drill = await make(
      '/api/drills',
      {
        title: '液氨泄漏演练',
        form: 'live',
        scenario: '液氨泄漏',
        siteId: cold.id,
        startsAt: '2025-05-02T01:00:00Z',
      },
      'commander',
    )
    await db()('drills').where({ id: drill.id }).update({ state: 'done' })
    await db()('drill_states').where({ id: drill.id }).update({ state: 'done' })
    await ok(
      test.as('admin', {
        method: 'PUT',
        url: '/api/settings/pressure',
        payload: { weights: { ...DEFAULT_PRESSURE_WEIGHTS, level: { 1: 80, 2: 40, 3: 2, 4: 1, none: 2 } } },
      }),
    )
    const ledger = await hazardLedger([hazardRow(1, { 企业名称: '恒泰冷链二库（示例）' }), hazardRow(2)])
    await commit(test, await check(test, ledger))
    expect((await read<RiskList>('analyst', '/api/risk-list')).items).not.toEqual(lists.list.items)

    const then = `asOf=${YESTERDAY}`
    const list = await read<RiskList>('analyst', `/api/risk-list?${then}`)
    expect(saying(list)).toEqual(saying(lists.list))
    expect(list.basis).toBe('recorded')
    expect(await readCsv('analyst', `/api/risk-list.csv?${then}`)).toEqual(lists.places)
    expect(await readCsv('analyst', `/api/hazards.csv?${then}`)).toEqual(lists.hazards)
    expect(saying(await read<RiskList>(`officer-${EAST}`, `/api/risk-list?${then}`))).toEqual(
      saying(lists.officer),
    )
    expect(await read<object>('analyst', `/api/summary?by=area,sector,status&${then}`)).toEqual(lists.summary)
  })

  it('is searched by the words of that day', async () => {
    const names = async (query: string) =>
      (await read<{ items: { name: string }[] }>('analyst', `/api/sites?${query}`)).items.map(
        ({ name }) => name,
      )
    expect(await names(`q=二库`)).toEqual(['恒泰冷链二库（示例）'])
    expect(await names(`q=二库&asOf=${YESTERDAY}`)).toEqual([])
    expect(await names(`q=恒泰&riskLevel=1&asOf=${YESTERDAY}`)).toEqual(['恒泰冷链（示例）'])
    const hazards = await read<{ items: { description: string; site: { name: string } | null }[] }>(
      'analyst',
      `/api/hazards?q=恒泰&asOf=${YESTERDAY}`,
    )
    expect(hazards.items.map(({ description, site }) => [description, site?.name])).toEqual([
      ['疏散通道堆放货物', '恒泰冷链（示例）'],
    ])
  })

  it('is rebuilt from the days of the ledgers where the system did not yet know anything', async () => {
    const { basis, total } = await read<RiskList>('analyst', '/api/risk-list?asOf=2025-06-02')
    expect([basis, total]).toEqual(['rebuilt', 2])
    const hazards = await read<{ total: number }>('analyst', '/api/hazards?asOf=2025-06-02')
    expect(hazards.total).toBe(2)
  })

  it('says in its small print how the day was read', async () => {
    const smallPrint = async (query: string) => {
      const { rawPayload } = await test.get('analyst', `/api/risk-list.xlsx?${query}`)
      return String((await readXlsx(rawPayload)).sheets[0]?.rows[1]?.[0])
    }
    expect(await smallPrint(`asOf=${YESTERDAY}`)).toContain(`截至 ${YESTERDAY}（按当日系统记录）`)
    expect(await smallPrint('asOf=2025-06-02')).toContain(
      '截至 2025-06-02（当日尚未启用本系统，按台账日期重建）',
    )
  })
})
