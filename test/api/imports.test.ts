import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addSite, EAST, WEST } from '../harness/fixture.ts'
import {
  check,
  commit,
  faultsOf,
  HAZARD_HEADERS,
  hazardLedger,
  hazardRow,
  upload,
} from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const db = () => test.database.knex
const list = async (query = '', username = 'analyst') =>
  (await test.get(username, `/api/hazards?sort=number&${query}`)).json()

describe('importing a ledger', () => {
  it('reports before anything is written, and writes everything at commit', async () => {
    const siteId = await addSite(db(), { name: '恒泰冷链（示例）', credit_code: '91220171EX0000015L' })
    const report = await check(
      test,
      await hazardLedger([
        hazardRow(1, { 企业名称: '恒泰冷链（示例）', 资金: '8000元', 时限: '15日内', 排查人员: '李示例' }),
        hazardRow(2, {
          经度: '125°22′48″',
          纬度: '43°51′36″',
          所属街镇: '东方广场',
          整改结果: '已整改，货物清走',
          验收时间: '2025.6.10',
          '验收部门/人员': '街道/张示例',
        }),
        hazardRow(3, { 经度: null, 纬度: null, 排查时间: new Date('2025-05-20'), 整改结果: '整改中' }),
      ]),
    )
    expect(report).toMatchObject({
      kind: 'hazards',
      state: 'checked',
      format: 'xlsx',
      headerRow: 3,
      sheets: [{ name: '台账', isRead: true, reason: null, headerRow: 3, rowCount: 3 }],
      counts: {
        total: 3,
        accepted: 3,
        new: 3,
        changed: 0,
        unchanged: 0,
        rejected: 0,
        warned: 0,
        unlocated: 1,
      },
      issues: [],
      mayCommit: true,
      mayUndo: false,
      result: null,
    })
    expect(report.columns.unknown).toEqual([])
    expect(report.columns.ignored.map(({ header }) => header)).toEqual(['序号'])
    expect((await list()).total).toBe(0)

    const committed = await commit(test, report)
    expect(committed).toMatchObject({
      state: 'committed',
      mayCommit: false,
      mayUndo: true,
      result: { created: 3, changed: 0, sites: 0, events: 4 },
    })
    const { items } = await list()
    expect(items).toMatchObject([
      {
        number: 'YH-2025-000001',
        description: '第 1 处疏散通道堆放货物',
        sector: 'fire',
        status: 'assigned',
        foundOn: '2025-06-01',
        dueOn: '2025-06-16',
        overdue: true,
        area: { code: EAST },
        site: { id: siteId },
        responsible: '恒泰冷链（示例） · 王示例',
        isExample: true,
        geometry: { type: 'Point', coordinates: [125.42, 43.86] },
      },
      {
        number: 'YH-2025-000002',
        status: 'closed',
        closedOn: '2025-06-10',
        area: { code: WEST },
        geometry: { coordinates: [125.38, 43.86] },
      },
      {
        number: 'YH-2025-000003',
        status: 'rectifying',
        foundOn: '2025-05-20',
        area: { code: EAST },
        geometry: null,
      },
    ])
  })

  it('keeps the past that the ledger tells: open from the day found, closed from the day closed', async () => {
    await commit(
      test,
      await check(
        test,
        await hazardLedger([
          hazardRow(1, {
            排查时间: '2025-03-03',
            时限: '2025-03-20',
            整改结果: '已销号',
            验收时间: '2025-04-01',
          }),
        ]),
      ),
    )
    const statusOn = async (day: string) =>
      (await list(`asOf=${day}`)).items.map((hazard: { status: string; overdue: boolean }) => [
        hazard.status,
        hazard.overdue,
      ])
    expect(await statusOn('2025-03-02')).toEqual([])
    expect(await statusOn('2025-03-03')).toEqual([['rectifying', false]])
    expect(await statusOn('2025-03-31')).toEqual([['rectifying', true]])
    expect(await statusOn('2025-04-01')).toEqual([['closed', false]])
    const [hazard] = (await list()).items
    const history = (await test.get('analyst', `/api/hazards/${hazard.id}/history`)).json()
    expect(history.items).toMatchObject([
      {
        action: 'import',
        fromStatus: null,
        toStatus: 'rectifying',
        occurredAt: '2025-03-03T01:00:00.000Z',
        actorName: '分析员',
      },
      {
        action: 'close',
        fromStatus: 'rectifying',
        toStatus: 'closed',
        occurredAt: '2025-04-01T09:00:00.000Z',
      },
    ])
  })

  it('finds the same file unchanged the second time, even after someone worked on a hazard', async () => {
    const bytes = await hazardLedger([hazardRow(1, { 整改措施: '清走货物' }), hazardRow(2)])
    await commit(test, await check(test, bytes))
    const [hazard] = (await list()).items
    const edited = await test.patch('analyst', `/api/hazards/${hazard.id}`, {
      version: 1,
      measures: '清走货物并划线',
      locationText: '南库',
    })
    expect(edited.statusCode, edited.body).toBe(200)
    const again = await check(test, bytes)
    expect(again.counts).toMatchObject({ total: 2, new: 0, changed: 0, unchanged: 2, rejected: 0 })
    expect(again.mayCommit).toBe(false)
    expect((await list()).total).toBe(2)
  })

  it('changes exactly the cells that changed, with what they were', async () => {
    await commit(test, await check(test, await hazardLedger([hazardRow(1), hazardRow(2)])))
    const report = await check(
      test,
      await hazardLedger([
        hazardRow(1, { 时限: '2025-07-10', 整改措施: '清走货物', '责任单位/责任人': null }),
        hazardRow(2, { 整改结果: '已销号', 验收时间: '2025-06-12' }),
      ]),
    )
    expect(report.counts).toMatchObject({ changed: 2, unchanged: 0, new: 0 })
    const rows = (await test.get('analyst', `/api/imports/${report.id}/rows?outcome=changed`)).json()
    expect(rows.items.map((row: { changes: object }) => row.changes)).toEqual([
      { dueOn: { from: '2025-06-30', to: '2025-07-10' }, measures: { from: null, to: '清走货物' } },
      {
        result: { from: null, to: '已销号' },
        status: { from: 'assigned', to: 'closed' },
        closedOn: { from: null, to: '2025-06-12' },
      },
    ])
    await commit(test, report)
    expect((await list()).items).toMatchObject([
      { dueOn: '2025-07-10', responsible: '恒泰冷链（示例） · 王示例', version: 2 },
      { status: 'closed', closedOn: '2025-06-12', version: 2 },
    ])
  })

  it('never moves a status back, nor over what someone did in the system', async () => {
    const bytes = (result: string) => hazardLedger([hazardRow(1, { 整改结果: result })])
    await commit(test, await check(test, await bytes('整改中')))
    const [hazard] = (await list()).items
    const submitted = await test.post('officer-220171001', `/api/hazards/${hazard.id}/transitions`, {
      action: 'submit',
      version: 1,
      note: '已清走',
    })
    expect(submitted.statusCode, submitted.body).toBe(200)
    const report = await check(test, await bytes('未整改'))
    expect(faultsOf(report)).toEqual(['4 warning STATUS_KEPT 整改状态'])
    expect(report.counts).toMatchObject({ changed: 1 })
    await commit(test, report)
    expect((await list()).items).toMatchObject([{ status: 'submitted' }])
  })

  it('is taken back whole, keeping and naming what others changed since', async () => {
    const first = await commit(
      test,
      await check(test, await hazardLedger([hazardRow(1), hazardRow(2), hazardRow(3)])),
    )
    const { items } = await list()
    await test.patch('analyst', `/api/hazards/${items[1].id}`, { version: 1, measures: '清走货物' })
    const reply = await test.post('analyst', `/api/imports/${first.id}/undo`)
    expect(reply.statusCode, reply.body).toBe(200)
    expect(reply.json()).toMatchObject({
      report: { state: 'undone', mayUndo: false },
      withdrawn: 2,
      restored: 0,
      kept: [{ id: items[1].id, title: 'YH-2025-000002', reason: '导入后分析员又修改过' }],
    })
    expect((await list()).items.map((hazard: { number: string }) => hazard.number)).toEqual([
      'YH-2025-000002',
    ])
    expect((await list('asOf=2025-06-17')).total).toBe(3)
    expect((await test.post('analyst', `/api/imports/${first.id}/undo`)).json().code).toBe(
      'IMPORT_NOT_COMMITTED',
    )
    // what was taken back can be imported anew
    const again = await check(test, await hazardLedger([hazardRow(1), hazardRow(2), hazardRow(3)]))
    expect(again.counts).toMatchObject({ new: 2, unchanged: 1 })
    await commit(test, again)
    expect((await list()).total).toBe(3)
  })

  it('restores what a later import changed when that one is taken back', async () => {
    await commit(test, await check(test, await hazardLedger([hazardRow(1)])))
    const second = await commit(
      test,
      await check(
        test,
        await hazardLedger([hazardRow(1, { 整改结果: '已销号', 验收时间: '2025-06-12', 经度: 125.43 })]),
      ),
    )
    expect((await list()).items).toMatchObject([
      { status: 'closed', geometry: { coordinates: [125.43, 43.86] } },
    ])
    const undone = (await test.post('analyst', `/api/imports/${second.id}/undo`)).json()
    expect(undone).toMatchObject({ withdrawn: 0, restored: 1, kept: [] })
    expect((await list()).items).toMatchObject([
      { status: 'assigned', closedOn: null, geometry: { coordinates: [125.42, 43.86] }, version: 3 },
    ])
  })

  it('survives titles, other orders, synonyms, unknown columns and several sheets in a CSV or workbook', async () => {
    const csv = [
      '2025年6月隐患台账,,,,,',
      '隐患描述,检查日期,领域,隐患级别,经纬度（经度,纬度）,领导批示',
      '灭火器过期,2025/6/1,消防安全,一般隐患,"125.42,43.86",已阅',
      '合计,1,,,,',
    ]
      .join('\r\n')
      .replace('经纬度（经度,纬度）', '经纬度')
    const report = await check(test, Buffer.from(csv), { fileName: '台账.csv' })
    expect(report).toMatchObject({
      format: 'csv (UTF-8)',
      headerRow: 2,
      counts: { total: 1, new: 1, warned: 0 },
    })
    expect(report.columns.unknown).toEqual([{ header: '领导批示', sample: '已阅' }])
    expect(report.columns.matched.map(({ header, field }) => [header, field])).toEqual([
      ['隐患描述', 'description'],
      ['检查日期', 'foundOn'],
      ['领域', 'sector'],
      ['隐患级别', 'severity'],
      ['经纬度', 'position'],
    ])
  })

  it('takes a column that a person assigns, and a sector for all where none is written', async () => {
    const bytes = Buffer.from('问题说明,日期\n灭火器过期,2025-06-01\n')
    const refused = (await upload(test, bytes, { fileName: 'a.csv' })).json()
    expect(refused).toMatchObject({ status: 422, code: 'NO_HEADER' })
    const report = await check(test, bytes, {
      fileName: 'a.csv',
      options: { columns: { 问题说明: 'description' }, defaultSector: 'fire' },
    })
    expect(report.counts).toMatchObject({ new: 1, rejected: 0, unlocated: 1 })
  })

  it('refuses a file without its required columns and names them', async () => {
    const reply = await upload(
      test,
      await hazardLedger(
        [hazardRow(1)],
        HAZARD_HEADERS.filter((header) => header !== '排查时间'),
      ),
    )
    expect(reply.json()).toMatchObject({ status: 422, code: 'MISSING_COLUMNS', missing: ['排查时间'] })
    expect(await db()('imports').count('* as n').first()).toEqual({ n: 0 })
  })
})
