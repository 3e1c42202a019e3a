import type { FastifyRequest } from 'fastify'
import type { Scope } from '../access/model.ts'
import { assertKnownAreas } from '../areas/known.ts'
import { dayOf, dayOfAsOf, instantOfAsOf } from '../core/calendar.ts'
import { type Filters, readFilters } from '../core/filters.ts'
import { readRecordStart } from '../db/record.ts'
import type { AppContext } from './context.ts'
import { requireUser } from './guard.ts'

/** What a list, count, tile or export is asked for: the filter, who asks, and the day that lateness is judged on. */
export interface FilterRequest {
  filters: Filters
  scope: Scope
  /** The calendar day in Shanghai: today, or that of `asOf`. */
  today: string
  /** The past moment asked for, or null for the present. */
  asOf: Date | null
  /** Of a past moment: read what the system knew then, not what ledgers told of it afterwards. */
  isRecorded?: boolean
}

/** What an answer rests on: the present, the record of a past day, or what ledgers told of a day before the record. */
export function basisOf({ asOf, isRecorded }: Pick<FilterRequest, 'asOf' | 'isRecorded'>) {
  if (!asOf) return 'present'
  return isRecorded ? 'recorded' : 'rebuilt'
}

/** Reads the filter words of a request. Throws 401, or 400 with the known words. */
export async function readFilterRequest(request: FastifyRequest): Promise<FilterRequest> {
  const user = requireUser(request)
  const filters = readFilters(request.query as Record<string, unknown>)
  await assertKnownAreas(request.server.context.database.knex, filters)
  return makeFilterRequest(request.server.context, filters, user.scope)
}

export async function makeFilterRequest(
  { database, now }: Pick<AppContext, 'database' | 'now'>,
  filters: Filters,
  scope: Scope,
): Promise<FilterRequest> {
  if (!filters.asOf) return { filters, scope, today: dayOf(now()), asOf: null }
  const asOf = instantOfAsOf(filters.asOf)
  const start = await readRecordStart(database.knex)
  return {
    filters,
    scope,
    today: dayOfAsOf(filters.asOf),
    asOf,
    isRecorded: start !== null && start < asOf,
  }
}
