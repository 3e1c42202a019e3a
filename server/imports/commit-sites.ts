import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { deriveRiskLevels } from '../risk/derive.ts'
import { type CommitJob, OutdatedError, type Typed, type Written } from './commit-job.ts'
import { insertRisks, insertSites, listWhereabouts, updateVersioned } from './commit-queries.ts'
import type { RiskReading } from './match-risks.ts'
import type { SiteReading } from './match-sites.ts'
import type { Changes } from './model.ts'

const valuesOf = (changes: Changes) =>
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
    const values = { ...valuesOf(before.changes), rowKey: record.rowKey, importId: job.importId }
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

export async function commitRisks(
  transaction: Knex,
  rows: Typed<RiskReading>[],
  job: CommitJob,
): Promise<Written> {
  const created = rows.filter((row) => row.outcome === 'new').map((row) => ({ row, id: uuid() }))
  const changed = rows.filter((row) => row.outcome === 'changed')
  const newSites = makeSites(rows, job)
  await insertSites(transaction, job.importId, job.at, [...newSites.values()])
  for (const [key, site] of newSites) job.sitesMade.set(key, site.id)
  const siteIdOf = ({ record }: Typed<RiskReading>): string =>
    record.siteId ?? job.sitesMade.get(record.site.rowKey) ?? ''
  await insertRisks(
    transaction,
    job.importId,
    job.at,
    created.map(({ row, id }) => ({ ...row.record, id, siteId: siteIdOf(row) })),
  )
  const rowsWritten: Written['rows'] = created.map(({ row, id }) => ({
    position: row.position,
    targetId: id,
    writtenVersion: 1,
  }))
  for (const { position, targetId, before } of changed) {
    const values = { ...valuesOf(before.changes), importId: job.importId }
    rowsWritten.push(await writeChange(transaction, 'risks', { position, targetId, before, values }, job))
  }
  const siteIds = rows.map(siteIdOf)
  await deriveRiskLevels(transaction, siteIds, job.at)
  const whereabouts = await listWhereabouts(transaction, 'sites', siteIds)
  return {
    rows: rowsWritten,
    result: { created: created.length, changed: changed.length, sites: newSites.size, events: 0 },
    areaCodes: whereabouts.map(({ areaCode }) => areaCode),
    sectors: whereabouts.map(({ sector }) => sector),
  }
}

/** Each place once; of its rows the first with coordinates says where it is. */
function makeSites(rows: Typed<RiskReading>[], job: CommitJob): Map<string, SiteReading & { id: string }> {
  const sites = new Map<string, SiteReading & { id: string }>()
  for (const { record } of rows) {
    if (record.siteId !== null || job.sitesMade.has(record.site.rowKey)) continue
    const present = sites.get(record.site.rowKey)
    if (!present) sites.set(record.site.rowKey, { ...record.site, id: uuid() })
    else if (present.lng === null && record.site.lng !== null) {
      const { lng, lat, coordinateText, coordinateSystem, areaCode, areaBasis } = record.site
      Object.assign(present, { lng, lat, coordinateText, coordinateSystem, areaCode, areaBasis })
    }
  }
  return sites
}

async function writeChange(
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
