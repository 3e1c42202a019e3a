import type { ProtectedPlaceKind, ResourceKind } from '../../core/vocabulary.ts'
import type {
  BuildingClass,
  LandUseClass,
  PlaceClass,
  RailwayClass,
  RoadClass,
  WaterClass,
} from '../schema.ts'

/** How OpenStreetMap's tags become classes of our base map. What is not named here is not imported. */
export type Tags = Record<string, string>

const ROADS: Record<string, RoadClass> = {
  motorway: 'motorway',
  motorway_link: 'motorway',
  trunk: 'trunk',
  trunk_link: 'trunk',
  primary: 'primary',
  primary_link: 'primary',
  secondary: 'secondary',
  secondary_link: 'secondary',
  tertiary: 'tertiary',
  tertiary_link: 'tertiary',
  unclassified: 'residential',
  residential: 'residential',
  living_street: 'residential',
  road: 'residential',
  service: 'service',
  track: 'track',
  path: 'path',
  footway: 'path',
  cycleway: 'path',
  bridleway: 'path',
  pedestrian: 'path',
  steps: 'path',
}

export interface RoadReading {
  class: RoadClass
  isOneway: boolean
  /** Drawn against the direction of travel (oneway=-1): the line must be turned. */
  isReversed: boolean
  speedKmh: number | null
}

export function readRoad(tags: Tags): RoadReading | null {
  const roadClass = ROADS[tags.highway ?? '']
  // a square is a surface, not a line to drive along
  if (!roadClass || tags.area === 'yes') return null
  const isReversed = tags.oneway === '-1' || tags.oneway === 'reverse'
  const isSaid = isReversed || ['yes', 'true', '1'].includes(tags.oneway ?? '')
  const isImplied =
    tags.highway === 'motorway' || tags.junction === 'roundabout' || tags.junction === 'circular'
  const isOneway = isSaid || (isImplied && tags.oneway !== 'no')
  return { class: roadClass, isOneway, isReversed, speedKmh: readSpeed(tags.maxspeed) }
}

const KMH_PER_MPH = 1.609_344

/** `50`, `50 km/h`, `30 mph`; words such as `AT:urban` or `none` say nothing certain. */
export function readSpeed(text: string | undefined): number | null {
  const match = /^(\d{1,3}(?:\.\d+)?)\s*(km\/h|kmh|mph)?$/.exec(text?.trim() ?? '')
  if (!match) return null
  const kmh = Number(match[1]) * (match[2] === 'mph' ? KMH_PER_MPH : 1)
  return kmh >= 1 && kmh <= 300 ? Math.round(kmh * 10) / 10 : null
}

const RAILWAYS: Record<string, RailwayClass> = {
  rail: 'rail',
  preserved: 'rail',
  subway: 'subway',
  light_rail: 'light_rail',
  monorail: 'light_rail',
  tram: 'tram',
  narrow_gauge: 'narrow_gauge',
  disused: 'disused',
}
export const readRailway = (tags: Tags): RailwayClass | null => RAILWAYS[tags.railway ?? ''] ?? null

const WATERWAYS: Record<string, WaterClass> = {
  river: 'river',
  canal: 'canal',
  stream: 'stream',
  ditch: 'ditch',
  drain: 'ditch',
}
export const readWaterLine = (tags: Tags): WaterClass | null => WATERWAYS[tags.waterway ?? ''] ?? null

export function readWaterArea(tags: Tags): WaterClass | null {
  if (tags.waterway === 'riverbank') return 'river'
  if (tags.natural === 'water')
    return tags.water === 'river' ? 'river' : tags.water === 'canal' ? 'canal' : 'water'
  return ['reservoir', 'basin', 'water'].includes(tags.landuse ?? '') || tags.waterway === 'dock'
    ? 'water'
    : null
}

const LAND_USES: Record<string, LandUseClass> = {
  residential: 'residential',
  commercial: 'commercial',
  retail: 'commercial',
  industrial: 'industrial',
  quarry: 'industrial',
  landfill: 'industrial',
  railway: 'industrial',
  brownfield: 'industrial',
  construction: 'industrial',
  port: 'industrial',
  depot: 'industrial',
  forest: 'forest',
  farmland: 'farmland',
  farmyard: 'farmland',
  orchard: 'farmland',
  vineyard: 'farmland',
  meadow: 'farmland',
  allotments: 'farmland',
  plant_nursery: 'farmland',
  greenhouse_horticulture: 'farmland',
  grass: 'green',
  recreation_ground: 'green',
  village_green: 'green',
  cemetery: 'green',
  flowerbed: 'green',
}
const NATURAL_USES: Record<string, LandUseClass> = {
  wood: 'forest',
  grassland: 'green',
  scrub: 'green',
  heath: 'green',
}
const LEISURE_USES: Record<string, LandUseClass> = {
  park: 'green',
  garden: 'green',
  pitch: 'green',
  golf_course: 'green',
  playground: 'green',
}
export const readLandUse = (tags: Tags): LandUseClass | null =>
  LAND_USES[tags.landuse ?? ''] ??
  LEISURE_USES[tags.leisure ?? ''] ??
  NATURAL_USES[tags.natural ?? ''] ??
  null

const BUILDINGS: Record<Exclude<BuildingClass, 'other'>, string> = {
  residential:
    'residential house apartments detached semidetached_house terrace dormitory bungalow farm hut cabin villa',
  commercial: 'commercial retail office supermarket hotel kiosk shop mall',
  industrial: 'industrial warehouse factory manufacture hangar greenhouse glasshouse barn silo storage_tank',
  public:
    'public civic government school kindergarten college university hospital fire_station station train_station church chapel cathedral temple mosque stadium sports_hall',
}
const BUILDING_OF_WORD = new Map(
  Object.entries(BUILDINGS).flatMap(([buildingClass, words]) =>
    words.split(' ').map((word) => [word, buildingClass as BuildingClass] as const),
  ),
)
export function readBuilding(tags: Tags): BuildingClass | null {
  const word = tags.building
  if (!word || word === 'no' || word === 'entrance') return null
  return BUILDING_OF_WORD.get(word) ?? 'other'
}

const PLACES: Record<string, PlaceClass> = {
  city: 'city',
  borough: 'district',
  district: 'district',
  town: 'town',
  village: 'village',
  suburb: 'suburb',
  quarter: 'community',
  neighbourhood: 'community',
  hamlet: 'hamlet',
  isolated_dwelling: 'hamlet',
  locality: 'locality',
}
/** Only what has a name can be written on the map. */
export const readPlace = (tags: Tags): PlaceClass | null =>
  tags.name ? (PLACES[tags.place ?? ''] ?? null) : null

export function readResource(tags: Tags): ResourceKind | null {
  if (tags.amenity === 'fire_station') return 'fire_station'
  if (isHospital(tags)) return 'hospital'
  if (tags.emergency === 'fire_hydrant') return 'hydrant'
  return tags.emergency === 'assembly_point' ? 'shelter' : null
}

export function readProtectedPlace(tags: Tags): ProtectedPlaceKind | null {
  if (isHospital(tags)) return 'hospital'
  if (['school', 'college', 'university'].includes(tags.amenity ?? '')) return 'school'
  if (tags.amenity === 'kindergarten' || tags.amenity === 'childcare') return 'kindergarten'
  if (tags.amenity === 'marketplace') return 'market'
  return isElderlyHome(tags) ? 'elderly_home' : null
}

const isHospital = (tags: Tags): boolean => tags.amenity === 'hospital' || tags.healthcare === 'hospital'

function isElderlyHome(tags: Tags): boolean {
  if (tags.amenity === 'nursing_home' || tags.amenity === 'retirement_home') return true
  if (tags.amenity !== 'social_facility') return false
  const isForAged = (tags['social_facility:for'] ?? '').split(';').includes('senior')
  return tags.social_facility === 'nursing_home' || isForAged
}

export function readAddress(tags: Tags): string | null {
  if (tags['addr:full']) return tags['addr:full']
  const address = [tags['addr:city'], tags['addr:street'], tags['addr:housenumber']].filter(Boolean).join(' ')
  return address || null
}

/** The keys that the functions above look at: a node without any of them is only a position. */
export const NODE_KEYS = [
  'place',
  'name',
  'amenity',
  'healthcare',
  'emergency',
  'social_facility',
  'social_facility:for',
  'addr:full',
  'addr:city',
  'addr:street',
  'addr:housenumber',
  'phone',
  'contact:phone',
]
export const WAY_KEYS = [
  ...NODE_KEYS,
  'highway',
  'area',
  'oneway',
  'junction',
  'maxspeed',
  'railway',
  'waterway',
  'natural',
  'water',
  'landuse',
  'leisure',
  'building',
]
export const RELATION_KEYS = [...WAY_KEYS, 'type']

export const isLine = (tags: Tags): boolean =>
  readRoad(tags) !== null || readRailway(tags) !== null || readWaterLine(tags) !== null
export const isArea = (tags: Tags): boolean =>
  readWaterArea(tags) !== null || readLandUse(tags) !== null || readBuilding(tags) !== null
export const isPlaceOfInterest = (tags: Tags): boolean =>
  readResource(tags) !== null || readProtectedPlace(tags) !== null
