import type { Knex } from 'knex'
import type { Filters } from '../core/filters.ts'
import { applyKeyset, type Keyed, type Order, type SortKey, takePage } from '../db/keyset.ts'
import { OVERDUE, selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, selectSites, standingRisks } from '../sites/filter.ts'
import { countSites, SITE_COLUMNS } from '../sites/queries.ts'
import { LEC, LS } from './model.ts'
import type { RankedRow } from './ranking.ts'
import type { Risk, RiskListPage, RiskListSort } from './schema.ts'

/** As `shareOfMajor` of the model has it. */
const SHARE_OF_MAJOR = `(case risks.method
  when 'lec' then risks.score / ${LEC.levelsFrom[0]} when 'ls' then risks.score / ${LS.levelsFrom[0]} end)`
/** The deciding risk of a site comes first. */
const DECIDING_FIRST = `risks.level, ${SHARE_OF_MAJOR} desc nulls last, risks.name collate "C", risks.id`

const NAME: SortKey = { expression: 'sites.name collate "C"', type: 'text' }
const ID: SortKey = { expression: 'sites.id', type: 'uuid' }
const RANK_KEYS: SortKey[] = [
  { expression: 'ranked.level_order', type: 'int' },
  { expression: 'ranked.major_order', type: 'int' },
  { expression: 'ranked.overdue_order', type: 'int' },
  { expression: 'ranked.share_order', type: 'float8' },
  NAME,
  ID,
]
const by = (expression: string): Order => ({
  keys: [{ expression, type: 'int' }, ...RANK_KEYS],
  isDescending: false,
})
const ORDERS: Record<RiskListSort, Order> = {
  rank: { keys: RANK_KEYS, isDescending: false },
  '-rank': { keys: RANK_KEYS, isDescending: true },
  name: { keys: [NAME, ID], isDescending: false },
  openHazards: by('coalesce(ranked.open_count, 0)'),
  '-openHazards': by('-coalesce(ranked.open_count, 0)'),
  overdue: by('-ranked.overdue_order'),
  '-overdue': by('ranked.overdue_order'),
}

/** The open hazards of each site that the asker may see, counted; the rest of the filter does not thin them out. */
function selectPressure(db: Knex, request: FilterRequest): Knex.QueryBuilder {
  return selectHazards(db, { ...request, filters: { status: ['open'] } })
    .whereNotNull('hazards.site_id')
    .leftJoin('clauses', 'clauses.id', 'hazards.clause_id')
    .groupBy('hazards.site_id')
    .select(
      db.raw(
        `hazards.site_id, count(*)::int as open_count,
         count(*) filter (where hazards.severity = 'general')::int as general_count,
         count(*) filter (where hazards.severity = 'suspected_major')::int as suspected_major_count,
         count(*) filter (where hazards.severity = 'major')::int as major_count,
         count(*) filter (where ${OVERDUE})::int as overdue_count,
         min(hazards.due_on) filter (where ${OVERDUE}) as earliest_overdue_on,
         array_agg(distinct concat_ws(' ', clauses.document_number, clauses.article))
           filter (where hazards.severity = 'major' and clauses.id is not null) as major_clauses`,
        { today: request.today },
      ),
    )
}

/** Every site of the filter with the numbers that its rank is made of, before any page is cut. */
function selectRanked(db: Knex, request: FilterRequest): Knex.QueryBuilder {
  const moment = momentOf(request)
  const deciding = `(select ${SHARE_OF_MAJOR} from risks
    where risks.site_id = sites.id and ${standingRisks(request)} order by ${DECIDING_FIRST} limit 1)`
  const counted = selectSites(db, request)
    .leftJoin(selectPressure(db, request).as('pressure'), 'pressure.site_id', 'sites.id')
    .select(
      'pressure.*',
      db.raw(
        `sites.id, sites.name, ${levelOfSite(request)} as risk_level, ${deciding} as share,
         coalesce(pressure.major_count, 0) as majors, coalesce(pressure.overdue_count, 0) as overdues`,
        moment,
      ),
    )
  const numbered = db.from(counted.as('counted')).select(
    db.raw(
      `counted.*, coalesce(risk_level, 9) as level_order, -majors as major_order, -overdues as overdue_order,
       -coalesce(share, -1) as share_order`,
    ),
  )
  return db.from(numbered.as('numbered')).select(
    'numbered.*',
    db.raw(
      `row_number() over (order by level_order, major_order, overdue_order, share_order, name collate "C", id)::int
           as rank`,
    ),
  )
}

const ranked = (column: string) => `coalesce(ranked.${column}, 0)`

/** A page of the risk list. The rank is that in the whole filtered list, whatever the order asked for. */
export async function listRiskRanking(
  db: Knex,
  request: FilterRequest,
  page: { limit: number; cursor?: string | undefined; sort: RiskListSort },
): Promise<{ rows: RankedRow[]; nextCursor: string | null }> {
  const order = ORDERS[page.sort]
  const query = db
    .from(selectRanked(db, request).as('ranked'))
    .join('sites', 'sites.id', 'ranked.id')
    .leftJoin('areas', 'areas.code', 'sites.area_code')
    .select(
      db.raw(
        `${SITE_COLUMNS}, ranked.rank, ranked.risk_level as "riskLevel",
         ${ranked('general_count')} as "generalCount",
         ${ranked('suspected_major_count')} as "suspectedMajorCount",
         ${ranked('major_count')} as "majorCount", ${ranked('overdue_count')} as "overdueCount",
         ranked.earliest_overdue_on as "earliestOverdueOn",
         coalesce(ranked.major_clauses, '{}') as "majorClauses",
         ${lastDrillOn(request)} as "lastDrillOn", ${risksOfSite(request)} as risks`,
        momentOf(request),
      ),
    )
  const rows: (RankedRow & Keyed)[] = await applyKeyset(db, query, order, page)
  return takePage(rows, order, page.limit)
}

const risksOfSite = (request: FilterRequest) => `(
  select coalesce(jsonb_agg(jsonb_build_object('id', risks.id, 'name', risks.name, 'method', risks.method,
    'inputs', risks.inputs, 'score', risks.score, 'level', risks.level) order by ${DECIDING_FIRST}), '[]')
  from risks where risks.site_id = sites.id and ${standingRisks(request)})`

const lastDrillOn = (request: FilterRequest) => `(
  select max((coalesce(drills.ends_at, drills.starts_at) at time zone 'Asia/Shanghai')::date)
  from drills where drills.site_id = sites.id and drills.state = 'done'
  ${request.asOf ? 'and coalesce(drills.ends_at, drills.starts_at) < :asOf' : ''})`

/** The head of the list: how many sites of each level (whatever level is chosen), and what is missing in the list. */
export async function readRiskHead(
  db: Knex,
  request: FilterRequest,
): Promise<Pick<RiskListPage, 'total' | 'levels' | 'gaps'>> {
  const { riskLevel: _, ...others } = request.filters
  const filters: Filters = others
  const level = levelOfSite(request)
  const moment = momentOf(request)
  const counts: { level: number | null; count: number }[] = await selectSites(db, { ...request, filters })
    .select(db.raw(`${level} as level, count(*)::int as count`, moment))
    .groupByRaw('1')
  const gaps = await selectSites(db, request)
    .select(
      db.raw(
        `count(*) filter (where sites.responsible_person is null and sites.responsible_unit is null)::int
           as "withoutResponsible",
         count(*) filter (where ${level} is null)::int as "withoutLevel",
         count(*) filter (where sites.geom is null)::int as "withoutPlace"`,
        moment,
      ),
    )
    .first()
  const levels: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0, none: 0 }
  for (const row of counts) levels[String(row.level ?? 'none')] = row.count
  return { total: await countSites(db, request), levels, gaps }
}

export type RiskRow = Omit<Risk, 'formula'>

/** The standing risks of sites that the asker may see; of each site the deciding one first. */
export async function listRisksOfSites(
  db: Knex,
  siteIds: readonly string[],
  request: Pick<FilterRequest, 'asOf' | 'today'>,
): Promise<RiskRow[]> {
  const result = await db.raw(
    `select risks.id, risks.site_id as "siteId", risks.name, risks.kind,
       risks.hazard_factors as "hazardFactors", risks.accident_types as "accidentTypes",
       risks.method, risks.inputs, risks.score, risks.level,
       risks.engineering_controls as "engineeringControls", risks.management_controls as "managementControls",
       risks.training_controls as "trainingControls", risks.protection_controls as "protectionControls",
       risks.emergency_controls as "emergencyControls", risks.control_level as "controlLevel",
       risks.responsible_unit as "responsibleUnit", risks.responsible_person as "responsiblePerson",
       risks.check_frequency as "checkFrequency", risks.assessed_on as "assessedOn",
       risks.is_example as "isExample", risks.version
     from risks where risks.site_id = any(:siteIds) and ${standingRisks(request)}
     order by risks.site_id, ${DECIDING_FIRST}`,
    { ...momentOf(request), siteIds: [...siteIds] },
  )
  return result.rows
}
