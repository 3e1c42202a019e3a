import type { Knex } from 'knex'
import { restrict } from '../access/restrict.ts'
import { applyArea, applyBbox, containing } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import type { PlaceTable } from './model.ts'

/**
 * The places of a table that the asker may see. Of the shared words area, bbox and q speak of a place; the others speak
 * of hazards and change nothing here.
 */
export function selectPlaces(
  db: Knex,
  table: PlaceTable,
  request: FilterRequest,
  kinds?: readonly string[],
): Knex.QueryBuilder {
  const query = db(`${table} as places`)
  restrict(query, request.scope, { area: 'places.area_code', sector: null })
  if (kinds) query.whereIn('places.kind', kinds)
  applyArea(query, request.filters.area, 'places.area_code')
  applyBbox(db, query, request.filters.bbox, 'places.geom')
  if (request.filters.q) {
    const pattern = containing(request.filters.q)
    query.where((either) => either.whereILike('places.name', pattern).orWhereILike('places.address', pattern))
  }
  return query
}
