import type { Knex } from 'knex'
import knexPostgis from 'knex-postgis'

/**
 * The SRID of every stored geometry. The meaning is EPSG:4490 (CGCS2000); it is written as 4326 because clients and
 * tools know that code, and the two differ by less than this system's precision (PROJ transforms by zero).
 */
export const STORAGE_SRID = 4326

/** The only door to knex-postgis, which has had no release since 2022. A transaction may be handed in as well. */
const functionsOf = (db: Knex) => knexPostgis(db)

/** A stored point from a WGS-84 position in degrees. */
export function pointAt(db: Knex, lng: number, lat: number): Knex.Raw {
  const spatial = functionsOf(db)
  return spatial.setSRID(spatial.makePoint(lng, lat), STORAGE_SRID)
}

/** Whether a column's geometry meets the box; the index is asked first, since ST_Intersects begins with &&. */
export function isWithin(
  db: Knex,
  column: string,
  bbox: readonly [number, number, number, number],
): Knex.Raw {
  const spatial = functionsOf(db)
  const [west, south, east, north] = bbox
  return spatial.intersects(column, spatial.makeEnvelope(west, south, east, north, STORAGE_SRID))
}
