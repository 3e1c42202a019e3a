import type { Geometry, Position } from 'geojson'
import { v7 as makeId } from 'uuid'
import type { SourcedProtectedPlace, SourcedResource } from '../places-of-interest.ts'
import { importanceOfPlace, importanceOfRoad } from '../schema.ts'
import type { BaseFeature, PlaceFeature, RoadFeature } from '../store.ts'
import type { Gathered } from './gather.ts'
import type { OsmRelation, OsmWay } from './read-pbf.ts'
import {
  isArea,
  readAddress,
  readBuilding,
  readLandUse,
  readPlace,
  readProtectedPlace,
  readRailway,
  readResource,
  readRoad,
  readWaterArea,
  readWaterLine,
  type Tags,
} from './tags.ts'

/** Must be shown wherever the data is. */
export const OSM_SOURCE = '© OpenStreetMap 贡献者（ODbL 1.0）'

export interface RowOf {
  roads: RoadFeature
  railways: BaseFeature
  waters: BaseFeature
  land_uses: BaseFeature
  buildings: BaseFeature
  places: PlaceFeature
  resources: SourcedResource
  protected_places: SourcedProtectedPlace
}
export type Assembled = { [T in keyof RowOf]: { table: T; row: RowOf[T] } }[keyof RowOf]

/** Everything of the extract that we draw or protect, one by one. */
export function* assemble(gathered: Gathered): Generator<Assembled> {
  for (const node of gathered.nodes) {
    const position: Position = [node.lon, node.lat]
    const placeClass = readPlace(node.tags)
    if (placeClass) {
      const common = commonOf(`n${node.id}`, node.tags, placeClass, { type: 'Point', coordinates: position })
      yield { table: 'places', row: { ...common, importance: importanceOfPlace(placeClass) } }
    }
    yield* placesOfInterest(`n${node.id}`, node.tags, position)
  }
  const taken = new Set<number>()
  for (const relation of gathered.relations) yield* assembleRelation(relation, gathered, taken)
  for (const way of gathered.ways.values()) yield* assembleWay(way, gathered, taken)
}

function* assembleWay(way: OsmWay, { positions }: Gathered, taken: Set<number>): Generator<Assembled> {
  const tags = way.tags ?? {}
  const line = way.refs.flatMap((ref) => {
    const position = positions.get(ref)
    return position ? [position] : []
  })
  if (!isDrawable(line)) return
  yield* assembleLine(way.id, tags, line)
  const isClosed = line.length === way.refs.length && line.length > 3 && way.refs[0] === way.refs.at(-1)
  if (!isClosed || tags.area === 'no' || taken.has(way.id)) return
  yield* assembleSurface(`w${way.id}`, tags, { type: 'Polygon', coordinates: [line] })
  yield* placesOfInterest(`w${way.id}`, tags, centroid(line))
}

function* assembleLine(id: number, tags: Tags, line: Position[]): Generator<Assembled> {
  const sourceKey = `w${id}`
  const geometry: Geometry = { type: 'LineString', coordinates: line }
  const road = readRoad(tags)
  if (road) {
    const coordinates = road.isReversed ? line.toReversed() : line
    const common = commonOf(sourceKey, tags, road.class, { type: 'LineString', coordinates })
    const { isOneway, speedKmh } = road
    yield { table: 'roads', row: { ...common, isOneway, speedKmh, importance: importanceOfRoad(road.class) } }
  }
  const railway = readRailway(tags)
  if (railway) yield { table: 'railways', row: commonOf(sourceKey, tags, railway, geometry) }
  const water = readWaterLine(tags)
  if (water) yield { table: 'waters', row: commonOf(sourceKey, tags, water, geometry) }
}

/** The member ways as they are: the database closes them to rings and finds the holes. */
function* assembleRelation(
  relation: OsmRelation,
  { ways, positions }: Gathered,
  taken: Set<number>,
): Generator<Assembled> {
  const members = relation.members.flatMap((member) => {
    const way = member.type === 'way' ? ways.get(member.ref) : undefined
    return way ? [{ way, isOuter: member.role !== 'inner' }] : []
  })
  const outer = members.filter((member) => member.isOuter).map((member) => member.way)
  const { type: _, ...own } = relation.tags ?? {}
  const inherited = outer.find((way) => isArea(way.tags ?? {}))
  const tags = Object.keys(own).length > 0 ? own : (inherited?.tags ?? {})
  if (tags !== own) for (const way of outer) taken.add(way.id)
  const lines = members
    .map(({ way }) => way.refs.map((ref) => positions.get(ref)))
    .map((line) => line.filter((position) => position !== null))
    .filter(isDrawable)
  const [first] = lines
  if (!first) return
  yield* assembleSurface(`r${relation.id}`, tags, { type: 'MultiLineString', coordinates: lines })
  yield* placesOfInterest(`r${relation.id}`, tags, centroid(first))
}

/** One thing may be several: a school's building is a building and a place to protect. */
function* assembleSurface(sourceKey: string, tags: Tags, geometry: Geometry): Generator<Assembled> {
  const water = readWaterArea(tags)
  if (water) yield { table: 'waters', row: commonOf(`${sourceKey}a`, tags, water, geometry) }
  const landUse = water ? null : readLandUse(tags)
  if (landUse) yield { table: 'land_uses', row: commonOf(sourceKey, tags, landUse, geometry) }
  const building = readBuilding(tags)
  if (building) yield { table: 'buildings', row: commonOf(sourceKey, tags, building, geometry) }
}

const RESOURCE_FALLBACK = {
  fire_station: '消防站（未命名）',
  hospital: '医院（未命名）',
  rescue_team: '救援队（未命名）',
  shelter: '集合点（未命名）',
  depot: '物资库（未命名）',
  hydrant: '消火栓',
}
const PROTECTED_FALLBACK = {
  school: '学校（未命名）',
  hospital: '医院（未命名）',
  elderly_home: '养老机构（未命名）',
  market: '市场（未命名）',
  residential: '居民区（未命名）',
  kindergarten: '幼儿园（未命名）',
}

function* placesOfInterest(key: string, tags: Tags, position: Position): Generator<Assembled> {
  const common = {
    id: makeId(),
    sourceKey: `osm:${key}`,
    address: cut(readAddress(tags), 300),
    source: OSM_SOURCE,
    isExample: false,
    position: position as [number, number],
  }
  const name = cut(tags.name ?? null, 200)
  const resource = readResource(tags)
  if (resource) {
    const phone = cut(tags.phone ?? tags['contact:phone'] ?? null, 40)
    const row = {
      ...common,
      name: name ?? RESOURCE_FALLBACK[resource],
      kind: resource,
      phone,
      capacity: null,
    }
    yield { table: 'resources', row }
  }
  const protectedPlace = readProtectedPlace(tags)
  if (protectedPlace) {
    const row = {
      ...common,
      name: name ?? PROTECTED_FALLBACK[protectedPlace],
      kind: protectedPlace,
      headcount: null,
    }
    yield { table: 'protected_places', row }
  }
}

const cut = (text: string | null, length: number): string | null => text?.slice(0, length) ?? null

const commonOf = (sourceKey: string, tags: Tags, className: string, geometry: Geometry): BaseFeature => ({
  sourceKey,
  name: tags.name ?? null,
  class: className,
  geometry,
})

/** A line needs two different positions. */
const isDrawable = (line: Position[]): boolean =>
  line.some((position) => position[0] !== line[0]?.[0] || position[1] !== line[0]?.[1])

/** The middle of a ring by area; of an open or flat line, the middle of its corners. */
function centroid(ring: Position[]): Position {
  const [originX = 0, originY = 0] = ring[0] ?? []
  let [area, sumX, sumY] = [0, 0, 0]
  let previous = { x: 0, y: 0 }
  for (const [lng = 0, lat = 0] of ring) {
    // from the first corner: the products of whole coordinates would lose the digits that matter
    const [x, y] = [lng - originX, lat - originY]
    const cross = previous.x * y - x * previous.y
    area += cross
    sumX += (previous.x + x) * cross
    sumY += (previous.y + y) * cross
    previous = { x, y }
  }
  if (area !== 0) return [originX + sumX / (3 * area), originY + sumY / (3 * area)]
  const middle = (pick: 0 | 1) => ring.reduce((sum, position) => sum + (position[pick] ?? 0), 0) / ring.length
  return [middle(0), middle(1)]
}
