import type { Knex } from 'knex'
import type { StoredCell } from './cells.ts'
import type { AnyReading } from './check.ts'
import type { Changes, CheckedRow, Corrections, SourceRow } from './model.ts'
import type { ImportOutcome, ImportRowQuery, RowIssue } from './schema.ts'
import { letOthersGo } from './turns.ts'

const BATCH = 500

/** Rows go in as one JSON value a batch: thousands of single bindings are slow on both engines. */
export async function insertRows(
  transaction: Knex,
  importId: string,
  rows: readonly CheckedRow<AnyReading>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await transaction.raw(
      `insert into import_rows
         (import_id, position, sheet, row_number, outcome, cells, record, issues, target_id, before)
       select :importId::uuid, position, sheet, "row", outcome, cells, record, issues, "targetId", before
       from jsonb_to_recordset(:rows::jsonb) as fresh(position int, sheet text, "row" int, outcome text, cells jsonb,
         record jsonb, issues jsonb, "targetId" uuid, before jsonb)`,
      { importId, rows: JSON.stringify(rows.slice(start, start + BATCH).map(asStoredRow)) },
    )
    await letOthersGo()
  }
}

/** Writes what a new check found for the rows of an import. */
export async function updateRows(
  transaction: Knex,
  importId: string,
  rows: readonly CheckedRow<AnyReading>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await transaction.raw(
      `update import_rows set outcome = fresh.outcome, cells = fresh.cells, record = fresh.record,
         issues = fresh.issues, target_id = fresh."targetId", before = fresh.before
       from jsonb_to_recordset(:rows::jsonb) as fresh(position int, outcome text, cells jsonb, record jsonb,
         issues jsonb, "targetId" uuid, before jsonb)
       where import_rows.import_id = :importId::uuid and import_rows.position = fresh.position`,
      { importId, rows: JSON.stringify(rows.slice(start, start + BATCH).map(asStoredRow)) },
    )
    await letOthersGo()
  }
}

/** What is known of the target: what commit changes, and the versions before and after it. */
export interface StoredTarget {
  changes: Changes
  targetVersion: number | null
  writtenVersion: number | null
  isKeyed?: boolean
  site?: { id: string; version: number; changes: Changes; writtenVersion: number | null }
}

function asStoredRow(row: CheckedRow<AnyReading>) {
  const target: StoredTarget = {
    changes: row.changes,
    targetVersion: row.targetVersion,
    writtenVersion: null,
    ...(row.isKeyed ? { isKeyed: true } : {}),
    ...(row.site ? { site: { ...row.site, writtenVersion: null } } : {}),
  }
  return {
    position: row.source.position,
    sheet: row.source.sheet,
    row: row.source.row,
    outcome: row.outcome,
    cells: { values: row.source.cells, corrections: row.source.corrections },
    record: row.outcome === 'rejected' ? { ...placeOf(row.record) } : row.record,
    issues: row.issues,
    targetId: row.targetId,
    before: target,
  }
}

/** Of a row that is kept out only the place is kept, for showing it on the map. */
function placeOf(record: AnyReading): { lng: number | null; lat: number | null } {
  const place = 'site' in record ? record.site : record
  return { lng: place.lng, lat: place.lat }
}

/** Notes after commit which thing each row became and at which version it was left. */
export async function markWritten(
  transaction: Knex,
  importId: string,
  written: readonly { position: number; targetId: string; writtenVersion: number }[],
): Promise<void> {
  for (let start = 0; start < written.length; start += BATCH) {
    await transaction.raw(
      `update import_rows set target_id = fresh."targetId",
         before = jsonb_set(before, '{writtenVersion}', to_jsonb(fresh."writtenVersion"))
       from jsonb_to_recordset(:written::jsonb) as fresh(position int, "targetId" uuid, "writtenVersion" int)
       where import_rows.import_id = :importId::uuid and import_rows.position = fresh.position`,
      { importId, written: JSON.stringify(written.slice(start, start + BATCH)) },
    )
  }
}

/** Notes after commit at which version the place beside each risk was left. */
export async function markSitesWritten(
  transaction: Knex,
  importId: string,
  written: readonly { position: number; writtenVersion: number }[],
): Promise<void> {
  for (let start = 0; start < written.length; start += BATCH) {
    await transaction.raw(
      `update import_rows set before = jsonb_set(before, '{site,writtenVersion}', to_jsonb(fresh."writtenVersion"))
       from jsonb_to_recordset(:written::jsonb) as fresh(position int, "writtenVersion" int)
       where import_rows.import_id = :importId::uuid and import_rows.position = fresh.position`,
      { importId, written: JSON.stringify(written.slice(start, start + BATCH)) },
    )
  }
}

export interface StoredRow {
  position: number
  sheet: string
  row: number
  outcome: ImportOutcome
  cells: { values: StoredCell[]; corrections: Corrections }
  record: AnyReading
  issues: RowIssue[]
  targetId: string | null
  before: StoredTarget
}

const ROW_COLUMNS = [
  'position',
  'sheet',
  'row_number as row',
  'outcome',
  'cells',
  'record',
  'issues',
  'target_id as targetId',
  'before',
]

/** Rows of an import in the order of the file, as many as asked for after a position. */
export async function listRowSlice(
  db: Knex,
  importId: string,
  { after, limit, outcomes }: { after: number; limit: number; outcomes?: readonly ImportOutcome[] },
): Promise<StoredRow[]> {
  const query = db('import_rows')
    .select(ROW_COLUMNS)
    .where({ import_id: importId })
    .where('position', '>', after)
  if (outcomes) query.whereIn('outcome', outcomes)
  return query.orderBy('position').limit(limit)
}

const SLICE = 500

/** All of them, slice by slice: tens of thousands of rows are never in memory at once. */
export async function* sliceRows(
  db: Knex,
  importId: string,
  outcomes?: readonly ImportOutcome[],
): AsyncGenerator<StoredRow[]> {
  for (let after = -1; ; ) {
    const rows = await listRowSlice(db, importId, { after, limit: SLICE, ...(outcomes ? { outcomes } : {}) })
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.position
    await letOthersGo()
  }
}

export async function listSources(db: Knex, importId: string): Promise<SourceRow[]> {
  const rows: Pick<StoredRow, 'position' | 'sheet' | 'row' | 'cells'>[] = await db('import_rows')
    .select('position', 'sheet', 'row_number as row', 'cells')
    .where({ import_id: importId })
    .orderBy('position')
  return rows.map(({ cells, ...row }) => ({ ...row, cells: cells.values, corrections: cells.corrections }))
}

export async function listRows(
  db: Knex,
  importId: string,
  query: Omit<ImportRowQuery, 'limit' | 'cursor'> & { limit: number; after: number | null },
): Promise<{ rows: StoredRow[]; total: number }> {
  const narrowed = db('import_rows').where({ import_id: importId })
  if (query.outcome) narrowed.where({ outcome: query.outcome })
  const pattern = {
    ...(query.level ? { level: query.level } : {}),
    ...(query.code ? { code: query.code } : {}),
  }
  if (Object.keys(pattern).length > 0) narrowed.whereRaw('issues @> ?::jsonb', [JSON.stringify([pattern])])
  const count = await narrowed.clone().count('* as total').first()
  const rows = narrowed
    .select(ROW_COLUMNS)
    .orderBy('position')
    .limit(query.limit + 1)
  if (query.after !== null) rows.where('position', '>', query.after)
  return { rows: await rows, total: Number(count?.total ?? 0) }
}

/** Rows with a fault that a remedy answers, between two positions. */
export async function listRowsWithIssue(
  db: Knex,
  importId: string,
  { code, first, last }: { code: string; first: number; last: number },
): Promise<Pick<StoredRow, 'position' | 'cells' | 'issues'>[]> {
  return db('import_rows')
    .select('position', 'cells', 'issues')
    .where({ import_id: importId })
    .whereBetween('position', [first, last])
    .whereRaw('issues @> ?::jsonb', [JSON.stringify([{ code }])])
    .orderBy('position')
}

/** Keeps what a person corrected in rows; the next check reads them so. */
export async function updateCells(
  transaction: Knex,
  importId: string,
  rows: readonly Pick<StoredRow, 'position' | 'cells'>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await transaction.raw(
      `update import_rows set cells = fresh.cells
       from jsonb_to_recordset(:rows::jsonb) as fresh(position int, cells jsonb)
       where import_rows.import_id = :importId::uuid and import_rows.position = fresh.position`,
      { importId, rows: JSON.stringify(rows.slice(start, start + BATCH)) },
    )
  }
}
