import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { makeEditor } from '../harness/editor.ts'
import { addSite } from '../harness/fixture.ts'
import { check, commit, faultsOf } from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const db = () => test.database.knex
const { addRisk, changesOf, edited, riskList, stored } = makeEditor(() => test)

describe('a list of risks that was exported and edited by hand', () => {
  it('recomputes score and level from edited values, and takes no score by hand', async () => {
    const siteId = await addSite(db())
    const id = await addRisk(siteId)
    const before = await stored('risks', id)
    const report = await edited(
      await riskList(),
      [
        { row: 0, header: 'L', value: 3 },
        { row: 0, header: '管理措施', value: '每日点检' },
      ],
      'risks',
    )
    expect(faultsOf(report)).toEqual([])
    expect(await changesOf(report)).toEqual([
      {
        managementControls: { from: null, to: '每日点检' },
        arithmetic: { from: null, to: expect.objectContaining({ formula: 'D=3×6×15=270', confirmed: true }) },
        inputs: { from: { L: 6, E: 6, C: 15 }, to: { L: 3, E: 6, C: 15 } },
        score: { from: 540, to: 270 },
        level: { from: 1, to: 2 },
      },
    ])
    const committed = await commit(test, report)
    expect(await stored('risks', id)).toMatchObject({
      ...before,
      arithmetic: { formula: 'D=3×6×15=270', thresholdSet: { id: 'lec-ends-higher' } },
      inputs: { L: 3, E: 6, C: 15 },
      score: 270,
      level: 2,
      management_controls: '每日点检',
      version: 2,
    })
    expect(await stored('sites', siteId)).toMatchObject({ risk_level: 2, version: 1 })
    await test.post('analyst', `/api/imports/${committed.id}/undo`)
    expect(await stored('risks', id)).toMatchObject({ ...before, version: 3 })
    expect(await stored('sites', siteId)).toMatchObject({ risk_level: 1 })

    const byHand = await edited(
      await riskList(),
      [
        { row: 0, header: 'D/R', value: 999 },
        { row: 0, header: '风险等级', value: '低' },
        { row: 0, header: '颜色', value: '蓝' },
        { row: 0, header: '算式', value: 'D=999' },
      ],
      'risks',
    )
    expect(faultsOf(byHand).sort()).toEqual([
      '4 warning COMPUTED_CELL D/R',
      '4 warning COMPUTED_CELL 算式',
      '4 warning COMPUTED_CELL 颜色',
      '4 warning COMPUTED_CELL 风险等级',
    ])
    expect(byHand.issues.find(({ field }) => field === 'score')).toMatchObject({
      reason: 'D/R 由取值得出：D=6×6×15=540，手改的不收',
      remedy: '应为「540」',
    })
    expect(byHand.counts).toMatchObject({ unchanged: 1, changed: 0 })
  })

  it('takes consistent edits of values, score and level together without a word', async () => {
    await addRisk(await addSite(db()))
    const report = await edited(
      await riskList(),
      [
        { row: 0, header: 'C', value: 3 },
        { row: 0, header: 'D/R', value: 108 },
        { row: 0, header: '风险等级', value: '一般' },
        { row: 0, header: '颜色', value: '黄' },
      ],
      'risks',
    )
    expect([faultsOf(report), report.counts.changed]).toEqual([[], 1])
  })

  it('refuses values off the scale with those allowed', async () => {
    await addRisk(await addSite(db()))
    const report = await edited(await riskList(), [{ row: 0, header: 'L', value: 4 }], 'risks')
    expect(faultsOf(report)).toEqual(['4 error BAD_SCALE_VALUE L'])
    expect(report.issues[0]?.remedy).toBe('取值只能是：10、6、3、1、0.5、0.2、0.1')
  })

  it('keeps the reason of a direct judgement whose level is edited', async () => {
    const id = await addRisk(await addSite(db()), {
      method: 'direct',
      inputs: { level: 2, reason: '历史事故' },
      score: null,
      level: 2,
    })
    await commit(
      test,
      await edited(await riskList(), [{ row: 0, header: '风险等级', value: '重大' }], 'risks'),
    )
    expect(await stored('risks', id)).toMatchObject({ inputs: { level: 1, reason: '历史事故' }, level: 1 })
  })

  it('edits the place beside the risk once, however many rows it has', async () => {
    const siteId = await addSite(db(), { address: '旧址' })
    const first = await addRisk(siteId, { name: '甲' })
    const second = await addRisk(siteId, { name: '乙' })
    const bytes = await riskList()
    const report = await edited(
      bytes,
      [
        { row: 0, header: '所在位置', value: '新址 8 号' },
        { row: 1, header: '所在位置', value: '新址 8 号' },
        { row: 1, header: '企业名称', value: '恒泰冷链二厂（示例）' },
      ],
      'risks',
    )
    expect(faultsOf(report)).toEqual([])
    expect(await changesOf(report)).toEqual([
      { address: { from: '旧址', to: '新址 8 号' } },
      {
        siteName: { from: '恒泰冷链（示例）', to: '恒泰冷链二厂（示例）' },
        address: { from: '旧址', to: '新址 8 号' },
      },
    ])
    const committed = await commit(test, report)
    expect(await stored('sites', siteId)).toMatchObject({
      name: '恒泰冷链二厂（示例）',
      address: '新址 8 号',
      version: 2,
    })
    for (const id of [first, second]) expect(await stored('risks', id)).toMatchObject({ version: 1 })
    await test.post('analyst', `/api/imports/${committed.id}/undo`)
    expect(await stored('sites', siteId)).toMatchObject({
      name: '恒泰冷链（示例）',
      address: '旧址',
      version: 3,
    })
    const contrary = await edited(
      bytes,
      [
        { row: 0, header: '所在位置', value: '新址 8 号' },
        { row: 1, header: '所在位置', value: '新址 9 号' },
      ],
      'risks',
    )
    expect(faultsOf(contrary)).toContain('5 error ROWS_DISAGREE 所在位置')
  })

  it('reads the list of risks of the workbook, and says of the ranked list why not', async () => {
    await addRisk(await addSite(db()))
    const report = await check(test, await riskList(), { kind: 'risks' })
    expect(report.sheets.map(({ name, isRead, reason }) => [name, isRead, reason])).toEqual([
      [
        '风险清单',
        false,
        '这张「风险清单」是场所排名，不能当作风险导入；要改风险请用同一文件里的「安全风险分级管控清单」工作表',
      ],
      ['安全风险分级管控清单', true, null],
    ])
    expect(report.counts).toMatchObject({ total: 1, unchanged: 1 })
  })
})

describe('a list of places that was exported and edited by hand', () => {
  it('changes exactly the edited cells of a place, and no level', async () => {
    const id = await addSite(db(), { credit_code: '91220171EX0000015L', kind: '冷库', row_key: 'site:x' })
    const before = await stored('sites', id)
    const report = await edited(
      await riskList(),
      [
        { row: 0, header: '责任人', value: '李示例' },
        { row: 0, header: '类型', value: null },
        { row: 0, header: '风险等级', value: '低' },
      ],
      'sites',
    )
    expect(faultsOf(report)).toEqual(['4 warning COMPUTED_CELL 风险等级'])
    expect(report.columns.unknown).toEqual([])
    const committed = await commit(test, report)
    expect(await stored('sites', id)).toEqual({
      ...before,
      responsible_person: '李示例',
      kind: null,
      version: 2,
    })
    await test.post('analyst', `/api/imports/${committed.id}/undo`)
    expect(await stored('sites', id)).toEqual({ ...before, version: 3 })
  })
})
