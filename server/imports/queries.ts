import type { Knex } from 'knex'
import type { CoordinateSystem, ImportKind, ImportState } from '../core/vocabulary.ts'
import type { StoredCell } from './cells.ts'
import type { AnyReading } from './check.ts'
import type { SheetLayout } from './layout.ts'
import type { Changes, CheckedRow, Corrections, SourceRow } from './model.ts'
import type { StoredReport } from './report.ts'
import type { ImportOptions, ImportOutcome, ImportRowQuery, RowIssue } from './schema.ts'

/** What an import keeps besides the report that people see. */
export interface StoredOptions {
  chosen: ImportOptions
  layouts: SheetLayout[]
  /** The change sequence at the beginning of the check: if it still stands at commit, nothing changed since. */
  checkedSequence: number
}

export interface ImportRecord {
  id: string
  kind: ImportKind
  fileName: string
  coordinateSystem: CoordinateSystem
  state: ImportState
  options: StoredOptions
  report: StoredReport
  createdBy: string | null
  createdByName: string | null
  createdAt: Date
  committedAt: Date | null
  undoneAt: Date | null
}

const COLUMNS = `imports.id, imports.kind, imports.file_name as "fileName",
  imports.coordinate_system as "coordinateSystem", imports.state, imports.options, imports.report,
  imports.created_by as "createdBy", users.display_name as "createdByName", imports.created_at as "createdAt",
  imports.committed_at as "committedAt", imports.undone_at as "undoneAt"`

/** `createdBy` narrows to the imports of one person; null: everybody's. */
export async function findImport(
  db: Knex,
  id: string,
  createdBy: string | null,
): Promise<ImportRecord | undefined> {
  const query = db('imports').leftJoin('users', 'users.id', 'imports.created_by').where('imports.id', id)
  if (createdBy !== null) query.where('imports.created_by', createdBy)
  return query.select(db.raw(COLUMNS)).first()
}

/** Keeps others from changing the import until the transaction ends; answers its state. */
export async function lockImport(transaction: Knex, id: string): Promise<ImportState | null> {
  const row = await transaction('imports').select('state').where({ id }).forUpdate().first()
  return row?.state ?? null
}

/** Newest first; a page starts after the last row of the page before. */
export async function listImports(
  db: Knex,
  request: { createdBy: string | null; limit: number; after: { createdAt: string; id: string } | null },
): Promise<{ rows: ImportRecord[]; total: number }> {
  const narrow = <T extends Knex.QueryBuilder>(query: T): T => {
    if (request.createdBy !== null) query.where('imports.created_by', request.createdBy)
    return query
  }
  const query = narrow(db('imports').leftJoin('users', 'users.id', 'imports.created_by'))
  if (request.after) {
    query.whereRaw(
      `(date_trunc('milliseconds', imports.created_at), imports.id) < (:createdAt::timestamptz, :id::uuid)`,
      {
        ...request.after,
      },
    )
  }
  const rows = await query
    .select(db.raw(COLUMNS))
    .orderByRaw(`date_trunc('milliseconds', imports.created_at) desc, imports.id desc`)
    .limit(request.limit + 1)
  const count = await narrow(db('imports')).count('* as total').first()
  return { rows, total: Number(count?.total ?? 0) }
}

export interface NewImport {
  id: string
  kind: ImportKind
  fileName: string
  fileSha256: string
  coordinateSystem: CoordinateSystem
  options: StoredOptions
  report: StoredReport
  createdBy: string | null
  createdAt: Date
}

export async function insertImport(transaction: Knex, record: NewImport): Promise<void> {
  await transaction('imports').insert({
    id: record.id,
    kind: record.kind,
    file_name: record.fileName,
    file_sha256: record.fileSha256,
    coordinate_system: record.coordinateSystem,
    state: 'checked',
    options: JSON.stringify(record.options),
    report: JSON.stringify(record.report),
    created_by: record.createdBy,
    created_at: record.createdAt,
  })
}

export async function updateImport(
  transaction: Knex,
  id: string,
  changes: {
    coordinateSystem?: CoordinateSystem
    state?: ImportState
    options?: StoredOptions
    report?: StoredReport
    committedAt?: Date
    undoneAt?: Date
  },
): Promise<void> {
  await transaction('imports')
    .where({ id })
    .update({
      ...(changes.coordinateSystem ? { coordinate_system: changes.coordinateSystem } : {}),
      ...(changes.state ? { state: changes.state } : {}),
      ...(changes.options ? { options: JSON.stringify(changes.options) } : {}),
      ...(changes.report ? { report: JSON.stringify(changes.report) } : {}),
      ...(changes.committedAt ? { committed_at: changes.committedAt } : {}),
      ...(changes.undoneAt ? { undone_at: changes.undoneAt } : {}),
    })
}

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
  }
}

/** What is known of the target: what commit changes, and the versions before and after it. */
export interface StoredTarget {
  changes: Changes
  targetVersion: number | null
  writtenVersion: number | null
}

function asStoredRow(row: CheckedRow<AnyReading>) {
  const target: StoredTarget = {
    changes: row.changes,
    targetVersion: row.targetVersion,
    writtenVersion: null,
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

/** All rows of an import in the order of the file. */
export async function listAllRows(
  db: Knex,
  importId: string,
  outcomes?: ImportOutcome[],
): Promise<StoredRow[]> {
  const query = db('import_rows').select(ROW_COLUMNS).where({ import_id: importId }).orderBy('position')
  if (outcomes) query.whereIn('outcome', outcomes)
  return query
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

/** Gives an import up that waits for its commit; answers whether it did. Its rows stay, as a record. */
export async function discardImport(db: Knex, id: string): Promise<boolean> {
  const count = await db('imports').where({ id, state: 'checked' }).update({ state: 'discarded' })
  return count === 1
}
