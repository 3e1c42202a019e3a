import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { deriveRiskLevels } from '../risk/derive.ts'
import type { CommitJob, Typed, Written } from './commit-job.ts'
import { insertRisks, insertSites, listWhereabouts } from './commit-queries.ts'
import { valuesOf, writeChange } from './commit-sites.ts'
import type { RiskReading } from './match-risks.ts'
import type { SiteReading } from './match-sites.ts'

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
    const facts = valuesOf(before.changes)
    if (Object.keys(facts).length === 0) {
      // only the place beside it was edited
      rowsWritten.push({ position, targetId: targetId ?? '', writtenVersion: before.targetVersion ?? 0 })
      continue
    }
    const values = before.isKeyed ? facts : { ...facts, importId: job.importId }
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
