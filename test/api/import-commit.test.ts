import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, IN_WEST, WEST } from '../harness/fixture.ts'
import { check, commit, faultsOf, hazardLedger, hazardRow } from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const hazards = async (username = 'analyst', query = '') =>
  (await test.get(username, `/api/hazards?sort=number&${query}`)).json()

describe('between check and commit', () => {
  it('a change that matters stops the commit, and the report is made anew', async () => {
    const bytes = await hazardLedger([hazardRow(1, { 整改措施: '清走货物' })])
    await commit(test, await check(test, await hazardLedger([hazardRow(1)])))
    const report = await check(test, bytes)
    const [hazard] = (await hazards()).items
    await test.patch('analyst', `/api/hazards/${hazard.id}`, { version: 1, measures: '清走货物' })
    const reply = await test.post('analyst', `/api/imports/${report.id}/commit`)
    expect(reply.json()).toMatchObject({ status: 409, code: 'IMPORT_OUTDATED', rows: 1 })
    const again = (await test.get('analyst', `/api/imports/${report.id}`)).json()
    expect(again).toMatchObject({ state: 'checked', counts: { changed: 0, unchanged: 1 }, mayCommit: false })
  })

  it('a change elsewhere does not', async () => {
    const report = await check(test, await hazardLedger([hazardRow(1)]))
    const added = await test.post('analyst', '/api/hazards', {
      description: '别处',
      sector: 'gas',
      severity: 'general',
      foundOn: '2025-06-18',
    })
    expect(added.statusCode, added.body).toBe(201)
    expect((await commit(test, report)).result).toMatchObject({ created: 1 })
  })

  it('two commits at once write once', async () => {
    const report = await check(test, await hazardLedger([hazardRow(1), hazardRow(2)]))
    const url = `/api/imports/${report.id}/commit`
    const replies = await Promise.all([test.post('analyst', url), test.post('analyst', url)])
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 409])
    expect((await hazards()).total).toBe(2)
  })

  it('nothing is half-written when a row fails in the database', async () => {
    const report = await check(test, await hazardLedger([hazardRow(1), hazardRow(2)]))
    // a number that somebody else used: the unique index refuses the second row
    await addHazard(test.database.knex, { number: 'YH-2025-000003' })
    const reply = await test.post('analyst', `/api/imports/${report.id}/commit`)
    expect(reply.json()).toMatchObject({ status: 409, code: 'ALREADY_EXISTS' })
    expect((await hazards()).total).toBe(1)
    expect((await test.get('analyst', `/api/imports/${report.id}`)).json()).toMatchObject({
      state: 'checked',
      result: null,
    })
    const left = await test.database.knex('hazard_events').count('* as n').first()
    expect(left).toEqual({ n: 1 })
  })
})

describe('an officer', () => {
  const OFFICER = 'officer-220171001'

  it('imports rows of the own areas only, and sees no other imports', async () => {
    await addHazard(test.database.knex, { rowKey: null, areaCode: WEST, ...IN_WEST })
    const report = await check(
      test,
      await hazardLedger([
        hazardRow(1),
        hazardRow(2, { 经度: IN_WEST.lng, 所属街镇: '东方广场街道' }),
        hazardRow(3, { 等级: '重大', 判定依据条款: 'HC-01' }),
      ]),
      { username: OFFICER },
    )
    expect(faultsOf(report)).toEqual(['5 error OUT_OF_SCOPE 所属街镇', '6 error ONLY_SUSPECT 等级'])
    await commit(test, report, OFFICER)
    expect((await hazards(OFFICER)).total).toBe(1)
    const others = await check(test, await hazardLedger([hazardRow(9)]))
    expect((await test.get(OFFICER, `/api/imports/${others.id}`)).json()).toMatchObject({ status: 404 })
    expect(
      (await test.get(OFFICER, '/api/imports')).json().items.map(({ id }: { id: string }) => id),
    ).toEqual([report.id])
    expect((await test.get('analyst', '/api/imports')).json().total).toBe(2)
  })

  it('learns nothing of a place of another area by naming it', async () => {
    await addSite(test.database.knex, {
      name: '西区库房（示例）',
      responsible_person: '不可见',
      ...IN_WEST,
      area_code: WEST,
    })
    const ledger = await hazardLedger(
      [{ 企业名称: '西区库房（示例）', 行业领域: '消防', 所属街镇: '临河街道', 责任人: '王示例' }],
      ['企业名称', '行业领域', '所属街镇', '责任人'],
    )
    const report = await check(test, ledger, { username: OFFICER, kind: 'sites' })
    expect(report.counts).toMatchObject({ total: 1, rejected: 1 })
    const rows = (await test.get(OFFICER, `/api/imports/${report.id}/rows`)).json()
    expect(rows.items).toMatchObject([{ outcome: 'rejected', targetId: null, changes: {} }])
    expect(JSON.stringify(rows)).not.toContain('不可见')
  })
})
