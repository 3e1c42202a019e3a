import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { restrict } from '../access/restrict.ts'
import { hazardIdsOfDrill, selectDrills } from '../drills/filter.ts'
import { selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, risksTable, selectSites, standingRisks } from '../sites/filter.ts'
import type { SiteRow } from '../sites/model.ts'
import { SITE_COLUMNS } from '../sites/queries.ts'
import type { CheckFacts, DrillFacts, RiskFacts, SiteFacts } from './model.ts'

/** The sites of a filter with what the rules ask of them. */
export async function listSiteFacts(db: Knex, request: FilterRequest): Promise<SiteFacts[]> {
  return selectSites(db, request).select(
    db.raw(
      `sites.id, sites.name, sites.sector, sites.kind, sites.area_code as "areaCode",
       ${levelOfSite(request)} as "riskLevel", sites.geom is not null as "hasPosition",
       (coalesce(trim(sites.responsible_person), '') <> '' or coalesce(trim(sites.responsible_unit), '') <> '')
         as "hasResponsible"`,
      momentOf(request),
    ),
  )
}

/** The standing risks of the sites of a filter; of each site the highest first. */
export async function listRiskFacts(db: Knex, request: FilterRequest): Promise<RiskFacts[]> {
  return db
    .from(db.raw(risksTable(request)))
    .whereRaw(standingRisks(request), momentOf(request))
    .whereIn('risks.site_id', selectSites(db, request).select('sites.id'))
    .select(
      db.raw(
        `risks.id, risks.site_id as "siteId", risks.name, risks.level, risks.method, risks.inputs, risks.score,
         risks.clause_id as "clauseId", risks.accident_types as "accidentTypes",
         risks.responsible_person as "responsiblePerson",
         case when risks.method = 'gb18218' then risks.arithmetic -> 'units' end as units`,
      ),
    )
    .orderByRaw('risks.level, risks.name collate "C", risks.id')
}

/**
 * The last visit to each site on the spot: a check that was entered, the finding of a hazard that the asker may see, or
 * its re-inspection (closed or sent back).
 */
export async function listLastChecks(db: Knex, request: FilterRequest): Promise<CheckFacts[]> {
  const siteIds = () => selectSites(db, request).select('sites.id')
  const hazards = () => selectHazards(db, { ...request, filters: {} }).whereIn('hazards.site_id', siteIds())
  const checks = db('site_checks')
    .whereIn('site_checks.site_id', siteIds())
    .where('site_checks.checked_on', '<=', request.today)
    .groupBy('site_checks.site_id')
    .select(db.raw(`site_checks.site_id, max(site_checks.checked_on) as checked_on, 'check' as source`))
  if (request.asOf) checks.where('site_checks.created_at', '<', request.asOf)
  const findings = hazards()
    .where('hazards.found_on', '<=', request.today)
    .groupBy('hazards.site_id')
    .select(db.raw(`hazards.site_id, max(hazards.found_on) as checked_on, 'finding' as source`))
  const reinspections = hazards()
    .join('hazard_events', 'hazard_events.hazard_id', 'hazards.id')
    .whereIn('hazard_events.action', ['close', 'return'])
    .groupBy('hazards.site_id')
    .select(
      db.raw(
        `hazards.site_id, (max(hazard_events.occurred_at) at time zone 'Asia/Shanghai')::date as checked_on,
         'reinspection' as source`,
      ),
    )
  if (request.asOf) {
    // before the record began a past day is what ledgers tell of it
    const known = request.isRecorded ? 'hazard_events.recorded_at' : 'hazard_events.occurred_at'
    reinspections.where('hazard_events.occurred_at', '<', request.asOf).where(known, '<', request.asOf)
  }
  // of one day the entered check speaks first
  return db
    .from(db.unionAll([checks, reinspections, findings], true).as('visits'))
    .distinctOn('visits.site_id')
    .select(db.raw('visits.site_id as "siteId", visits.checked_on as "on", visits.source'))
    .orderByRaw('visits.site_id, visits.checked_on desc, visits.source')
}

/** The drills that were done at the sites of a filter, or took up a hazard of them; the last first. */
export async function listDoneDrills(db: Knex, request: FilterRequest): Promise<DrillFacts[]> {
  const everything = { ...request, filters: {} }
  const done = () =>
    selectDrills(db, everything, { state: ['done'] }).whereRaw(
      'coalesce(drills.ends_at, drills.starts_at) is not null',
    )
  const columns = `drills.id, drills.number, drills.title, drills.scenario,
    (coalesce(drills.ends_at, drills.starts_at) at time zone 'Asia/Shanghai')::date as done_on`
  const atSite = done()
    .whereNotNull('drills.site_id')
    .select(db.raw(`${columns}, drills.site_id as place_id`))
  const linked = done()
    .joinRaw(`cross join lateral unnest(${hazardIdsOfDrill(request)}) as linked(hazard_id)`)
    .join(
      selectHazards(db, everything).select('hazards.id', 'hazards.site_id').as('taken'),
      'taken.id',
      'linked.hazard_id',
    )
    .whereNotNull('taken.site_id')
    .select(db.raw(`${columns}, taken.site_id as place_id`))
  return db
    .from(atSite.union([linked]).as('done'))
    .whereIn('done.place_id', selectSites(db, request).select('sites.id'))
    .where('done.done_on', '<=', request.today)
    .select(
      db.raw(
        `done.id, done.number, done.title, done.scenario, done.done_on as "on", done.place_id as "siteId"`,
      ),
    )
    .orderByRaw('done.done_on desc, done.number desc')
}

/** What the list shows of these sites. */
export async function listSitesById(
  db: Knex,
  request: FilterRequest,
  ids: readonly string[],
): Promise<SiteRow[]> {
  if (ids.length === 0) return []
  return selectSites(db, { ...request, filters: {} })
    .leftJoin('areas', 'areas.code', 'sites.area_code')
    .select(db.raw(`${SITE_COLUMNS}, ${levelOfSite(request)} as "riskLevel"`, momentOf(request)))
    .whereRaw('sites.id = any(:ids::uuid[])', { ids: [...ids] })
}

export interface PositionRow {
  id: string
  lng: number
  lat: number
}

/** Where the sites of a filter lie: lines and areas by a point on them. */
export async function listPositions(db: Knex, request: FilterRequest): Promise<PositionRow[]> {
  const inner = selectSites(db, request)
    .whereNotNull('sites.geom')
    .select(db.raw('sites.id, ST_PointOnSurface(sites.geom) as point'))
  return db
    .from(inner.as('placed'))
    .select(
      db.raw(
        `placed.id, round(ST_X(placed.point)::numeric, 6)::float8 as lng, round(ST_Y(placed.point)::numeric, 6)::float8 as lat`,
      ),
    )
}

/** The areas that the scope may see, with what they belong to. */
export async function listAreaTree(
  db: Knex,
  scope: Scope,
): Promise<{ code: string; name: string; kind: string; parentCode: string | null }[]> {
  const query = db('areas').select('code', 'name', 'kind', 'parent_code as parentCode')
  return restrict(query, { ...scope, sectors: 'all' }, { area: 'areas.code', sector: null })
}
