import type { Knex } from 'knex'
import { restrict } from '../access/restrict.ts'
import type { Filters } from '../core/filters.ts'
import { wasKnown } from '../db/record.ts'
import { applyArea, applyBbox, containing, selectHazards, sitesAt } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'

/** The words of the filter that speak of a hazard: they keep a site that has at least one hazard with all of them. */
const HAZARD_WORDS = ['severity', 'status', 'clauseId', 'foundFrom', 'foundTo', 'dueFrom', 'dueTo'] as const

type Moment = Pick<FilterRequest, 'asOf' | 'isRecorded'>

/** In SQL: the table of risks, under the name `risks`, in which `standingRisks` looks. */
export function risksTable(request: Moment): string {
  return request.asOf && request.isRecorded ? 'risk_states as risks' : 'risks'
}

/**
 * The risks that stand, of `risksTable`: at present those not retired; at `:asOf` those that the system knew then, or
 * before its record began those assessed by that day and not yet retired.
 */
export function standingRisks(request: Moment): string {
  if (!request.asOf) return 'risks.retired_at is null'
  if (request.isRecorded) return `(risks.retired_at is null and ${wasKnown('risks')})`
  return `((risks.retired_at is null or risks.retired_at >= :asOf)
    and coalesce(risks.assessed_on, (risks.created_at at time zone 'Asia/Shanghai')::date) <= :today::date)`
}

/** The level of a site at present, as it was known at `:asOf`, or before the record began by the risks of that day. */
export function levelOfSite(request: Moment): string {
  if (!request.asOf || request.isRecorded) return 'sites.risk_level'
  // a level that was imported without any risk has no date of its own
  return `(case when exists (select from risks where risks.site_id = sites.id)
    then (select min(risks.level) from risks where risks.site_id = sites.id and ${standingRisks(request)})
    else sites.risk_level end)`
}

/** What the texts above bind. */
export function momentOf(request: Pick<FilterRequest, 'asOf' | 'today'>): Record<string, Date | string> {
  return request.asOf ? { asOf: request.asOf, today: request.today } : { today: request.today }
}

/**
 * The sites of a filter that the asker may see, as a query over `sites` (at present, or as they were known at `asOf`).
 * sector, riskLevel, area, siteId, q and bbox speak of the site itself. Retired sites are never among them.
 */
export function selectSites(db: Knex, request: FilterRequest): Knex.QueryBuilder {
  const { filters } = request
  const query = db.from(sitesAt(db, request)).whereNull('sites.retired_at')
  restrict(query, request.scope, { area: 'sites.area_code', sector: 'sites.sector' })
  if (request.asOf && !request.isRecorded) applyExistence(query, request)
  if (filters.sector) query.whereIn('sites.sector', filters.sector)
  if (filters.siteId) query.whereIn('sites.id', filters.siteId)
  if (filters.riskLevel) {
    query.whereRaw(`${levelOfSite(request)} = any(:levels)`, {
      ...momentOf(request),
      levels: filters.riskLevel,
    })
  }
  applyArea(query, filters.area, 'sites.area_code')
  applyText(query, filters.q)
  applyBbox(db, query, filters.bbox, 'sites.geom')
  applyHazardWords(db, query, request)
  return query
}

/** A site that was entered later existed all the same if a risk or a hazard of it was known by then. */
function applyExistence(query: Knex.QueryBuilder, request: FilterRequest): void {
  query.whereRaw(
    `(sites.created_at < :asOf
      or exists (select from risks where risks.site_id = sites.id and risks.assessed_on <= :today::date)
      or exists (select from hazard_states where hazard_states.site_id = sites.id
        and hazard_states.valid_from < :asOf))`,
    momentOf(request),
  )
}
function applyText(query: Knex.QueryBuilder, text: string | undefined): void {
  if (!text) return
  const pattern = containing(text)
  query.where((either) => {
    for (const column of [
      'name',
      'credit_code',
      'kind',
      'address',
      'responsible_unit',
      'responsible_person',
    ]) {
      either.orWhereILike(`sites.${column}`, pattern)
    }
  })
}

function applyHazardWords(db: Knex, query: Knex.QueryBuilder, request: FilterRequest): void {
  const words: Filters = {}
  for (const name of HAZARD_WORDS) {
    if (request.filters[name] !== undefined) Object.assign(words, { [name]: request.filters[name] })
  }
  if (Object.keys(words).length === 0) return
  const matching = selectHazards(db, { ...request, filters: words })
  query.whereExists(matching.whereRaw('hazards.site_id = sites.id').select(db.raw('1')))
}
