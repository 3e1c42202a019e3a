import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { type CommitJob, OutdatedError, type Typed, type Written } from './commit-job.ts'
import { insertSites, listWhereabouts, updateVersioned } from './commit-queries.ts'
import type { SiteReading } from './match-sites.ts'
import type { Changes } from './model.ts'
import { markSitesWritten, sliceRows } from './row-queries.ts'

export const valuesOf = (changes: Changes) =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]))

export async function commitSites(
  transaction: Knex,
  rows: Typed<SiteReading>[],
  job: CommitJob,
): Promise<Written> {
  const created = rows.filter((row) => row.outcome === 'new').map((row) => ({ row, id: uuid() }))
  const changed = rows.filter((row) => row.outcome === 'changed')
  await insertSites(
    transaction,
    job.importId,
    job.at,
    created.map(({ row, id }) => ({ ...row.record, id })),
  )
  const rowsWritten: Written['rows'] = created.map(({ row, id }) => ({
    position: row.position,
    targetId: id,
    writtenVersion: 1,
  }))
  for (const { position, targetId, before, record } of changed) {
    // a place found by its credit code under another name is known by its new name from now on
    const facts = valuesOf(before.changes)
    if (targetId !== null && 'lng' in facts) job.sitesMoved.add(targetId)
    const values = before.isKeyed ? facts : { ...facts, rowKey: record.rowKey, importId: job.importId }
    rowsWritten.push(await writeChange(transaction, 'sites', { position, targetId, before, values }, job))
  }
  const whereabouts = await listWhereabouts(
    transaction,
    'sites',
    rowsWritten.map((row) => row.targetId),
  )
  const areaCodesBefore = changed.map(
    ({ before }) => (before.changes.areaCode?.from as string | undefined) ?? null,
  )
  return {
    rows: rowsWritten,
    result: { created: created.length, changed: changed.length, sites: created.length, events: 0 },
    areaCodes: [...whereabouts.map(({ areaCode }) => areaCode), ...areaCodesBefore],
    sectors: whereabouts.map(({ sector }) => sector),
  }
}

/**
 * Writes the edits of places that stand beside risks, each place once with the edits of all its rows: they were checked
 * not to contradict one another.
 */
export async function commitSiteEdits(
  transaction: Knex,
  job: CommitJob,
): Promise<Pick<Written, 'areaCodes' | 'sectors'>> {
  const edits = new Map<string, { version: number; changes: Changes; positions: number[] }>()
  for await (const rows of sliceRows(transaction, job.importId, ['changed'])) {
    for (const { position, before } of rows) {
      if (!before.site) continue
      const { id, version, changes } = before.site
      const edit = edits.get(id) ?? { version, changes: {}, positions: [] }
      Object.assign(edit.changes, changes)
      edit.positions.push(position)
      edits.set(id, edit)
    }
  }
  const written: { position: number; writtenVersion: number }[] = []
  for (const [id, { version, changes, positions }] of edits) {
    const values = valuesOf(changes)
    const isWritten = await updateVersioned(transaction, 'sites', { id, version, values }, job.at)
    if (!isWritten) throw new OutdatedError(positions.length)
    if ('lng' in values) job.sitesMoved.add(id)
    for (const position of positions) written.push({ position, writtenVersion: version + 1 })
  }
  await markSitesWritten(transaction, job.importId, written)
  const whereabouts = await listWhereabouts(transaction, 'sites', [...edits.keys()])
  const before = [...edits.values()].flatMap(({ changes }) =>
    changes.areaCode ? [changes.areaCode.from as string | null] : [],
  )
  return {
    areaCodes: [...whereabouts.map(({ areaCode }) => areaCode), ...before],
    sectors: whereabouts.map(({ sector }) => sector),
  }
}

export async function writeChange(
  transaction: Knex,
  table: 'sites' | 'risks',
  change: Pick<Typed<unknown>, 'position' | 'targetId' | 'before'> & { values: Record<string, unknown> },
  job: CommitJob,
): Promise<Written['rows'][number]> {
  const { position, targetId, before, values } = change
  const version = before.targetVersion
  if (targetId === null || version === null) throw new OutdatedError(1)
  const isWritten = await updateVersioned(transaction, table, { id: targetId, version, values }, job.at)
  if (!isWritten) throw new OutdatedError(1)
  return { position, targetId, writtenVersion: version + 1 }
}
