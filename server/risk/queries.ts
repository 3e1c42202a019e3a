import type { Knex } from 'knex'
import type { Filters } from '../core/filters.ts'
import { countGaps } from '../gaps/find.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, risksTable, selectSites, standingRisks } from '../sites/filter.ts'
import type { SiteRow } from '../sites/model.ts'
import { countSites, SITE_COLUMNS } from '../sites/queries.ts'
import { DECIDING_FIRST } from './rank-queries.ts'
import type { RiskFacts } from './ranking.ts'
import type { Risk, RiskListPage } from './schema.ts'

export interface ListedSiteRow extends SiteRow {
  risks: RiskFacts[]
}

/** Sites with their standing risks, the deciding one first; those of the ids that the asker may see, in any order. */
export async function listSitesWithRisks(
  db: Knex,
  request: FilterRequest,
  siteIds: readonly string[],
): Promise<ListedSiteRow[]> {
  const risks = `(select coalesce(json_agg(json_build_object('id', risks.id, 'name', risks.name, 'method', risks.method,
      'inputs', risks.inputs, 'score', risks.score, 'level', risks.level, 'arithmetic', risks.arithmetic)
      order by ${DECIDING_FIRST}), '[]')
    from ${risksTable(request)} where risks.site_id = sites.id and ${standingRisks(request)})`
  return selectSites(db, { ...request, filters: {} })
    .leftJoin('areas', 'areas.code', 'sites.area_code')
    .whereRaw('sites.id = any(?)', [[...siteIds]])
    .select(
      db.raw(`${SITE_COLUMNS}, ${levelOfSite(request)} as "riskLevel", ${risks} as risks`, momentOf(request)),
    )
}
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
  const levels: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0, none: 0 }
  for (const row of counts) levels[String(row.level ?? 'none')] = row.count
  const lacking = await countGaps(db, request)
  const gaps = {
    withoutResponsible: lacking.no_person,
    withoutCheck: lacking.no_check,
    withoutDrill: lacking.no_drill,
    withoutPlace: lacking.no_position,
    withoutLevel: lacking.no_arithmetic,
  }
  return { total: await countSites(db, request), levels, gaps }
}

export type RiskRow = Omit<Risk, 'formula'>

/** The standing risks of sites that the asker may see; of each site the deciding one first. */
export async function listRisksOfSites(
  db: Knex,
  siteIds: readonly string[],
  request: Pick<FilterRequest, 'asOf' | 'today' | 'isRecorded'>,
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
       risks.assessed_by as "assessedBy", risks.next_review_on as "nextReviewOn",
       risks.residual_level as "residualLevel", risks.arithmetic, risks.supersedes_id as "supersedesId",
       (select json_build_object('id', id, 'name', name) from site_units where id = risks.unit_id) as unit,
       (select json_build_object('id', id, 'title', concat_ws(' ', nullif(document_number, ''), nullif(article, '')))
         from clauses where id = risks.clause_id) as clause,
       risks.is_example as "isExample", risks.version
     from ${risksTable(request)} where risks.site_id = any(:siteIds) and ${standingRisks(request)}
     order by risks.site_id, ${DECIDING_FIRST}`,
    { ...momentOf(request), siteIds: [...siteIds] },
  )
  return result.rows
}
