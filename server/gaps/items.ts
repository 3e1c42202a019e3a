import type { Knex } from 'knex'
import type { FilterRequest } from '../http/filter-request.ts'
import { asSite } from '../sites/model.ts'
import type { SiteGaps } from './model.ts'
import { listSitesById } from './queries.ts'
import type { GapItem } from './schema.ts'

/** What the contract calls items: the rows with what the list shows of their sites, in their order. */
export async function asGapItems(
  db: Knex,
  request: FilterRequest,
  rows: readonly SiteGaps[],
): Promise<GapItem[]> {
  const sites = await listSitesById(
    db,
    request,
    rows.map(({ site }) => site.id),
  )
  const byId = new Map(sites.map((site) => [site.id, site]))
  return rows.flatMap(({ site: { id }, kinds, gaps, lastCheck, lastDrill }) => {
    const row = byId.get(id)
    if (!row) return []
    const site = asSite(row)
    return [{ id, site, geometry: site.geometry, kinds, gaps, lastCheck, lastDrill }]
  })
}
