import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { restrict } from '../access/restrict.ts'
import { selectHazards } from '../hazards/filter.ts'
import { DETAIL_COLUMNS, SORT_KEYS, selectNamedHazards } from '../hazards/queries.ts'
import type { HazardSort } from '../hazards/schema.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { momentOf, risksTable, selectSites, standingRisks } from '../sites/filter.ts'
import type { HazardExportRow } from './hazard-columns.ts'

/**
 * The ids of a filtered list in its order, in one question: what is exported is the list of one moment, though its
 * rows are read in batches.
 */
export async function listHazardIds(db: Knex, request: FilterRequest, sort: HazardSort): Promise<string[]> {
  const direction = sort.startsWith('-') ? 'desc' : 'asc'
  const query = selectHazards(db, request)
  for (const { expression } of SORT_KEYS[sort.replace(/^-/, '')] ?? []) {
    query.orderByRaw(`${expression} ${direction}`, { today: request.today })
  }
  return query.orderBy('hazards.id', direction).pluck('hazards.id')
}

/** The rows of these ids, in their order; one that can no longer be seen is left out. */
export async function listHazardsById(
  db: Knex,
  request: FilterRequest,
  ids: readonly string[],
): Promise<HazardExportRow[]> {
  const rows: HazardExportRow[] = await selectNamedHazards(db, { ...request, filters: {} })
    .select(db.raw(`${DETAIL_COLUMNS}, sites.credit_code as "siteCreditCode"`, { today: request.today }))
    .whereIn('hazards.id', ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** How many risks stand at the places of a filter: the rows of 安全风险分级管控清单. */
export async function countStandingRisks(db: Knex, request: FilterRequest): Promise<number> {
  const row = await selectSites(db, request)
    .joinRaw(
      `join ${risksTable(request)} on risks.site_id = sites.id and ${standingRisks(request)}`,
      momentOf(request),
    )
    .count('* as count')
    .first()
  return Number(row.count)
}

/** The names of the areas that the scope may see, in the order of their codes. */
export async function listAreaNames(db: Knex, scope: Scope): Promise<string[]> {
  const names: string[] = await restrict(db('areas'), scope, { area: 'code', sector: null })
    .orderBy('code')
    .pluck('name')
  return [...new Set(names)]
}

export async function readAreaNames(db: Knex): Promise<Map<string, string>> {
  const rows: { code: string; name: string }[] = await db('areas').select('code', 'name')
  return new Map(rows.map((row) => [row.code, row.name]))
}
