import type { FastifyRequest } from 'fastify'
import type { Feature, FeatureCollection, Geometry } from 'geojson'

export const GEOJSON_TYPE = 'application/geo+json'

/** Whether the client asked for GeoJSON rather than the plain list. */
export function wantsGeojson(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes(GEOJSON_TYPE)
}

export interface Located {
  id: string
  geometry: Geometry | null
}

/** A page of things as a FeatureCollection; what has no place keeps its row with a null geometry. */
export function asFeatureCollection(
  items: readonly Located[],
  numberMatched: number,
  nextCursor: string | null = null,
): FeatureCollection<Geometry | null> & {
  numberMatched: number
  numberReturned: number
  nextCursor: string | null
} {
  return {
    type: 'FeatureCollection',
    features: items.map(asFeature),
    numberMatched,
    numberReturned: items.length,
    nextCursor,
  }
}

/** One thing as a Feature: what has no place keeps a null geometry. */
export function asFeature(item: Located): Feature<Geometry | null> {
  const { geometry, ...properties } = item
  return { type: 'Feature', id: item.id, geometry, properties }
}
