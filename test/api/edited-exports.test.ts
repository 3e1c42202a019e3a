import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../server/imports/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { dropRows, editWorkbook } from '../harness/edit-workbook.ts'
import { makeEditor } from '../harness/editor.ts'
import { addHazard, EAST, IN_WEST, WEST } from '../harness/fixture.ts'
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
const { changesOf, edited, exported, ledger, patch, stored } = makeEditor(() => test)

describe('a ledger that was exported and edited by hand', () => {
  it('changes exactly the edited cells, counts them, and is taken back', async () => {
    const first = await addHazard(db(), { measures: '更换阀门', fundsWan: 0.8, locationText: '机房' })
    await addHazard(db(), { description: '第二处' })
    const before = await stored('hazards', first)
    const report = await edited(await ledger(), [
      { row: 0, header: '整改措施', value: '更换阀门；\n加装报警' },
      { row: 0, header: '资金', value: 1.5 },
      { row: 0, header: '时限', value: '2025/7/15' },
    ])
    expect(faultsOf(report)).toEqual([])
    expect(report.counts).toMatchObject({
      total: 2,
      changed: 1,
      unchanged: 1,
      new: 0,
      cells: 3,
      conflicts: 0,
    })
    expect(report.notes).toContain('2 行带行标识：只更新改过的格，没改的格保持系统里现在的内容')
    expect(await changesOf(report)).toEqual([
      {
        measures: { from: '更换阀门', to: '更换阀门；\n加装报警' },
        fundsWan: { from: 0.8, to: 1.5 },
        dueOn: { from: '2025-06-30', to: '2025-07-15' },
      },
    ])
    const committed = await commit(test, report)
    expect(await stored('hazards', first)).toEqual({
      ...before,
      measures: '更换阀门；\n加装报警',
      funds_wan: 1.5,
      due_on: '2025-07-15',
      version: 2,
    })
    const undone = (await test.post('analyst', `/api/imports/${committed.id}/undo`)).json()
    expect(undone).toMatchObject({ withdrawn: 0, restored: 1, kept: [] })
    expect(await stored('hazards', first)).toEqual({ ...before, version: 3 })
  })

  it('clears what was emptied, and refuses to clear what no hazard can be without', async () => {
    const id = await addHazard(db(), { measures: '更换阀门', category: '设备', responsibleUnit: '恒泰' })
    const report = await edited(await ledger(), [
      { row: 0, header: '整改措施', value: null },
      { row: 0, header: '责任单位/责任人', value: null },
      { row: 0, header: '时限', value: null },
    ])
    expect(faultsOf(report)).toEqual([])
    await commit(test, report)
    expect(await stored('hazards', id)).toMatchObject({
      measures: null,
      responsible_unit: null,
      due_on: null,
      category: '设备',
    })
    const refused = await edited(await ledger(), [
      { row: 0, header: '行业领域', value: null },
      { row: 0, header: '等级', value: null },
      { row: 0, header: '存在的隐患及问题', value: '' },
    ])
    expect(faultsOf(refused).sort()).toEqual([
      '4 error REQUIRED_EMPTY 存在的隐患及问题',
      '4 error REQUIRED_EMPTY 等级',
      '4 error REQUIRED_EMPTY 行业领域',
    ])
    expect(refused.counts).toMatchObject({ rejected: 1, changed: 0 })
  })

  it('takes the edits that nobody else made, and asks about those that somebody did', async () => {
    const id = await addHazard(db(), { measures: '甲', category: '旧类', locationText: '机房' })
    const bytes = await ledger()
    await patch(`/api/hazards/${id}`, { version: 1, measures: '乙', locationText: '冷库' })
    const report = await edited(bytes, [
      { row: 0, header: '整改措施', value: '丙' },
      { row: 0, header: '类别', value: '新类' },
      // what both changed to the same is no conflict
      { row: 0, header: '排查地点', value: '冷库' },
    ])
    expect(faultsOf(report)).toEqual(['4 warning CONFLICT_CELL 整改措施'])
    expect(report.issues[0]).toMatchObject({
      reason: '导出以后系统里也改过：导出时「甲」，系统里「乙」，表里「丙」',
      conflict: { was: '甲', system: '乙', file: '丙' },
      proposal: { action: 'takeFileCell', field: 'measures', value: '丙' },
      alternative: { action: 'keepSystemCell', field: 'measures', value: '乙' },
    })
    expect(report.counts).toMatchObject({ changed: 1, cells: 1, conflicts: 1 })
    expect(await changesOf(report)).toEqual([{ category: { from: '旧类', to: '新类' } }])

    const remedy = (action: string) => ({
      code: 'CONFLICT_CELL',
      action,
      field: 'measures',
      firstPosition: 0,
      lastPosition: 0,
    })
    const kept: ImportReport = (
      await test.post('analyst', `/api/imports/${report.id}/remedies`, remedy('keepSystemCell'))
    ).json()
    expect(kept).toMatchObject({ issues: [], counts: { cells: 1, conflicts: 0 } })
    await commit(test, kept)
    expect(await stored('hazards', id)).toMatchObject({
      measures: '乙',
      category: '新类',
      location_text: '冷库',
      version: 3,
    })

    const again = await edited(bytes, [{ row: 0, header: '整改措施', value: '丙' }])
    const taken: ImportReport = (
      await test.post('analyst', `/api/imports/${again.id}/remedies`, remedy('takeFileCell'))
    ).json()
    expect(taken).toMatchObject({ issues: [], counts: { cells: 1, conflicts: 0 } })
    await commit(test, taken)
    expect(await stored('hazards', id)).toMatchObject({ measures: '丙', category: '新类', version: 4 })
  })

  it('leaves alone what changed in the system and not in the file', async () => {
    const id = await addHazard(db(), { measures: '甲' })
    const bytes = await ledger()
    await patch(`/api/hazards/${id}`, { version: 1, measures: '乙', dueOn: '2025-08-01' })
    const report = await check(test, bytes)
    expect([faultsOf(report), report.counts.unchanged, report.counts.changed]).toEqual([[], 1, 0])
  })

  it('checks again at commit when the system moved on meanwhile', async () => {
    const id = await addHazard(db(), { measures: '甲', category: '旧' })
    const report = await edited(await ledger(), [{ row: 0, header: '整改措施', value: '丙' }])
    await patch(`/api/hazards/${id}`, { version: 1, measures: '乙' })
    const reply = await test.post('analyst', `/api/imports/${report.id}/commit`)
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'IMPORT_OUTDATED'])
    const anew: ImportReport = (await test.get('analyst', `/api/imports/${report.id}`)).json()
    expect(faultsOf(anew)).toEqual(['4 warning CONFLICT_CELL 整改措施'])
    expect(await stored('hazards', id)).toMatchObject({ measures: '乙', version: 2 })
  })

  it('takes a row without a key for a new one, and tells a copied key', async () => {
    await addHazard(db(), { description: '原有', foundOn: '2025-06-02' })
    await addHazard(db(), { description: '另一条', foundOn: '2025-06-03' })
    const bytes = await ledger()
    const copied = await edited(bytes, [
      { row: 1, header: '行标识', value: null },
      { row: 1, header: '版本', value: null },
      { row: 1, header: '编号', value: null },
      { row: 1, header: '存在的隐患及问题', value: '新发现的一条' },
    ])
    expect(faultsOf(copied)).toEqual([])
    expect(copied.counts).toMatchObject({ new: 1, unchanged: 1, changed: 0 })
    const [first] = (await test.get('analyst', '/api/hazards?sort=number')).json().items
    const twice = await edited(bytes, [{ row: 1, header: '行标识', value: first.id }])
    expect(faultsOf(twice)).toEqual(['5 error DUPLICATE_KEY 行标识'])
    const unheard = await edited(bytes, [{ row: 1, header: '版本', value: 99 }])
    expect(faultsOf(unheard)).toEqual(['5 error UNKNOWN_ROW 行标识'])
    const broken = await edited(bytes, [{ row: 1, header: '版本', value: '三' }])
    expect(faultsOf(broken)).toEqual(['5 error BAD_ROW_KEY 行标识'])
  })

  it('does nothing about rows that were deleted from the file, and says so', async () => {
    await addHazard(db(), {})
    await addHazard(db(), { description: '第二处' })
    const report = await check(test, await dropRows(await ledger(), '隐患排查治理台账', [1]))
    expect(report.counts).toMatchObject({ total: 1, unchanged: 1 })
    expect(report.notes).toContain('导出时有 2 行，表里还有 1 行：删去的行在系统里原样保留')
  })

  it('answers an officer about another’s row as about one that is not there', async () => {
    const west = await addHazard(db(), { areaCode: WEST, ...IN_WEST, description: '西侧机密' })
    await addHazard(db(), { description: '东侧' })
    const officer = `officer-${EAST}`
    const own = await exported('/api/hazards.xlsx', officer)
    const reports = []
    for (const id of [west, '01890000-0000-7000-8000-000000000000']) {
      const bytes = await editWorkbook(own, '隐患排查治理台账', [
        { row: 0, header: '行标识', value: id },
        { row: 0, header: '整改措施', value: '改' },
      ])
      const report = await check(test, bytes, { username: officer })
      const { items } = (await test.get(officer, `/api/imports/${report.id}/rows`)).json()
      expect(JSON.stringify(items)).not.toContain('西侧机密')
      expect(items[0].targetId).toBeNull()
      reports.push(report.issues.map(({ value: _, ...issue }) => issue))
    }
    expect(reports[0]).toEqual(reports[1])
    expect(reports[0]?.map(({ level, code }) => [level, code])).toEqual([['error', 'UNKNOWN_ROW']])
    expect(await stored('hazards', west)).toMatchObject({ measures: null, version: 1 })
  })

  it('lets an officer edit the own rows of a file, but judge nothing major', async () => {
    const id = await addHazard(db(), { severity: 'major', clauseId: 'HC-01' })
    const officer = `officer-${EAST}`
    const bytes = await exported('/api/hazards.xlsx', officer)
    const plain = await editWorkbook(bytes, '隐患排查治理台账', [
      { row: 0, header: '整改措施', value: '停用' },
    ])
    const report = await check(test, plain, { username: officer })
    expect([faultsOf(report), report.counts.changed]).toEqual([[], 1])
    const lowered = await editWorkbook(bytes, '隐患排查治理台账', [{ row: 0, header: '等级', value: '一般' }])
    expect(faultsOf(await check(test, lowered, { username: officer }))).toEqual(['4 error ONLY_SUSPECT 等级'])
    expect(await stored('hazards', id)).toMatchObject({ severity: 'major', version: 1 })
  })

  it('says of cells that the system works out that their edits are not taken', async () => {
    await addHazard(db(), {})
    const report = await edited(await ledger(), [
      { row: 0, header: '编号', value: 'YH-1999-000001' },
      { row: 0, header: '所属街镇', value: '东方广场街道' },
    ])
    expect(faultsOf(report).sort()).toEqual([
      '4 warning COMPUTED_CELL 所属街镇',
      '4 warning COMPUTED_CELL 编号',
    ])
    expect(report.counts).toMatchObject({ changed: 0, unchanged: 1 })
  })

  it('moves a place, and the area with it; the other axis keeps its decimals', async () => {
    const id = await addHazard(db(), { lng: 125.4200001234, lat: 43.8600005678 })
    const report = await edited(await ledger(), [{ row: 0, header: '经度', value: 125.38 }])
    await commit(test, report)
    const { items } = (await test.get('analyst', '/api/hazards')).json()
    expect(items[0]).toMatchObject({ id, area: { code: WEST } })
    const lat = await db().raw('select ST_Y(geom) as lat from hazards where id = ?', [id])
    expect(lat.rows[0].lat).toBe(43.8600005678)
  })

  it('closes a hazard with its day, by either of the two columns of it', async () => {
    const id = await addHazard(db(), { status: 'submitted' })
    const open = await ledger()
    expect(faultsOf(await edited(open, [{ row: 0, header: '整改状态', value: '已销号' }]))).toEqual([
      '4 error CLOSED_WITHOUT_DATE 销号日期',
    ])
    await commit(
      test,
      await edited(open, [
        { row: 0, header: '整改状态', value: '已销号' },
        { row: 0, header: '验收时间', value: '2025-06-12' },
      ]),
    )
    expect(await stored('hazards', id)).toMatchObject({
      status: 'closed',
      closed_on: '2025-06-12',
      version: 2,
    })
    const back = await edited(await ledger(), [{ row: 0, header: '整改状态', value: '整改中' }])
    expect(faultsOf(back)).toEqual(['4 warning STATUS_KEPT 整改状态'])
  })
})
