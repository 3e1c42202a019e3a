import type { Knex } from 'knex'
import { addDays, endOfDay } from '../core/calendar.ts'
import type { GapKind } from '../core/vocabulary.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { readGaps } from './find.ts'
import { withKinds } from './list.ts'
import type { GapsCleanSince } from './schema.ts'

const DAYS_LOOKED_BACK = 31

/**
 * Since which day the sites of a filter are without gaps. The ends of the days before are looked at one after the other
 * until one has a gap; more than a month back is not told.
 */
export async function readCleanSince(
  db: Knex,
  request: FilterRequest,
  kinds: readonly GapKind[],
): Promise<GapsCleanSince> {
  // a day on which no site was known is no day without gaps
  const isClean = async (at: FilterRequest) => {
    const sites = await readGaps(db, at)
    return sites.length > 0 && withKinds(sites, kinds).length === 0
  }
  const lookedBackTo = addDays(request.today, -DAYS_LOOKED_BACK)
  if (!(await isClean(request))) return { since: null, lookedBackTo }
  let since = request.today
  while (since > lookedBackTo) {
    const day = addDays(since, -1)
    if (!(await isClean({ ...request, asOf: endOfDay(day), today: day }))) break
    since = day
  }
  return { since, lookedBackTo }
}
