import type { Knex } from 'knex'
import { CONFIRMED, joinConfirmation } from '../clauses/standing.ts'
import { OVERDUE, selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, risksTable, selectSites, standingRisks } from '../sites/filter.ts'
import { LEC, LS } from './model.ts'
import type { RankFacts } from './order.ts'

/**
 * How near a score is to 重大, so that D of LEC and R of LS stand in one order: its share of the least score of level 1,
 * by the thresholds that were kept with the risk. A judgement has none, nor has R of a major hazard source.
 */
const SHARE_OF_MAJOR = `(case when risks.method in ('lec', 'ls') then risks.score / coalesce(
  (risks.arithmetic #>> '{thresholdSet,levelsFrom,0}')::float8,
  case risks.method when 'lec' then ${LEC.levelsFrom[0]} else ${LS.levelsFrom[0]} end) end)`
/** The deciding risk of a site comes first. */
export const DECIDING_FIRST = `risks.level, ${SHARE_OF_MAJOR} desc nulls last, risks.name collate "C", risks.id`

const END_OF_DRILL = 'coalesce(drills.ends_at, drills.starts_at)'

/** The day of the last drill of `sites` that was held. */
export function lastDrillOn(request: FilterRequest): string {
  const isHeld = `drills.site_id = sites.id and drills.state = 'done'`
  const day = `max((${END_OF_DRILL} at time zone 'Asia/Shanghai')::date)`
  if (!request.asOf) return `(select ${day} from drills where ${isHeld})`
  if (!request.isRecorded) return `(select ${day} from drills where ${isHeld} and ${END_OF_DRILL} < :asOf)`
  return `(select ${day} from drill_states as drills where ${isHeld} and drills.valid_from < :asOf
    and (drills.valid_to is null or drills.valid_to >= :asOf))`
}

/** The open hazards of each site that the asker may see, counted; the rest of the filter does not thin them out. */
function selectOpenHazards(db: Knex, request: FilterRequest): Knex.QueryBuilder {
  return selectHazards(db, { ...request, filters: { status: ['open'] } })
    .whereNotNull('hazards.site_id')
    .groupBy('hazards.site_id')
    .select(
      db.raw(
        `hazards.site_id,
         count(*) filter (where hazards.severity = 'general')::int as general,
         count(*) filter (where hazards.severity = 'suspected_major')::int as suspected_major,
         count(*) filter (where hazards.severity = 'major')::int as major,
         jsonb_agg(jsonb_build_array(hazards.severity, hazards.due_on) order by hazards.due_on, hazards.severity)
           filter (where ${OVERDUE}) as overdue`,
        { today: request.today },
      ),
    )
}

/** What the ranks of all sites of a filter are made of. */
export async function listRankFacts(db: Knex, request: FilterRequest): Promise<RankFacts[]> {
  const deciding = `(select ${SHARE_OF_MAJOR} from ${risksTable(request)}
    where risks.site_id = sites.id and ${standingRisks(request)} order by ${DECIDING_FIRST} limit 1)`
  return selectSites(db, request)
    .leftJoin(selectOpenHazards(db, request).as('hazards'), 'hazards.site_id', 'sites.id')
    .select(
      db.raw(
        `sites.id, sites.name, ${levelOfSite(request)} as level, ${deciding}::float8 as share,
         coalesce(hazards.general, 0) as general, coalesce(hazards.suspected_major, 0) as "suspectedMajor",
         coalesce(hazards.major, 0) as major, coalesce(hazards.overdue, '[]') as overdue,
         sites.exposed_people as "exposedPeople", ${lastDrillOn(request)} as "lastDrillOn"`,
        momentOf(request),
      ),
    )
}

/** The clauses by which open major hazards of these sites are major; 待核 stands beside one that is. */
export async function listMajorClauses(
  db: Knex,
  request: FilterRequest,
  siteIds: readonly string[],
): Promise<Map<string, string[]>> {
  const majors = selectHazards(db, { ...request, filters: { status: ['open'], severity: ['major'] } }).join(
    'clauses',
    'clauses.id',
    'hazards.clause_id',
  )
  const rows: { siteId: string; clauses: string[] }[] = await joinConfirmation(majors, request.asOf)
    .whereRaw('hazards.site_id = any(?)', [[...siteIds]])
    .groupBy('hazards.site_id')
    .select(
      db.raw(
        `hazards.site_id as "siteId",
         array_agg(distinct concat_ws(' ', clauses.document_number, clauses.article,
           case when not ${CONFIRMED} then '待核' end)) as clauses`,
      ),
    )
  return new Map(rows.map(({ siteId, clauses }) => [siteId, clauses]))
}
