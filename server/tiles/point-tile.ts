import type { Knex } from 'knex'
import { type TileAddress, tileOwnership, tilePixel } from '../core/tile-grid.ts'
import type { TileFeature, TileValue } from './encode.ts'

/** Keeps the rows whose point the tile owns; `indexed` is the column that holds the point. Both are our own text. */
export function wherePointInTile(
  query: Knex.QueryBuilder,
  tile: TileAddress,
  point: string,
  indexed = point,
): void {
  const { west, south, east, north } = tileOwnership(tile)
  query
    .whereRaw(`${indexed} && ST_MakeEnvelope(?, ?, ?, ?, 4326)`, [west, south, east, north])
    .whereRaw(`ST_X(${point}) >= ? and ST_X(${point}) < ?`, [west, east])
    .whereRaw(`ST_Y(${point}) > ? and ST_Y(${point}) <= ?`, [south, north])
}

/** A row of a point layer: what is neither id nor place is a property. */
export interface PointRow {
  featureId: number
  lng: number
  lat: number
  [property: string]: TileValue
}

export function asPointFeature(
  { featureId, lng, lat, ...properties }: PointRow,
  tile: TileAddress,
): TileFeature {
  return {
    id: featureId,
    geometry: { type: 'Point', coordinates: tilePixel(tile, lng, lat) },
    properties,
  }
}
