import type { FastifyRequest } from 'fastify'
import type { Scope } from '../access/model.ts'
import { assertKnownAreas } from '../areas/known.ts'
import { dayOf, dayOfAsOf, instantOfAsOf } from '../core/calendar.ts'
import { type Filters, readFilters } from '../core/filters.ts'
import { requireUser } from './guard.ts'

/** What a list, count, tile or export is asked for: the filter, who asks, and the day that lateness is judged on. */
export interface FilterRequest {
  filters: Filters
  scope: Scope
  /** The calendar day in Shanghai: today, or that of `asOf`. */
  today: string
  /** The past moment asked for, or null for the present. */
  asOf: Date | null
}

/** Reads the filter words of a request. Throws 401, or 400 with the known words. */
export async function readFilterRequest(request: FastifyRequest): Promise<FilterRequest> {
  const user = requireUser(request)
  const { database, now } = request.server.context
  const filters = readFilters(request.query as Record<string, unknown>)
  await assertKnownAreas(database.knex, filters)
  return makeFilterRequest(filters, user.scope, now())
}

export function makeFilterRequest(filters: Filters, scope: Scope, now: Date): FilterRequest {
  return {
    filters,
    scope,
    today: filters.asOf ? dayOfAsOf(filters.asOf) : dayOf(now),
    asOf: filters.asOf ? instantOfAsOf(filters.asOf) : null,
  }
}
