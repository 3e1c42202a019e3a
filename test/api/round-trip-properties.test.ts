import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../server/imports/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { ENGINE } from '../harness/database.ts'
import { type CellEdit, editWorkbook } from '../harness/edit-workbook.ts'
import { check, commit } from '../harness/import-files.ts'
import { fillDatabase, type Plan, plans } from '../harness/random-data.ts'
import { HAZARD_EDITS, RISK_EDITS, type TriedEdit, tryEdits } from '../harness/random-edits.ts'

/** Each run fills a database, exports and imports; the embedded engine is many times slower at it. */
const RUNS = ENGINE === 'postgresql' ? 15 : 3
const TIME_LIMIT = 300_000

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
const empty = () => test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
beforeEach(empty)

const FILES = [
  { url: '/api/hazards.xlsx', kind: 'hazards' },
  { url: '/api/hazards.csv', kind: 'hazards' },
  { url: '/api/risk-list.xlsx', kind: 'risks' },
  { url: '/api/risk-list.xlsx', kind: 'sites' },
  { url: '/api/risk-list.csv', kind: 'sites' },
] as const

async function exported(url: string): Promise<Buffer> {
  const reply = await test.get('analyst', url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.rawPayload
}
const checked = (bytes: Buffer, url: string, kind: string): Promise<ImportReport> =>
  check(test, bytes, { kind, fileName: `x${url.slice(url.lastIndexOf('.'))}` })

async function forEachPlan(assert: (plan: Plan) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      await empty()
      await fillDatabase(test.database.knex, plan)
      await assert(plan)
    }),
    { numRuns: RUNS, endOnFailure: false },
  )
}

/** Every row of the tables that an import writes, as the database holds it. */
async function wholeTables(): Promise<Record<string, Map<string, Record<string, unknown>>>> {
  const tables: Record<string, Map<string, Record<string, unknown>>> = {}
  for (const table of ['hazards', 'sites', 'risks']) {
    const { rows } = await test.database.knex.raw(
      `select ${table}.*${table === 'risks' ? '' : ', ST_AsText(geom) as geom'} from ${table}`,
    )
    tables[table] = new Map(
      // the level of a site follows from its risks
      rows.map(({ updated_at: _, risk_level: __, ...row }: Record<string, unknown>) => [row.id, row]),
    )
  }
  return tables
}

describe('whatever the list holds', () => {
  it(
    'export and import again is no change, no fault, no word',
    () =>
      forEachPlan(async (plan) => {
        for (const { url, kind } of FILES) {
          const total = { hazards: plan.hazards, risks: plan.risks, sites: plan.sites }[kind].length
          if (total === 0) continue
          const report = await checked(await exported(url), url, kind)
          expect({ url, kind, issues: report.issues, ...report.counts }).toMatchObject({
            issues: [],
            total,
            unchanged: total,
            new: 0,
            changed: 0,
            rejected: 0,
            warned: 0,
            cells: 0,
            conflicts: 0,
          })
          expect(report.columns.unknown).toEqual([])
        }
      }),
    TIME_LIMIT,
  )

  it.each([
    {
      table: 'hazards',
      url: '/api/hazards.xlsx?sort=number',
      sheet: '隐患排查治理台账',
      edits: HAZARD_EDITS,
    },
    { table: 'risks', url: '/api/risk-list.xlsx', sheet: '安全风险分级管控清单', edits: RISK_EDITS },
  ] as const)(
    'so many edited cells change so many facts and nothing else: $table',
    ({ table, url, sheet, edits }) =>
      forEachPlan(async (plan) => {
        if (plan[table].length === 0) return
        const bytes = await exported(url)
        const tried = await tryEdits(bytes, sheet, edits, plan.choices)
        const cells: CellEdit[] = tried.map(({ row, header, value }) => ({ row, header, value }))
        const before = await wholeTables()
        const report = await checked(await editWorkbook(bytes, sheet, cells), url, table)
        expect(report.issues).toEqual([])
        if (tried.length > 0) await commit(test, report)
        const after = await wholeTables()
        expectOnly(before, after, table, tried)
        expect(report.counts.changed).toBe(new Set(tried.map(({ id }) => id)).size)
      }),
    TIME_LIMIT,
  )
})

/** The tables are as before, but for the facts that the edits name; a row's version rises once, however many they are. */
function expectOnly(
  before: Awaited<ReturnType<typeof wholeTables>>,
  after: Awaited<ReturnType<typeof wholeTables>>,
  table: string,
  tried: readonly TriedEdit[],
): void {
  const expected = structuredClone(before)
  for (const { id, facts } of tried) {
    const row = expected[table]?.get(id)
    const version = before[table]?.get(id)?.version
    if (!row || typeof version !== 'number') throw new Error(`no row ${id}`)
    Object.assign(row, facts, { version: version + 1 })
  }
  for (const name of Object.keys(before)) expect(after[name], name).toEqual(expected[name])
}
