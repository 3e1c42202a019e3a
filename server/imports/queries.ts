import type { Knex } from 'knex'
import type { CoordinateSystem, ImportKind, ImportState } from '../core/vocabulary.ts'
import type { SheetLayout } from './layout.ts'
import type { StoredReport } from './report.ts'
import type { ImportOptions } from './schema.ts'

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

/** Gives an import up that waits for its commit; answers whether it did. Its rows stay, as a record. */
export async function discardImport(db: Knex, id: string): Promise<boolean> {
  const count = await db('imports').where({ id, state: 'checked' }).update({ state: 'discarded' })
  return count === 1
}

/** Gives up what has waited for its commit since before a moment. */
export async function discardWaitingSince(db: Knex, moment: Date): Promise<void> {
  await db('imports')
    .where({ state: 'checked' })
    .where('created_at', '<', moment)
    .update({ state: 'discarded' })
}
