import type { Knex } from 'knex'
import type { User } from '../access/model.ts'
import { recordChange } from '../db/changes.ts'
import { commitHazards } from './commit-hazards.ts'
import { type CommitJob, OutdatedError, StateError, type Typed, type Written } from './commit-job.ts'
import { holdSequence } from './commit-queries.ts'
import { commitRisks, commitSites } from './commit-sites.ts'
import type { HazardReading } from './match-hazards.ts'
import type { RiskReading } from './match-risks.ts'
import type { SiteReading } from './match-sites.ts'
import {
  type ImportRecord,
  listAllRows,
  lockImport,
  markWritten,
  type StoredRow,
  updateImport,
} from './queries.ts'
import { recheckRows } from './run-check.ts'

/**
 * Writes every accepted row in one transaction, or none. While it runs nobody else changes map data; if something
 * changed since the check, the rows are checked again first, and a different outcome stops the commit.
 */
export async function commitImport(db: Knex, record: ImportRecord, user: User, at: Date): Promise<void> {
  await db.transaction(async (transaction) => {
    if ((await lockImport(transaction, record.id)) !== 'checked') throw new StateError()
    const sequence = await holdSequence(transaction)
    if (sequence !== record.options.checkedSequence) await assertStillRight(transaction, record, user, at)
    const rows = await listAllRows(transaction, record.id, ['new', 'changed'])
    const written = await writeRows(transaction, record, rows, { importId: record.id, user, at })
    await markWritten(transaction, record.id, written.rows)
    await updateImport(transaction, record.id, {
      state: 'committed',
      committedAt: at,
      report: { ...record.report, result: written.result },
    })
    if (written.rows.length > 0) {
      await recordChange(transaction, {
        kind: 'import',
        id: record.id,
        areaCodes: written.areaCodes,
        sectors: written.sectors,
      })
    }
  })
}

async function assertStillRight(
  transaction: Knex,
  record: ImportRecord,
  user: User,
  at: Date,
): Promise<void> {
  const { result } = await recheckRows(transaction, record, user, at)
  const stored = new Map((await listAllRows(transaction, record.id)).map((row) => [row.position, row]))
  const different = result.rows.filter((row) => {
    const before = stored.get(row.source.position)
    return (
      before?.outcome !== row.outcome ||
      before.targetId !== row.targetId ||
      (row.outcome === 'changed' && before.before.targetVersion !== row.targetVersion)
    )
  })
  if (different.length > 0) throw new OutdatedError(different.length)
}

function writeRows(
  transaction: Knex,
  record: ImportRecord,
  rows: StoredRow[],
  job: CommitJob,
): Promise<Written> {
  if (record.kind === 'hazards') return commitHazards(transaction, rows as Typed<HazardReading>[], job)
  if (record.kind === 'risks') return commitRisks(transaction, rows as Typed<RiskReading>[], job)
  return commitSites(transaction, rows as Typed<SiteReading>[], job)
}
