import type { Knex } from 'knex'
import { restrict } from '../access/restrict.ts'
import type { Filters } from '../core/filters.ts'
import { applyArea, applyBbox, containing, selectHazards, sitesAt } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf } from '../sites/filter.ts'
import { type DrillWords, startsBetween } from './words.ts'

/** The words that speak of a hazard: they keep a drill that takes up at least one hazard with all of them. */
const HAZARD_WORDS = ['severity', 'status', 'clauseId', 'foundFrom', 'foundTo', 'dueFrom', 'dueTo'] as const

/** The hazards of a drill, at present or as they were taken up at `asOf`. */
export function hazardIdsOfDrill(request: Pick<FilterRequest, 'asOf'>): string {
  if (request.asOf) return 'drills.hazard_ids'
  return 'array(select hazard_id from drill_hazards where drill_id = drills.id)'
}

/**
 * The drills of a filter that the asker may see, as a query over `drills` (at present, or as they stood at `asOf`).
 * sector, area, siteId, q and bbox speak of the drill and its place, riskLevel of its site.
 */
export function selectDrills(db: Knex, request: FilterRequest, words: DrillWords = {}): Knex.QueryBuilder {
  const { filters, asOf } = request
  const query = db(asOf ? 'drill_states as drills' : 'drills')
  if (asOf) {
    query
      .where('drills.valid_from', '<', asOf)
      .where((either) => either.whereNull('drills.valid_to').orWhere('drills.valid_to', '>=', asOf))
  }
  restrict(query, request.scope, { area: 'drills.area_code', sector: 'drills.sector' })
  applyDrillWords(query, words)
  if (filters.sector) query.whereIn('drills.sector', filters.sector)
  if (filters.siteId) query.whereIn('drills.site_id', filters.siteId)
  if (filters.riskLevel) {
    const levels = { ...momentOf(request), levels: filters.riskLevel }
    query.whereExists(
      db
        .from(sitesAt(db, request))
        .whereRaw('sites.id = drills.site_id')
        .whereRaw(`${levelOfSite(request)} = any(:levels)`, levels)
        .select(db.raw('1')),
    )
  }
  applyArea(query, filters.area, 'drills.area_code')
  applyText(db, query, request)
  applyBbox(db, query, filters.bbox, 'drills.geom')
  applyHazardWords(db, query, request, words.hazardId)
  return query
}

function applyDrillWords(query: Knex.QueryBuilder, words: DrillWords): void {
  const { from, until } = startsBetween(words)
  if (words.state) query.whereIn('drills.state', words.state)
  if (words.form) query.whereIn('drills.form', words.form)
  if (from) query.where('drills.starts_at', '>=', from)
  if (until) query.where('drills.starts_at', '<', until)
}

function applyText(db: Knex, query: Knex.QueryBuilder, request: FilterRequest): void {
  if (!request.filters.q) return
  const pattern = containing(request.filters.q)
  const named = db.from(sitesAt(db, request)).select('sites.id').whereILike('sites.name', pattern)
  query.where((either) => {
    for (const column of ['title', 'number', 'scenario', 'place_text', 'commander_name']) {
      either.orWhereILike(`drills.${column}`, pattern)
    }
    either.orWhereIn('drills.site_id', named)
  })
}

/** A hazard that the asker may not see finds no drill: the link would tell of it. */
function applyHazardWords(
  db: Knex,
  query: Knex.QueryBuilder,
  request: FilterRequest,
  hazardIds: string[] | undefined,
): void {
  const words: Filters = {}
  for (const name of HAZARD_WORDS) {
    if (request.filters[name] !== undefined) Object.assign(words, { [name]: request.filters[name] })
  }
  if (Object.keys(words).length === 0 && !hazardIds) return
  const matching = selectHazards(db, { ...request, filters: words })
  if (hazardIds) matching.whereIn('hazards.id', hazardIds)
  query.whereExists(matching.whereRaw(`hazards.id = any(${hazardIdsOfDrill(request)})`).select(db.raw('1')))
}
