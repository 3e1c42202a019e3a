import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { restrict } from '../access/restrict.ts'
import { type AreaKind, OPEN_STATUSES, type RiskLevel } from '../core/vocabulary.ts'
import { OVERDUE, selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, selectSites } from '../sites/filter.ts'
import type { RiskArea } from './schema.ts'

/** An area that the asker may see, as its outline tells; without a geometry where it is only a part of another. */
export interface AreaRow {
  code: string
  name: string
  kind: AreaKind
  parentCode: string | null
  isApproximate: boolean
  areaSquareKilometers: number
  anchor: [number, number]
  geometry: RiskArea['geometry']
}

/** The areas that the scope may see. The anchor is the one that the map writes an area's name at. */
export function listVisibleAreas(db: Knex, scope: Scope): Promise<AreaRow[]> {
  return restrict(
    db('areas').select(
      db.raw(
        `areas.code, areas.name, areas.kind, areas.parent_code as "parentCode",
         areas.is_approximate as "isApproximate",
         (ST_Area(areas.geom::geography) / 1e6)::float8 as "areaSquareKilometers",
         (ST_AsGeoJSON(ST_PointOnSurface(areas.geom), 6)::json) -> 'coordinates' as anchor,
         ST_AsGeoJSON(areas.geom, 6)::json as geometry`,
      ),
    ),
    scope,
    { area: 'areas.code', sector: null },
  ).orderByRaw('areas.code collate "C"') as unknown as Promise<AreaRow[]>
}

export interface SiteCountRow {
  areaCode: string | null
  level: RiskLevel | null
  count: number
}

/** The sites of a filter by the area that each is booked to, and by level. */
export async function countSitesByArea(db: Knex, request: FilterRequest): Promise<SiteCountRow[]> {
  return selectSites(db, request)
    .select(
      db.raw(
        `sites.area_code as "areaCode", ${levelOfSite(request)} as level, count(*)::int as count`,
        momentOf(request),
      ),
    )
    .groupByRaw('1, 2')
}

/** How the hazards of a query are counted, those that are open by severity. Binds `:today` and `:open`. */
export const HAZARD_COUNTS = `
  count(*)::int as hazards,
  count(*) filter (where hazards.status = any(:open) and hazards.severity = 'general')::int as general,
  count(*) filter (where hazards.status = any(:open) and hazards.severity = 'suspected_major')::int
    as "suspectedMajor",
  count(*) filter (where hazards.status = any(:open) and hazards.severity = 'major')::int as major,
  count(*) filter (where ${OVERDUE})::int as overdue`
export const hazardBindings = (request: FilterRequest) => ({
  today: request.today,
  open: [...OPEN_STATUSES] as string[],
})

export interface HazardCounts {
  hazards: number
  general: number
  suspectedMajor: number
  major: number
  overdue: number
}

/** The hazards of a filter by the area that each is booked to. */
export async function countHazardsByArea(
  db: Knex,
  request: FilterRequest,
): Promise<(HazardCounts & { areaCode: string | null })[]> {
  return selectHazards(db, request)
    .select(db.raw(`hazards.area_code as "areaCode", ${HAZARD_COUNTS}`, hazardBindings(request)))
    .groupByRaw('1')
}
