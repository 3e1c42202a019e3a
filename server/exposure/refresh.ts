import type { Knex } from 'knex'
import { dayOf } from '../core/calendar.ts'
import { recordChange } from '../db/changes.ts'
import { judgeUnitsAgain } from '../units/judge.ts'
import { countPeople, summarize } from './model.ts'
import {
  type CountedSite,
  listSurroundings,
  lockSitesToCount,
  type SitesToCount,
  writeCounts,
} from './queries.ts'

const BATCH = 500

/**
 * Counts the people around these sites anew, keeps what changed and judges the units whose α hangs on it. Called in the transaction of whatever moved a site,
 * a protected place or the population layer. Of the named sites the caller tells others; of the rest this does.
 */
export async function refreshExposure(transaction: Knex, which: SitesToCount, at: Date): Promise<void> {
  const sites = await lockSitesToCount(transaction, which)
  const changed: CountedSite[] = []
  for (let start = 0; start < sites.length; start += BATCH) {
    changed.push(...(await refreshBatch(transaction, sites.slice(start, start + BATCH), at)))
  }
  const isToldByCaller = typeof which === 'object' && 'siteIds' in which
  if (changed.length === 0 || isToldByCaller) return
  await recordChange(transaction, {
    kind: 'site',
    id: changed.length === 1 && changed[0] ? changed[0].id : null,
    areaCodes: changed.map(({ areaCode }) => areaCode),
    sectors: changed.map(({ sector }) => sector),
  })
}

async function refreshBatch(transaction: Knex, sites: CountedSite[], at: Date): Promise<CountedSite[]> {
  const surroundings = await listSurroundings(
    transaction,
    sites.map(({ id }) => id),
  )
  const today = dayOf(at)
  const counts = surroundings.map((around) => {
    const count = countPeople(around)
    return { id: around.siteId, people: count.people, summary: summarize(count, today) }
  })
  const written = new Set(await writeCounts(transaction, counts, at))
  const peopleOf = new Map(counts.map(({ id, people }) => [id, people]))
  const crowded = sites.filter(({ id, people }) => written.has(id) && peopleOf.get(id) !== people)
  await judgeUnitsAgain(transaction, crowded, at)
  return sites.filter(({ id }) => written.has(id))
}
