import type { Knex } from 'knex'
import { applyKeyset, type Keyed, type Order, takePage } from '../db/keyset.ts'
import { pointAt } from '../db/spatial.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { selectPlaces } from './filter.ts'
import { PLACE_TABLES, type PlaceRow, type PlaceTable } from './model.ts'

function columnsOf(table: PlaceTable): string {
  const own = Object.entries(PLACE_TABLES[table].own).map(
    ([field, column]) => `places.${column} as "${field}"`,
  )
  return `places.id, places.name, places.kind, places.area_code as "areaCode", areas.name as "areaName",
    places.address, ST_X(places.geom) as lng, ST_Y(places.geom) as lat, places.source,
    places.is_example as "isExample", places.version, ${own.join(', ')}`
}

const withArea = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
  query.leftJoin('areas', 'areas.code', 'places.area_code')

const ORDER: Order = {
  keys: [
    // by code point: both engines then order alike, whatever locale they were made with
    { expression: 'places.name collate "C"', type: 'text' },
    { expression: 'places.id', type: 'uuid' },
  ],
  isDescending: false,
}

export async function listPlaces(
  db: Knex,
  table: PlaceTable,
  request: FilterRequest,
  kinds: readonly string[] | undefined,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ rows: PlaceRow[]; total: number; nextCursor: string | null }> {
  const query = withArea(selectPlaces(db, table, request, kinds)).select(db.raw(columnsOf(table)))
  const rows: (PlaceRow & Keyed)[] = await applyKeyset(db, query, ORDER, page)
  const counted = await selectPlaces(db, table, request, kinds).count('* as count').first()
  return { ...takePage<PlaceRow>(rows, ORDER, page.limit), total: Number(counted.count) }
}

/** One place, if the scope may see it. */
export async function findPlace(
  db: Knex,
  table: PlaceTable,
  id: string,
  request: Omit<FilterRequest, 'filters'>,
): Promise<PlaceRow | undefined> {
  return withArea(selectPlaces(db, table, { ...request, filters: {} }))
    .select(db.raw(columnsOf(table)))
    .where('places.id', id)
    .first()
}

/** A place as it is written: the columns named, and the position where it is given. */
export interface PlaceRecord {
  columns: Record<string, unknown>
  position: { lng: number; lat: number; areaCode: string | null } | null
}

function asColumns(db: Knex, { columns, position }: PlaceRecord): Record<string, unknown> {
  if (!position) return columns
  return { ...columns, geom: pointAt(db, position.lng, position.lat), area_code: position.areaCode }
}

export async function insertPlace(
  transaction: Knex,
  table: PlaceTable,
  place: { id: string; source: string; isExample: boolean } & PlaceRecord,
  at: Date,
): Promise<void> {
  await transaction(table).insert({
    id: place.id,
    source: place.source,
    is_example: place.isExample,
    ...asColumns(transaction, place),
    updated_at: at,
  })
}

/** Changes a place if it still has the version; answers whether it did. */
export async function updatePlace(
  transaction: Knex,
  table: PlaceTable,
  id: string,
  version: number,
  record: PlaceRecord,
  at: Date,
): Promise<boolean> {
  const count = await transaction(table)
    .where({ id, version })
    .update({ ...asColumns(transaction, record), version: version + 1, updated_at: at })
  return count === 1
}
