import type { DrillZone, PointGeometry } from '@contract'
import circle from '@turf/circle'
import type { Feature, FeatureCollection, Polygon } from 'geojson'

/** Enough corners that a circle of 5 km is nowhere more than 3 m off the true one. */
const STEPS = 96

export interface ZoneProperties {
  id: string
  kind: DrillZone['kind']
  name: string
  radiusMeters: number
}

/** The circles of a drill on the ground: geodesic, so that 150 m are 150 m at this latitude. */
export function zoneFeatures(
  centre: PointGeometry | null,
  zones: readonly DrillZone[],
): FeatureCollection<Polygon, ZoneProperties> {
  const features: Feature<Polygon, ZoneProperties>[] = []
  for (const zone of zones) {
    if (centre === null || zone.radiusMeters === undefined || !(zone.radiusMeters > 0)) continue
    const properties = { id: zone.id, kind: zone.kind, name: zone.name, radiusMeters: zone.radiusMeters }
    features.push(
      circle(centre.coordinates, zone.radiusMeters, { units: 'meters', steps: STEPS, properties }),
    )
  }
  return { type: 'FeatureCollection', features }
}
