import { readFile } from 'node:fs/promises'
import type { FeatureCollection, Polygon } from 'geojson'
import type { LngLat } from './plane.ts'
import type { UnitOutline } from './schematic-lattice.ts'

const OUTLINES = new URL('../../data/boundaries/etdz_units_approx.wgs84.geojson', import.meta.url)

/** The approximate outlines of the five units, as shipped: the demonstration is drawn inside these. */
export async function readUnitOutlines(): Promise<UnitOutline[]> {
  const text = await readFile(OUTLINES, 'utf8')
  const collection = JSON.parse(text) as FeatureCollection<Polygon, { code: string; name: string }>
  return collection.features.map(({ properties, geometry }) => ({
    code: properties.code,
    name: properties.name,
    ring: (geometry.coordinates[0] ?? []) as LngLat[],
  }))
}
