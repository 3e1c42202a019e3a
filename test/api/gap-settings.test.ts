import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_GAP_RULES } from '../../server/gaps/rules.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addSite, EAST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, setting_history cascade')
})

const db = () => test.database.knex
const URL = '/api/settings/gaps'
const put = (username: string, payload: object) => test.as(username, { method: 'PUT', url: URL, payload })
const totalOf = async (query: string) => (await test.get('analyst', `/api/gaps?${query}`)).json().total

/** Two places, checked 20 and 40 days before the tests' present day. */
async function addTwo(): Promise<void> {
  for (const [name, checked_on] of [
    ['甲', '2025-05-29'],
    ['乙', '2025-05-09'],
  ]) {
    const id = await addSite(db(), { name: name ?? '', responsible_unit: '安全部' })
    await db()('risks').insert({
      id: crypto.randomUUID(),
      site_id: id,
      name: '风险',
      method: 'ls',
      inputs: { L: 5, S: 4 },
      score: 20,
      level: 1,
      accident_types: '火灾、其他爆炸',
      responsible_person: '=王示例',
    })
    await db()('site_checks').insert({
      id: crypto.randomUUID(),
      site_id: id,
      checked_on,
      checked_by: '李示例',
      outcome: 'nothing_found',
      created_at: new Date(`${checked_on}T08:00:00Z`),
    })
  }
}
const within = (days: number) => ({
  ...DEFAULT_GAP_RULES,
  checkDays: { ...DEFAULT_GAP_RULES.checkDays, 1: days },
})

describe('the rules of the gaps', () => {
  it('tell what a change would do before it is made, do just that, and keep what was', async () => {
    await addTwo()
    expect(await totalOf('kind=no_check')).toBe(1)
    const preview = await test.post('admin', `${URL}/preview`, { rules: within(15) })
    expect(preview.json().kinds).toEqual([
      { kind: 'no_person', before: 0, after: 0, appearing: 0, vanishing: 0 },
      { kind: 'no_check', before: 1, after: 2, appearing: 1, vanishing: 0 },
      { kind: 'no_drill', before: 2, after: 2, appearing: 0, vanishing: 0 },
      { kind: 'no_position', before: 0, after: 0, appearing: 0, vanishing: 0 },
      { kind: 'no_arithmetic', before: 0, after: 0, appearing: 0, vanishing: 0 },
    ])
    expect(await totalOf('kind=no_check')).toBe(1)
    const read = (await test.get('admin', URL)).json()
    expect(read).toMatchObject({ isDefault: true, version: null, rules: DEFAULT_GAP_RULES, history: [] })
    const saved = await put('admin', { rules: { ...within(15), checkSource: '区安委办通知' }, version: null })
    expect(saved.statusCode, saved.body).toBe(200)
    expect(saved.json()).toMatchObject({
      isDefault: false,
      version: '2025-06-18T01:42:00.000Z',
      history: [{ by: '管理员', at: '2025-06-18T01:42:00.000Z' }],
    })
    expect(await totalOf('kind=no_check')).toBe(2)
    const { items } = (await test.get('analyst', '/api/gaps?kind=no_check&q=乙')).json()
    expect(items[0].gaps[0]).toMatchObject({
      sentence: '上次检查 2025-05-09（现场检查），已过 40 天；重大风险场所应 15 天内检查一次',
      confirmed: true,
    })
    // of the days before the change the rules of those days hold
    expect(await totalOf('kind=no_check&asOf=2025-06-17')).toBe(1)
  })

  it('are not overwritten unseen', async () => {
    const first = await put('admin', { rules: within(15), version: null })
    const late = await put('admin', { rules: within(20), version: null })
    expect([late.statusCode, late.json().code, late.json().current.rules]).toEqual([
      409,
      'STALE_VERSION',
      within(15),
    ])
    const next = await put('admin', { rules: within(20), version: first.json().version })
    expect(next.json().history.map(({ rules }: { rules: object }) => rules)).toEqual([within(20), within(15)])
  })

  it('are an administrator’s, and refused where they make no sense', async () => {
    for (const username of ['analyst', 'commander', `officer-${EAST}`]) {
      expect((await test.get(username, URL)).statusCode).toBe(403)
      expect((await put(username, { rules: within(15), version: null })).statusCode).toBe(403)
      expect((await test.post(username, `${URL}/preview`, { rules: within(15) })).statusCode).toBe(403)
    }
    const { other: _, ...incomplete } = DEFAULT_GAP_RULES.drillMonths
    for (const rules of [
      within(0),
      within(1.5),
      within(4000),
      { ...DEFAULT_GAP_RULES, drillMonths: incomplete },
      { ...DEFAULT_GAP_RULES, checkSource: '' },
      { ...DEFAULT_GAP_RULES, more: 1 },
      {},
    ]) {
      const refused = await put('admin', { rules, version: null })
      expect([refused.statusCode, refused.json().code]).toEqual([400, 'BAD_INPUT'])
      expect((await test.post('admin', `${URL}/preview`, { rules })).statusCode).toBe(400)
    }
    expect((await test.get('admin', URL)).json().isDefault).toBe(true)
  })
})

describe('the gaps as a file', () => {
  it('have a row for each place in CSV, with the sentences of each kind', async () => {
    await addTwo()
    await db()('sites').where({ name: '乙' }).update({ geom: null, responsible_unit: '=乙公司' })
    const reply = await test.get('analyst', '/api/gaps.csv?kind=no_check')
    expect(reply.headers['x-total-count']).toBe('1')
    const rows = parse(reply.body, { bom: true, columns: true })
    expect(rows).toEqual([
      {
        序号: '1',
        场所名称: '乙',
        行业领域: '危险化学品',
        所属街镇: '临河街道',
        风险等级: '重大',
        '责任单位/责任人': "'=乙公司",
        缺口数: '3',
        未明确责任人: '',
        超期未检查: '上次检查 2025-05-09（现场检查），已过 40 天；重大风险场所应 30 天内检查一次（待核）',
        未按情景演练: [
          '风险「风险」的「火灾」情景没有演练过；危险物品单位应每 6 个月演练一次',
          '风险「风险」的「其他爆炸」情景没有演练过；危险物品单位应每 6 个月演练一次',
        ].join('\n'),
        未定位: '场所没有坐标，地图上没有',
        等级无依据: '',
        上次检查: '2025-05-09',
        检查方式: '现场检查',
        距今天数: '40',
        上次演练: '',
        演练名称: '',
      },
    ])
  })

  it('have in the workbook also a row for each thing that is missing', async () => {
    await addTwo()
    const reply = await test.get('analyst', '/api/gaps.xlsx')
    const book = await readXlsx(reply.rawPayload)
    expect(book.sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['责任缺口', 3 + 2],
      ['缺口明细', 3 + 5],
    ])
    expect(book.sheets[0]?.rows[1]?.[0]).toContain('共 2 处场所')
    expect(book.sheets[1]?.rows[3]?.slice(1, 7)).toEqual([
      '乙',
      '临河街道',
      '危险化学品',
      null,
      '超期未检查',
      null,
    ])
    const narrow = await test.get('analyst', '/api/gaps.xlsx?kind=no_drill&sort=name')
    const narrowBook = await readXlsx(narrow.rawPayload)
    expect(narrowBook.sheets[0]?.rows[1]?.[0]).toContain('缺口 未按情景演练')
    expect(narrowBook.sheets[1]?.rows.slice(3).map((row) => row[6])).toEqual([
      '火灾',
      '其他爆炸',
      '火灾',
      '其他爆炸',
    ])
  })

  it('have as GeoJSON a feature for each place, also one that lies nowhere', async () => {
    await addTwo()
    await db()('sites').where({ name: '乙' }).update({ geom: null })
    const collection = (await test.get('analyst', '/api/gaps.geojson?sort=name')).json()
    expect(collection.numberMatched).toBe(2)
    const shown = collection.features.map(
      ({ properties, geometry }: Record<string, Record<string, unknown>>) => [
        properties?.kinds,
        geometry?.type ?? null,
      ],
    )
    expect(shown).toEqual([
      [['no_check', 'no_drill', 'no_position'], null],
      [['no_drill'], 'Point'],
    ])
  })
})
