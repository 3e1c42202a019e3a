import { importanceOfRoad } from '../../server/base-map/schema.ts'
import type { BaseFeature, RoadFeature } from '../../server/base-map/store.ts'
import type { SchematicNetwork } from './schematic-network.ts'
import type { SchematicArea, SchematicLine } from './schematic-surroundings.ts'

export interface SchematicFeatures {
  roads: RoadFeature[]
  railways: BaseFeature[]
  waters: BaseFeature[]
  buildings: BaseFeature[]
}

/** The network as rows of the base tables. Keys are names or places in the drawing, the same at every run. */
export function asFeatures(network: SchematicNetwork): SchematicFeatures {
  return {
    roads: network.roads.map((road) => ({
      sourceKey: road.name,
      name: road.name,
      class: road.class,
      isOneway: road.isOneway,
      speedKmh: road.speedKmh,
      importance: importanceOfRoad(road.class),
      geometry: { type: 'LineString', coordinates: road.coordinates },
    })),
    railways: network.railways.map(asLine),
    waters: [...network.waters.map(asArea), ...network.streams.map(asLine)],
    buildings: network.buildings.map(asArea),
  }
}

const asLine = (line: SchematicLine, index: number): BaseFeature => ({
  sourceKey: `${line.class}:${index}`,
  name: line.name,
  class: line.class,
  geometry: { type: 'LineString', coordinates: line.coordinates },
})

const asArea = (area: SchematicArea, index: number): BaseFeature => ({
  sourceKey: `area:${index}`,
  name: area.name,
  class: area.class,
  geometry: { type: 'Polygon', coordinates: [area.ring] },
})
