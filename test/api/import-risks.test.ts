import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST } from '../harness/fixture.ts'
import {
  check,
  commit,
  faultsOf,
  type HazardCells,
  hazardLedger,
  hazardRow,
} from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const RISK_HEADERS = [
  '序号',
  '企业名称',
  '统一社会信用代码',
  '行业领域',
  '所属街镇',
  '风险点（单元）名称',
  '类型（设备设施/作业活动/场所）',
  '所在位置',
  '危险源/危险有害因素',
  '可能导致的事故类型',
  '评价方法',
  'L',
  'E',
  'C',
  'S',
  'D',
  '风险等级',
  '颜色',
  '工程技术措施',
  '责任部门',
  '责任人',
  '经纬度',
]
const riskRow = (name: string, cells: HazardCells = {}): HazardCells => ({
  企业名称: '恒泰冷链（示例）',
  统一社会信用代码: '91220171EX0000015L',
  行业领域: '危险化学品',
  所属街镇: '临河街道',
  '风险点（单元）名称': name,
  所在位置: '临河街示例路 1 号',
  '危险源/危险有害因素': `${name}的危险因素`,
  评价方法: 'LEC',
  L: 3,
  E: 6,
  C: 15,
  D: 270,
  风险等级: '较大',
  颜色: '橙',
  责任部门: '设备部',
  责任人: '王示例',
  经纬度: '125.42,43.86',
  ...cells,
})
const riskList = (rows: HazardCells[]) => hazardLedger(rows, RISK_HEADERS)
const checkRisks = async (rows: HazardCells[]) => check(test, await riskList(rows), { kind: 'risks' })
const sites = async () => (await test.get('analyst', '/api/sites?sort=name')).json()

describe('importing the list of risks', () => {
  it('makes each place once, with the level of its gravest risk', async () => {
    const report = await checkRisks([
      riskRow('液氨储罐', { L: 6, E: 6, C: 15, D: 540, 风险等级: '重大风险', 颜色: '红' }),
      riskRow('叉车作业', {
        经纬度: null,
        评价方法: null,
        L: 2,
        E: null,
        C: null,
        S: 3,
        D: 6,
        风险等级: '低',
        颜色: '蓝',
      }),
      riskRow('配电室', {
        企业名称: '南湖市场（示例）',
        统一社会信用代码: null,
        行业领域: '小场所',
        评价方法: '直接判定',
        L: null,
        E: null,
        C: null,
        D: null,
        风险等级: '一般',
        颜色: null,
      }),
    ])
    expect(faultsOf(report)).toEqual([])
    expect(report.notes).toEqual(['将同时新建 2 处场所'])
    expect((await commit(test, report)).result).toEqual({ created: 3, changed: 0, sites: 2, events: 0 })
    const page = await sites()
    expect(page.items).toMatchObject([
      { name: '南湖市场（示例）', sector: 'small_place', riskLevel: 3, isExample: true },
      {
        name: '恒泰冷链（示例）',
        creditCode: '91220171EX0000015L',
        sector: 'chemicals',
        riskLevel: 1,
        area: { code: EAST },
        geometry: { coordinates: [125.42, 43.86] },
        responsible: '设备部 · 王示例',
      },
    ])
    const risks = (await test.get('analyst', `/api/sites/${page.items[1].id}/risks`)).json()
    const shown = risks.items.map(({ name, method, score, level, formula }: Record<string, unknown>) => [
      name,
      method,
      score,
      level,
      formula,
    ])
    expect(shown.sort()).toEqual([
      ['叉车作业', 'ls', 6, 4, 'R=2×3=6'],
      ['液氨储罐', 'lec', 540, 1, 'D=6×6×15=540'],
    ])
  })

  it('changes nothing the second time, and the level when a risk changes', async () => {
    const rows = [riskRow('液氨储罐', { L: 6, D: 540, 风险等级: '重大', 颜色: '红' }), riskRow('叉车作业')]
    await commit(test, await checkRisks(rows))
    expect((await checkRisks(rows)).counts).toMatchObject({ unchanged: 2, new: 0, changed: 0 })
    const milder = await checkRisks([riskRow('液氨储罐', { L: 1, D: 90, 风险等级: '一般', 颜色: '黄' })])
    expect(milder.counts).toMatchObject({ changed: 1 })
    const committed = await commit(test, milder)
    expect((await sites()).items).toMatchObject([{ riskLevel: 2 }])
    const undone = (await test.post('analyst', `/api/imports/${committed.id}/undo`)).json()
    expect(undone).toMatchObject({ withdrawn: 0, restored: 1, kept: [] })
    expect((await sites()).items).toMatchObject([{ riskLevel: 1 }])
  })

  it.each<[string, HazardCells, string[], string]>([
    ['a value off the scale', { L: 4 }, ['4 error BAD_SCALE_VALUE L'], 'L 「4」不在表内'],
    ['a product that is wrong', { D: 280 }, ['4 error SCORE_MISMATCH D'], '与算式不符：D=3×6×15=270'],
    [
      'a level that does not follow',
      { 风险等级: '重大', 颜色: '红' },
      ['4 error LEVEL_MISMATCH 风险等级'],
      '按 D=3×6×15=270 应为「较大」',
    ],
    ['an unknown level', { 风险等级: '特别重大' }, ['4 error UNKNOWN_LEVEL 风险等级'], '不在词表内'],
    [
      'no level at all',
      { 评价方法: null, L: null, E: null, C: null, D: null, 风险等级: null, 颜色: null },
      ['4 error NO_LEVEL 风险等级'],
      '没有风险等级，也没有完整的 L、E、C（或 L、S）取值',
    ],
    ['words for a number', { D: '约270' }, ['4 error BAD_NUMBER D'], '不是数'],
    [
      'no name',
      { '风险点（单元）名称': null },
      ['4 error REQUIRED_EMPTY 风险点（单元）名称'],
      '「风险点（单元）名称」没有填写',
    ],
    [
      'a colour that does not fit',
      { 颜色: '红' },
      ['4 warning COLOR_MISMATCH 颜色'],
      '颜色与等级不一致：较大应为橙色',
    ],
  ])('tells of %s', async (_name, cells, faults, reason) => {
    const report = await checkRisks([riskRow('液氨储罐', cells)])
    expect(faultsOf(report)).toEqual(faults)
    expect(report.issues[0]?.reason).toBe(reason)
  })

  it('takes the computed level when a person says so', async () => {
    const report = await checkRisks([riskRow('液氨储罐', { 风险等级: '重大', 颜色: null, D: 280 })])
    await test.post('analyst', `/api/imports/${report.id}/remedies`, {
      code: 'LEVEL_MISMATCH',
      action: 'useProposedValue',
    })
    const reply = await test.post('analyst', `/api/imports/${report.id}/remedies`, {
      code: 'SCORE_MISMATCH',
      action: 'useProposedValue',
    })
    expect(reply.json()).toMatchObject({ issues: [], counts: { new: 1, rejected: 0 } })
  })

  it('is taken back with the places that it made, but not those that others use', async () => {
    const report = await commit(
      test,
      await checkRisks([
        riskRow('液氨储罐'),
        riskRow('配电室', { 企业名称: '南湖市场（示例）', 统一社会信用代码: null }),
      ]),
    )
    await commit(
      test,
      await check(test, await hazardLedger([hazardRow(1, { 企业名称: '恒泰冷链（示例）' })])),
    )
    const undone = (await test.post('analyst', `/api/imports/${report.id}/undo`)).json()
    expect(undone).toMatchObject({
      withdrawn: 2,
      kept: [{ title: '恒泰冷链（示例）', reason: '还有隐患挂在这处场所' }],
    })
    expect((await sites()).items).toMatchObject([{ name: '恒泰冷链（示例）', riskLevel: null }])
  })
})

describe('importing a list of places', () => {
  const HEADERS = [
    '单位名称',
    '统一社会信用代码',
    '行业',
    '街镇',
    '详细地址',
    '负责人',
    '联系电话',
    '经度',
    '纬度',
    '等级',
  ]
  const siteRow = (cells: HazardCells = {}): HazardCells => ({
    单位名称: '恒泰冷链（示例）',
    统一社会信用代码: '91220171EX0000015L',
    行业: '危化',
    街镇: '临河街道',
    详细地址: '临河街示例路 1 号',
    负责人: '王示例',
    经度: 125.42,
    纬度: 43.86,
    等级: '重大',
    ...cells,
  })
  const checkSites = async (rows: HazardCells[]) =>
    check(test, await hazardLedger(rows, HEADERS), { kind: 'sites' })

  it('writes, finds again by credit code under a new name, and takes back', async () => {
    const first = await checkSites([
      siteRow(),
      siteRow({
        单位名称: '南湖市场（示例）',
        统一社会信用代码: null,
        行业: '小场所',
        经度: null,
        纬度: null,
      }),
    ])
    expect(first.columns.ignored).toEqual([
      { header: '等级', reason: '场所的等级由风险清单中各项风险得出，请导入「安全风险分级管控清单」' },
    ])
    await commit(test, first)
    expect((await checkSites([siteRow()])).counts).toMatchObject({ unchanged: 1 })
    const second = await checkSites([
      siteRow({ 单位名称: '恒泰冷链二厂（示例）', 联系电话: '0431-00000000' }),
    ])
    expect(second.counts).toMatchObject({ changed: 1, new: 0 })
    const committed = await commit(test, second)
    expect((await sites()).items.map(({ name }: { name: string }) => name)).toEqual([
      '南湖市场（示例）',
      '恒泰冷链二厂（示例）',
    ])
    expect((await checkSites([siteRow({ 单位名称: '恒泰冷链二厂（示例）' })])).counts).toMatchObject({
      unchanged: 1,
    })
    await test.post('analyst', `/api/imports/${committed.id}/undo`)
    expect((await sites()).items.map(({ name }: { name: string }) => name)).toEqual([
      '南湖市场（示例）',
      '恒泰冷链（示例）',
    ])
  })
})
