import type { Knex } from 'knex'
import type { Scope } from './model.ts'

/** Narrows a query to what the scope may see. Column names come from our own code, never from a request. */
export function restrict(
  query: Knex.QueryBuilder,
  scope: Scope,
  columns: { area: string; sector: string | null },
): Knex.QueryBuilder {
  if (scope.areas !== 'all') query.whereIn(columns.area, scope.areas)
  if (scope.sectors !== 'all' && columns.sector !== null) query.whereIn(columns.sector, scope.sectors)
  return query
}
