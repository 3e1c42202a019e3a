import type { Knex } from 'knex'
import type { FilterName, Filters } from '../core/filters.ts'
import { NO_AREA } from '../core/filters.ts'
import { OPEN_STATUSES } from '../core/vocabulary.ts'
import { currentSequence } from '../db/changes.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { LISTED, OVERDUE, selectHazards, sitesAt } from './filter.ts'
import type { HazardFacets } from './schema.ts'

type Counts = Record<string, number>

/** A filter without some of its words, so that a group's counts ignore the group's own choice. */
function without(request: FilterRequest, ...names: FilterName[]): FilterRequest {
  const filters: Filters = { ...request.filters }
  for (const name of names) delete filters[name]
  return { ...request, filters }
}

async function countBy(db: Knex, request: FilterRequest, expression: string): Promise<Counts> {
  const rows: { key: string; count: number }[] = await selectHazards(db, request)
    .select(db.raw(`${expression} as key, count(*)::int as count`))
    .groupByRaw('1')
  return Object.fromEntries(rows.map((row) => [String(row.key), row.count]))
}

/** The counts of the filter panel, one grouped query for each group. */
export async function readHazardFacets(db: Knex, request: FilterRequest): Promise<HazardFacets> {
  const totals = await selectHazards(db, request)
    .select(db.raw('count(*)::int as total, count(hazards.geom)::int as located'))
    .first()
  const openList = OPEN_STATUSES.map((status) => `'${status}'`).join(', ')
  const quick = await selectHazards(db, without(request, 'status', 'severity'))
    .select(
      db.raw(
        `count(*) filter (where hazards.status in (${openList}))::int as open,
         count(*) filter (where ${OVERDUE})::int as overdue,
         count(*) filter (where ${LISTED})::int as listed,
         count(*) filter (where hazards.severity = 'major' and hazards.status in (${openList}))::int as major`,
        { today: request.today },
      ),
    )
    .first()
  const withLevels = selectHazards(db, without(request, 'riskLevel')).leftJoin(
    sitesAt(db, request),
    'sites.id',
    'hazards.site_id',
  )
  const levels: { key: number | null; count: number }[] = await withLevels
    .select(db.raw('sites.risk_level as key, count(*)::int as count'))
    .groupByRaw('1')
  return {
    total: totals.total,
    located: totals.located,
    unlocated: totals.total - totals.located,
    quick,
    sector: await countBy(db, without(request, 'sector'), 'hazards.sector'),
    severity: await countBy(db, without(request, 'severity'), 'hazards.severity'),
    status: await countBy(db, without(request, 'status'), 'hazards.status'),
    area: await countBy(db, without(request, 'area'), `coalesce(hazards.area_code, '${NO_AREA}')`),
    riskLevel: Object.fromEntries(levels.map((row) => [String(row.key ?? 'none'), row.count])),
    weeks: await countByWeek(db, without(request, 'foundFrom', 'foundTo')),
    sequence: await currentSequence(db),
  }
}

/** Weeks begin on Monday, as date_trunc has it. */
async function countByWeek(db: Knex, request: FilterRequest): Promise<{ from: string; count: number }[]> {
  return selectHazards(db, request)
    .select(db.raw(`date_trunc('week', hazards.found_on)::date as "from", count(*)::int as count`))
    .groupByRaw('1')
    .orderByRaw('1')
}
