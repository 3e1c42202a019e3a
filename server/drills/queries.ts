import type { Knex } from 'knex'
import { applyKeyset, type Keyed, type Order, takePage } from '../db/keyset.ts'
import { selectHazards, sitesAt } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { hazardIdsOfDrill, selectDrills } from './filter.ts'
import type { DrillRow } from './model.ts'
import type { DrillWords } from './words.ts'

const columnsOf = (request: Pick<FilterRequest, 'asOf'>): string => `
  drills.id, drills.number, drills.title, drills.form, drills.content, drills.purpose, drills.scenario, drills.sector,
  drills.starts_at as "startsAt", drills.ends_at as "endsAt", drills.state,
  ST_X(drills.geom) as lng, ST_Y(drills.geom) as lat, ${hazardIdsOfDrill(request)} as "hazardIds",
  drills.site_id as "siteId", sites.name as "siteName", sites.area_code as "siteArea", sites.sector as "siteSector",
  drills.area_code as "areaCode", areas.name as "areaName", drills.place_text as "placeText", drills.zones,
  drills.objectives, drills.commander_name as "commanderName", drills.note, drills.is_example as "isExample",
  drills.version, drills.updated_at as "updatedAt"`

/** The drills of a filter with the names of what they refer to. */
const selectNamedDrills = (db: Knex, request: FilterRequest, words: DrillWords = {}): Knex.QueryBuilder =>
  selectDrills(db, request, words)
    .leftJoin('areas', 'areas.code', 'drills.area_code')
    .leftJoin(sitesAt(db, request), 'sites.id', 'drills.site_id')

/** The latest start first, those without a time before them. */
const ORDER: Order = {
  keys: [
    { expression: 'coalesce(extract(epoch from drills.starts_at), 1e15)::float8', type: 'float8' },
    { expression: 'drills.id', type: 'uuid' },
  ],
  isDescending: true,
}

export async function listDrills(
  db: Knex,
  request: FilterRequest,
  words: DrillWords,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ rows: DrillRow[]; total: number; nextCursor: string | null }> {
  const query = selectNamedDrills(db, request, words).select(db.raw(columnsOf(request)))
  const rows: (DrillRow & Keyed)[] = await applyKeyset(db, query, ORDER, page)
  const counted = await selectDrills(db, request, words).count('* as count').first()
  return { ...takePage(rows, ORDER, page.limit), total: Number(counted.count) }
}

/** One drill, if the scope may see it. */
export async function findDrill(
  db: Knex,
  id: string,
  request: Omit<FilterRequest, 'filters'>,
): Promise<DrillRow | undefined> {
  return selectNamedDrills(db, { ...request, filters: {} })
    .select(db.raw(columnsOf(request)))
    .where('drills.id', id)
    .first()
}

/** Those of the hazards that the scope may see. */
export async function findVisibleHazardIds(
  db: Knex,
  ids: readonly string[],
  request: Omit<FilterRequest, 'filters'>,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const visible: string[] = await selectHazards(db, { ...request, filters: {} })
    .whereIn('hazards.id', [...new Set(ids)])
    .pluck('hazards.id')
  return new Set(visible)
}

export interface DrillEventRow {
  id: string
  action: string
  changes: Record<string, { from: unknown; to: unknown }>
  note: string | null
  actorName: string
  occurredAt: Date
}

/** The events of a drill, oldest first. The caller has made sure that the drill may be seen. */
export async function listDrillEvents(db: Knex, drillId: string): Promise<DrillEventRow[]> {
  const result = await db.raw(
    `select id, action, changes, note, actor_name as "actorName", occurred_at as "occurredAt"
     from drill_events where drill_id = ? order by occurred_at, id`,
    [drillId],
  )
  return result.rows
}

/** Where a site that is not retired lies, and of which sector it is. */
export async function findDrillSite(
  db: Knex,
  id: string,
): Promise<{ areaCode: string | null; sector: DrillRow['sector'] } | undefined> {
  return db('sites').select('area_code as areaCode', 'sector').where({ id }).whereNull('retired_at').first()
}
