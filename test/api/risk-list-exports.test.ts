import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { layOutSheets } from '../../server/imports/layout.ts'
import { readTableFile } from '../../server/imports/read-file.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites cascade')
})

const db = () => test.database.knex
const file = async (username: string, url: string) => {
  const reply = await test.get(username, url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply
}
const csvRows = async (username: string, url: string): Promise<Record<string, string>[]> =>
  parse((await file(username, url)).body, { bom: true, columns: true })
const addRisk = (siteId: string, rest: object) =>
  db()('risks').insert({ id: crypto.randomUUID(), site_id: siteId, name: '制冷系统', ...rest })

describe('the risk list as a file', () => {
  it('has a row for each place in CSV, with rank, basis and reasons', async () => {
    const id = await addSite(db(), { responsible_unit: '恒泰冷链', responsible_person: '王示例' })
    await addRisk(id, { method: 'lec', inputs: { L: 6, E: 6, C: 15 }, score: 540, level: 1 })
    await addHazard(db(), { siteId: id, dueOn: '2025-06-10' })
    await addSite(db(), { name: '乙', risk_level: null, lng: null, lat: null, area_code: null })
    const rows = await csvRows('analyst', '/api/risk-list.csv')
    expect(rows.length).toBe(2)
    expect(rows[0]).toEqual({
      排名: '1',
      企业名称: '恒泰冷链（示例）',
      统一社会信用代码: '',
      行业领域: '危险化学品',
      类型: '',
      所属街镇: '临河街道',
      地址: '',
      风险等级: '重大',
      颜色: '红',
      依据: 'D=6×6×15=540',
      // one general hazard, six working days late: 1 + 0.1 × (1 + 0.05 × 6) = 1.13; never drilled: 1.4
      当前压力: '12.66',
      压力算式: [
        '固有等级 8：1 级重大',
        '未销号隐患 1.13：一般 1 处×1（1 处逾期，计 6 个工作日），合 1.3 分，1＋0.1×1.3',
        '暴露人数 1：500 m 内人数未知，按 1 计',
        '演练间隔 1.4：从未演练',
      ].join('\n'),
      排名理由: [
        '「制冷系统」LEC 法：D=6×6×15=540，不小于 320，为 1 级重大',
        '有 1 处隐患逾期，最长 6 个工作日',
        '有 1 处一般隐患未销号',
        '当前压力 12.66＝8（1 级重大）×1.13（未销号隐患）×1（500 m 内人数未知，按 1 计）×1.4（从未演练）',
      ].join('\n'),
      风险项数: '1',
      未销号重大: '0',
      未销号疑似重大: '0',
      未销号一般: '1',
      逾期: '1',
      最长逾期工作日: '6',
      上次演练: '',
      责任部门: '恒泰冷链',
      责任人: '王示例',
      经度: '125.42',
      纬度: '43.86',
      行标识: id,
      版本: '1',
    })
    expect(rows[1]).toMatchObject({ 排名: '2', 企业名称: '乙', 风险等级: '', 依据: '', 经度: '' })
  })

  it('is a workbook of places, and of every risk in the officials’ columns, which the import reads back', async () => {
    const id = await addSite(db())
    await addRisk(id, { method: 'lec', inputs: { L: 6, E: 6, C: 15 }, score: 540, level: 1 })
    await addRisk(id, { name: '叉车', method: 'ls', inputs: { L: 5, S: 3 }, score: 15, level: 2 })
    const reply = await file('analyst', '/api/risk-list.xlsx')
    const workbook = await readXlsx(reply.rawPayload)
    expect(workbook.sheets.map((sheet) => [sheet.name, sheet.rows.length])).toEqual([
      ['风险清单', 4],
      ['安全风险分级管控清单', 5],
    ])
    const [header, first, second] = workbook.sheets[1]?.rows.slice(2) ?? []
    const cell = (cells: typeof first, name: string) => cells?.[header?.indexOf(name) ?? -1] ?? null
    expect(
      ['评价方法', 'L', 'E', 'C', 'S', 'D/R', '风险等级', '颜色'].map((name) => cell(first, name)),
    ).toEqual(['LEC', 6, 6, 15, null, 540, '重大', '红'])
    expect(
      ['风险点（单元）名称', '评价方法', 'L', 'E', 'S', 'D/R'].map((name) => cell(second, name)),
    ).toEqual(['叉车', 'LS', 5, null, 3, 15])
    const { layouts } = layOutSheets(await readTableFile('x.xlsx', reply.rawPayload), 'risks', {})
    expect(layouts.map(({ isRead, rowCount }) => ({ isRead, rowCount }))).toEqual([
      { isRead: false, rowCount: 0 },
      { isRead: true, rowCount: 2 },
    ])
    const unknown = layouts[1]?.columns.filter((column) => column.field === null && column.ignored === null)
    expect(unknown).toEqual([])
  })

  it('is GeoJSON of the list’s own items', async () => {
    await addSite(db())
    const listed = (await test.get('analyst', '/api/risk-list')).json().items[0]
    const { geometry, ...properties } = listed
    expect((await file('analyst', '/api/risk-list.geojson')).json()).toEqual({
      type: 'FeatureCollection',
      numberMatched: 1,
      numberReturned: 1,
      features: [{ type: 'Feature', id: listed.id, geometry, properties }],
    })
  })
})
