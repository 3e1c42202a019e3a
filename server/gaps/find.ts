import type { Knex } from 'knex'
import type { FilterRequest } from '../http/filter-request.ts'
import { countKinds } from './list.ts'
import { type Dossier, findGapsOfSite, type SiteGaps } from './model.ts'
import { listDoneDrills, listLastChecks, listRiskFacts, listSiteFacts } from './queries.ts'
import type { GapRules } from './rules.ts'
import type { GapCounts } from './schema.ts'
import { readGapRules } from './settings.ts'

/** All that is known of each site of a filter, in four questions whatever its length. */
export async function readDossiers(db: Knex, request: FilterRequest): Promise<Dossier[]> {
  const sites = await listSiteFacts(db, request)
  if (sites.length === 0) return []
  const risks = bySite(await listRiskFacts(db, request))
  const checks = new Map((await listLastChecks(db, request)).map((check) => [check.siteId, check]))
  const drills = bySite(await listDoneDrills(db, request))
  return sites.map((site) => ({
    site,
    risks: risks.get(site.id) ?? [],
    lastCheck: checks.get(site.id) ?? null,
    drills: drills.get(site.id) ?? [],
  }))
}

function bySite<Row extends { siteId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const list = found.get(row.siteId)
    if (list) list.push(row)
    else found.set(row.siteId, [row])
  }
  return found
}

export const findGaps = (dossiers: readonly Dossier[], rules: GapRules, today: string): SiteGaps[] =>
  dossiers.map((dossier) => findGapsOfSite(dossier, rules, today))

/** Every site of a filter with its gaps, also those that have none, by the rules of the day that is asked for. */
export async function readGaps(db: Knex, request: FilterRequest): Promise<SiteGaps[]> {
  const rules = await readGapRules(db, request)
  return findGaps(await readDossiers(db, request), rules, request.today)
}

/** How many sites of a filter have a gap of each kind: the one count of the gap page and of the risk list. */
export async function countGaps(db: Knex, request: FilterRequest): Promise<GapCounts> {
  return countKinds(await readGaps(db, request))
}
