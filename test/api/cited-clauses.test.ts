import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestApp } from '../harness/app.ts'
import { openWithClauseLibrary } from '../harness/clause-library.ts'
import { makeEditor } from '../harness/editor.ts'
import { addHazard, addSite } from '../harness/fixture.ts'
import { check, commit, faultsOf, hazardLedger, hazardRow } from '../harness/import-files.ts'

/** Clauses in what is handed in and out: ledgers, exports, lists of a past day, counts. On 24 November 2026. */
let test: TestApp
beforeAll(async () => {
  test = await openWithClauseLibrary(new Date('2026-11-24T02:00:00Z'))
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, clause_confirmations cascade')
})

const confirm = (id: string) =>
  test.post('admin', `/api/clauses/${id}/confirmations`, {
    isConfirmed: true,
    source: 'GB 35181-2017 第 5 页',
  })

describe('a ledger', () => {
  it('is judged row by row by the day found, and stays a record of what was judged', async () => {
    await confirm('FD-6.5')
    const major = { 等级: '重大', 行业领域: '消防', 判定依据条款: 'FD-6.5', 时限: null }
    const report = await check(
      test,
      await hazardLedger([
        hazardRow(1, { ...major, 排查时间: '2024-06-01' }),
        hazardRow(2, { ...major, 排查时间: '2026-01-05' }),
        hazardRow(3, { ...major, 等级: '一般', 排查时间: '2026-01-05' }),
        hazardRow(4, {
          ...major,
          行业领域: '工贸',
          判定依据条款: '应急管理部令第10号第三条第（二）项',
          排查时间: '2026-01-05',
        }),
      ]),
      { username: 'analyst' },
    )
    expect(faultsOf(report)).toEqual([
      '5 error CLAUSE_NOT_IN_FORCE 判定依据条款',
      '6 warning CLAUSE_NOT_IN_FORCE 判定依据条款',
    ])
    expect(report.issues[0]?.reason).toContain('2025-11-01 起停止施行，由 GB 35181-2025 代替')
    expect(report.issues[0]?.reason).toContain('在发现日期 2026-01-05 不在施行期内')
    await commit(test, report)
    const { items } = (await test.get('analyst', '/api/hazards?severity=major&sort=foundOn')).json()
    expect(items.map((item: { clause: { id: string } }) => item.clause.id)).toEqual(['FD-6.5', 'GM-03-02'])
  })
})

describe('a ledger that was exported', () => {
  const { edited, ledger } = makeEditor(() => test)

  it('comes back unchanged though the clause is no longer confirmed, but not with a day out of its time', async () => {
    await addHazard(test.database.knex, {
      sector: 'fire',
      severity: 'major',
      clauseId: 'FD-6.5',
      foundOn: '2024-06-01',
      dueOn: null,
      originalDueOn: null,
    })
    const bytes = await ledger()
    expect(faultsOf(await edited(bytes, []))).toEqual([])
    const report = await edited(bytes, [{ row: 0, header: '排查时间', value: '2026-01-05' }])
    expect(faultsOf(report)).toEqual([expect.stringContaining('CLAUSE_NOT_IN_FORCE')])
  })
})

describe('what was known then', () => {
  it('tells of a past day whether the clause was confirmed on that day', async () => {
    const id = await addHazard(
      test.database.knex,
      { severity: 'suspected_major', clauseId: 'FD-6.5', foundOn: '2024-06-01' },
      new Date('2026-11-20T01:00:00Z'),
    )
    await confirm('FD-6.5')
    const confirmedOn = async (query: string) =>
      (await test.get('admin', `/api/hazards/${id}${query}`)).json().clause.confirmed
    expect(await confirmedOn('')).toBe(true)
    expect(await confirmedOn('?asOf=2026-11-23')).toBe(false)
  })

  it('is marked 待核 in the reasons of the risk list where it is', async () => {
    const siteId = await addSite(test.database.knex)
    await addHazard(test.database.knex, { siteId, severity: 'major', clauseId: 'FD-6.5' })
    const why = async () => (await test.get('admin', '/api/risk-list')).json().items[0].why.join('\n')
    expect(await why()).toContain('GB 35181-2017 6.5 待核')
    await confirm('FD-6.5')
    expect(await why()).not.toContain('待核')
  })

  it('is marked 待核 in an export where it is', async () => {
    await addHazard(test.database.knex, { severity: 'suspected_major', clauseId: 'FD-6.5' })
    const csv = (await test.get('admin', '/api/hazards.csv')).body
    expect(csv).toContain('GB 35181-2017 6.5（FD-6.5）待核')
  })
})

it('counts by clause follow the filters, and each opens its hazards', async () => {
  const db = test.database.knex
  await addHazard(db, { clauseId: 'GM-03-02', sector: 'industry' })
  await addHazard(db, { clauseId: 'GM-03-02', sector: 'industry', status: 'closed', closedOn: '2025-06-10' })
  await addHazard(db, { clauseId: 'SP-07', sector: 'small_place' })
  const summary = async (query: string) =>
    (await test.get('analyst', `/api/summary?by=clause${query}`)).json().items
  const all = await summary('')
  const of = (items: { clause: string; count: number }[], id: string) =>
    items.find((item) => item.clause === id)?.count
  expect([of(all, 'GM-03-02'), of(all, 'SP-07')]).toEqual([2, 1])
  expect(of(await summary('&status=open'), 'GM-03-02')).toBe(1)
  const opened = (await test.get('analyst', '/api/hazards?clauseId=GM-03-02&status=open')).json()
  expect(opened.total).toBe(1)
})
