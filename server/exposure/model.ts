import type { Geometry } from 'geojson'
import { maySee, type Scope } from '../access/model.ts'
import type { ProtectedPlaceKind } from '../core/vocabulary.ts'
import type { Exposure } from '../risk/assess-schema.ts'

/** GB 18218-2018 takes α from the people within 500 m beyond the border. */
export const REACH_METERS = 500

/** A protected place within reach of a site, with the shortest way to the site's border along the ellipsoid. */
export interface PlaceInReach {
  id: string
  name: string
  kind: ProtectedPlaceKind
  headcount: number | null
  areaCode: string | null
  lng: number
  lat: number
  distanceMeters: number
}

export interface PopulationInReach {
  people: number
  cells: number
  sources: string[]
}

/** What lies around a site, as the database answers it. */
export interface Surroundings {
  siteId: string
  /** Type of the site's shape; null: it has no position. */
  shape: Geometry['type'] | null
  places: PlaceInReach[]
  population: PopulationInReach | null
}

interface CountedPlace extends PlaceInReach {
  isCounted: boolean
  reason: string | null
}

export interface Count {
  people: number | null
  from: Exposure['from']
  places: CountedPlace[]
  population: PopulationInReach | null
  notes: string[]
}

const UNKNOWN = '人数未知'
const RESIDENTS_COUNTED = '居民已由人口图层计入，不重复相加'

/**
 * Counts the people around a site. Where a population layer reaches in, it already holds the residents, so residential
 * places are listed and not added. A place of unknown headcount is not nobody: it is listed, not counted, and said.
 */
export function countPeople({ shape, places, population }: Surroundings): Count {
  if (shape === null) {
    return { people: null, from: 'none', places: [], population: null, notes: ['场所没有位置，无法量算'] }
  }
  const counted = places.map((place): CountedPlace => {
    const reason = reasonNotToCount(place, population)
    return { ...place, isCounted: reason === null, reason }
  })
  const inPlaces = counted.reduce((sum, place) => sum + (place.isCounted ? (place.headcount ?? 0) : 0), 0)
  return {
    people: Math.round(inPlaces + (population?.people ?? 0)),
    from: shape === 'Point' ? 'point' : 'border',
    places: counted,
    population,
    notes: notesOf(shape, counted, population),
  }
}

function reasonNotToCount(place: PlaceInReach, population: PopulationInReach | null): string | null {
  if (population && place.kind === 'residential') return RESIDENTS_COUNTED
  return place.headcount === null ? UNKNOWN : null
}

function notesOf(
  shape: Geometry['type'],
  places: CountedPlace[],
  population: PopulationInReach | null,
): string[] {
  const count = (reason: string) => places.filter((place) => place.reason === reason).length
  const notes: string[] = []
  if (shape === 'Point') notes.push('以点位量算，界线待补')
  if (shape === 'LineString') notes.push('以路线量算')
  const unknown = count(UNKNOWN)
  if (unknown > 0) notes.push(`${unknown} 处人数未知，没有计入，实际人数可能更多`)
  const doubled = count(RESIDENTS_COUNTED)
  if (doubled > 0) notes.push(`居民由人口图层计入，${doubled} 处居民区只列出，不相加`)
  if (places.some((place) => place.isCounted && place.kind !== 'residential')) {
    notes.push('标准所称为常住人口；学校、医院、市场等按登记人数计入，偏于安全')
  }
  if (population === null && places.length === 0) notes.push('500 m 内没有登记的防护目标，也没有人口图层')
  return notes
}

/** What a site keeps of the count, so that a past α can be explained. Distances and names are asked anew. */
export function summarize(count: Count, countedOn: string): Record<string, unknown> | null {
  if (count.people === null) return null
  const reasons = (reason: string) => count.places.filter((place) => place.reason === reason).length
  return {
    from: count.from,
    countedPlaces: count.places.filter((place) => place.isCounted).length,
    withoutHeadcount: reasons(UNKNOWN),
    inPopulation: reasons(RESIDENTS_COUNTED),
    populationPeople: count.population === null ? null : Math.round(count.population.people),
    sources: count.population?.sources ?? [],
    countedOn,
  }
}

const tenths = (meters: number): number => Math.round(meters * 10) / 10
const millionths = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/**
 * The count as one may see it. The number of people is the same for everybody, since the standard knows no district:
 * places of other areas are in it, but of them an officer is told only how many they are and how many people.
 */
export function asExposure(
  siteId: string,
  count: Count,
  reach: Geometry | null,
  scope: Scope,
  today: string,
): Exposure {
  const isOwn = ({ areaCode }: PlaceInReach) => maySee({ ...scope, sectors: 'all' }, areaCode, null)
  const others = count.places.filter((place) => !isOwn(place))
  return {
    siteId,
    radiusMeters: REACH_METERS,
    people: count.people,
    from: count.from,
    reach,
    places: count.places.filter(isOwn).map(({ areaCode: _area, lng, lat, ...place }) => ({
      ...place,
      distanceMeters: tenths(place.distanceMeters),
      geometry: { type: 'Point', coordinates: [millionths(lng), millionths(lat)] },
    })),
    elsewhere: others.length === 0 ? null : describeOthers(others),
    population: count.population && { ...count.population, people: tenths(count.population.people) },
    notes: count.notes,
    countedOn: today,
  }
}

const describeOthers = (places: CountedPlace[]): NonNullable<Exposure['elsewhere']> => ({
  places: places.length,
  people: places.reduce((sum, place) => sum + (place.isCounted ? (place.headcount ?? 0) : 0), 0),
  withoutHeadcount: places.filter((place) => place.headcount === null).length,
})
