import type { Knex } from 'knex'
import type { User } from '../access/model.ts'
import { recordChange } from '../db/changes.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { commitHazards } from './commit-hazards.ts'
import { type CommitJob, OutdatedError, StateError, type Typed, type Written } from './commit-job.ts'
import { holdSequence } from './commit-queries.ts'
import { commitRisks } from './commit-risks.ts'
import { commitSiteEdits, commitSites } from './commit-sites.ts'
import type { HazardReading } from './hazard-changes.ts'
import type { RiskReading } from './match-risks.ts'
import type { SiteReading } from './match-sites.ts'
import { type ImportRecord, lockImport, updateImport } from './queries.ts'
import { markWritten, type StoredRow, sliceRows } from './row-queries.ts'
import { recheckRows } from './run-check.ts'
import type { ImportReport } from './schema.ts'

/**
 * Writes every accepted row in one transaction, or none. While it runs nobody else changes map data; if something
 * changed since the check, the rows are checked again first, and a different outcome stops the commit.
 */
export async function commitImport(db: Knex, record: ImportRecord, user: User, at: Date): Promise<void> {
  await db.transaction(async (transaction) => {
    if ((await lockImport(transaction, record.id)) !== 'checked') throw new StateError()
    const sequence = await holdSequence(transaction)
    if (sequence !== record.options.checkedSequence) await assertStillRight(transaction, record, user, at)
    const result = { created: 0, changed: 0, sites: 0, events: 0 }
    const areaCodes = new Set<string | null>()
    const sectors = new Set<string>()
    const job: CommitJob = { importId: record.id, user, at, sitesMade: new Map(), sitesMoved: new Set() }
    if (record.kind === 'risks') {
      const places = await commitSiteEdits(transaction, job)
      for (const code of places.areaCodes) areaCodes.add(code)
      for (const sector of places.sectors) sectors.add(sector)
    }
    for await (const rows of sliceRows(transaction, record.id, ['new', 'changed'])) {
      const written = await writeRows(transaction, record, rows, job)
      await markWritten(transaction, record.id, written.rows)
      addResult(result, written.result)
      for (const code of written.areaCodes) areaCodes.add(code)
      for (const sector of written.sectors) sectors.add(sector)
    }
    const report = { ...record.report, result }
    await updateImport(transaction, record.id, { state: 'committed', committedAt: at, report })
    if (result.created + result.changed === 0) return
    if (record.kind !== 'hazards') await refreshExposure(transaction, { importId: record.id }, at)
    if (job.sitesMoved.size > 0) await refreshExposure(transaction, { siteIds: [...job.sitesMoved] }, at)
    await recordChange(transaction, {
      kind: 'import',
      id: record.id,
      areaCodes: [...areaCodes],
      sectors: [...sectors],
    })
  })
}

type Result = NonNullable<ImportReport['result']>

function addResult(total: Result, part: Result): void {
  for (const name of ['created', 'changed', 'sites', 'events'] as const) total[name] += part[name]
}

async function assertStillRight(
  transaction: Knex,
  record: ImportRecord,
  user: User,
  at: Date,
): Promise<void> {
  const { result } = await recheckRows(transaction, record, user, at)
  const checked = new Map(result.rows.map((row) => [row.source.position, row]))
  let different = 0
  for await (const rows of sliceRows(transaction, record.id)) {
    different += rows.filter((row) => {
      const now = checked.get(row.position)
      return (
        now?.outcome !== row.outcome ||
        now.targetId !== row.targetId ||
        (row.outcome === 'changed' &&
          (now.targetVersion !== row.before.targetVersion || now.site?.version !== row.before.site?.version))
      )
    }).length
  }
  if (different > 0) throw new OutdatedError(different)
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
