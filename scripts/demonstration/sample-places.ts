import {
  between,
  distance,
  distanceToLine,
  isInside,
  type LngLat,
  type Point,
  sides,
  toLngLat,
  toPlane,
} from './plane.ts'
import type { Random } from './random.ts'
import type { SchematicNetwork, SchematicRoad } from './schematic-network.ts'

export interface SampledPlace {
  lng: number
  lat: number
  areaCode: string
  roadName: string
}

const OFFSET_METERS = { least: 18, greatest: 60 }
const CLEAR_OF_ROADS_METERS = 12

interface MeasuredRoad {
  road: SchematicRoad
  line: Point[]
  lengthMeters: number
}

/**
 * Points beside the streets, spread over the units by the square root of their street length, so that a small unit is
 * not left nearly empty. Each lies inside the unit that it names.
 */
export function samplePlacesAlongNetwork(
  network: SchematicNetwork,
  count: number,
  random: Random,
): SampledPlace[] {
  const units = network.outlines.map((outline) => {
    const roads = network.roads.filter((road) => road.areaCode === outline.code).map(measure)
    return { code: outline.code, ring: outline.ring.map(toPlane), roads, weight: Math.sqrt(lengthOf(roads)) }
  })
  const places: SampledPlace[] = []
  while (places.length < count) {
    const unit = pickWeighted(random, units, (each) => each.weight)
    const { road, line } = pickWeighted(random, unit.roads, (each) => each.lengthMeters)
    const point = besideRoad(line, random)
    const isFree = unit.roads.every((other) => distanceToLine(point, other.line) >= CLEAR_OF_ROADS_METERS)
    if (!isFree) continue
    const [lng, lat]: LngLat = toLngLat(point)
    if (!isInside(unit.ring, toPlane([lng, lat]))) continue
    places.push({ lng, lat, areaCode: unit.code, roadName: road.name })
  }
  return places
}

function measure(road: SchematicRoad): MeasuredRoad {
  const line = road.coordinates.map(toPlane)
  return { road, line, lengthMeters: sides(line).reduce((sum, [a, b]) => sum + distance(a, b), 0) }
}

const lengthOf = (roads: MeasuredRoad[]): number => roads.reduce((sum, road) => sum + road.lengthMeters, 0)

function pickWeighted<T>(random: Random, list: T[], weightOf: (item: T) => number): T {
  let rest = random() * list.reduce((sum, item) => sum + weightOf(item), 0)
  for (const item of list) {
    rest -= weightOf(item)
    if (rest < 0) return item
  }
  throw new Error('no street to place anything along')
}

function besideRoad(line: Point[], random: Random): Point {
  const segments = sides(line)
  const [a, b] = pickWeighted(random, segments, ([start, end]) => distance(start, end))
  const foot = between(a, b, random())
  const side = random() < 0.5 ? -1 : 1
  const offset = OFFSET_METERS.least + random() * (OFFSET_METERS.greatest - OFFSET_METERS.least)
  const length = Math.max(1, distance(a, b))
  return {
    x: foot.x - (side * offset * (b.y - a.y)) / length,
    y: foot.y + (side * offset * (b.x - a.x)) / length,
  }
}
