import type { Knex } from 'knex'
import { decodeCursor, encodeCursor } from '../core/paging.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { badRequest } from '../http/problems.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import { orderSites, type RankedSite, rankSites } from './order.ts'
import { listSitesWithRisks } from './queries.ts'
import { listMajorClauses, listRankFacts } from './rank-queries.ts'
import type { RankedRow } from './ranking.ts'
import type { RiskListSort } from './schema.ts'
import { readPressureWeights } from './weights.ts'

/** Every site of a filter with its rank in it. */
export async function rankRiskList(db: Knex, request: FilterRequest): Promise<RankedSite[]> {
  const weights = await readPressureWeights(db, request)
  return rankSites(await listRankFacts(db, request), weights, request.today, WORK_CALENDAR)
}

/** What the list says of these sites, in their order. */
export async function readRankedRows(
  db: Knex,
  request: FilterRequest,
  sites: readonly RankedSite[],
): Promise<RankedRow[]> {
  if (sites.length === 0) return []
  const ids = sites.map((site) => site.id)
  const rows = new Map((await listSitesWithRisks(db, request, ids)).map((row) => [row.id, row]))
  const clauses = await listMajorClauses(db, request, ids)
  return sites.flatMap((site) => {
    const row = rows.get(site.id)
    if (!row) return []
    const { rank, pressure, maxOverdueWorkingDays, exposedPeople, lastDrillOn } = site
    return {
      ...row,
      rank,
      pressure,
      exposedPeople,
      lastDrillOn,
      generalCount: site.general,
      suspectedMajorCount: site.suspectedMajor,
      majorCount: site.major,
      overdueCount: site.overdue.length,
      maxOverdueWorkingDays,
      majorClauses: clauses.get(site.id) ?? [],
    }
  })
}

/** A page of the risk list. The rank is that in the whole filtered list, whatever the order asked for. */
export async function listRiskRanking(
  db: Knex,
  request: FilterRequest,
  page: { limit: number; cursor?: string | undefined; sort: RiskListSort },
): Promise<{ rows: RankedRow[]; nextCursor: string | null; maxPressure: number }> {
  const ranked = await rankRiskList(db, request)
  const { sites, keysOf, isAfter } = orderSites(ranked, page.sort)
  let left = sites
  if (page.cursor !== undefined && sites[0]) {
    const cursor = readCursor(page.cursor, keysOf(sites[0]))
    left = sites.filter((site) => isAfter(site, cursor))
  }
  const shown = left.slice(0, page.limit)
  const last = left.length > page.limit ? shown.at(-1) : undefined
  return {
    rows: await readRankedRows(db, request, shown),
    nextCursor: last ? encodeCursor(keysOf(last)) : null,
    maxPressure: ranked.reduce((most, { pressure }) => Math.max(most, pressure.score), 0),
  }
}

function readCursor(cursor: string, sample: readonly (string | number)[]) {
  const values = decodeCursor(cursor, sample.length)
  const isFitting = values?.every((value, index) => typeof value === typeof sample[index])
  if (!values || !isFitting) throw badRequest('BAD_CURSOR', '翻页位置无效，请从第一页重新查')
  return values
}
