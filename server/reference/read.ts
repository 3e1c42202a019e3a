import type { FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'
import type { AreaKind } from '../core/vocabulary.ts'
import type { ReferenceArea } from './queries.ts'
import { readJson } from './read-json.ts'

interface OutlineProperties {
  code: string
  name: string
  level?: AreaKind
  parent_code?: string
  confidence?: string
}

const CONFIDENCE: Record<string, string> = { medium: '中', low: '低', 'medium-low': '中偏低' }

/** The zone, then its units. The civil codes of the ministry are not known: they stay empty rather than guessed. */
export async function readReferenceAreas(): Promise<ReferenceArea[]> {
  type Outlines = FeatureCollection<Polygon | MultiPolygon, OutlineProperties>
  const files = ['boundaries/etdz_outline_approx.wgs84.geojson', 'boundaries/etdz_units_approx.wgs84.geojson']
  const collections = await Promise.all(files.map((file) => readJson<Outlines>(file)))
  return collections
    .flatMap((collection) => collection.features)
    .map(({ properties, geometry }) => ({
      code: properties.code,
      name: properties.name,
      kind: properties.level ?? 'zone',
      parentCode: properties.parent_code ?? null,
      statCode: properties.code,
      civilCode: null,
      source: describeOutline(properties),
      geometry,
    }))
}

function describeOutline({ confidence }: OutlineProperties): string {
  const trust = confidence ? `；可信度${CONFIDENCE[confidence] ?? confidence}` : ''
  return `自拟示意边界，非法定${trust}；参照 Vonng/adcode 区界（CC BY 4.0），依据见 data/boundaries/SOURCE.md`
}

export interface District {
  code: string
  name: string
  geometry: Polygon | MultiPolygon
}

export async function readDistricts(): Promise<District[]> {
  const collection = await readJson<FeatureCollection<Polygon, { adcode: string; name: string }>>(
    'boundaries/changchun_districts.wgs84.geojson',
  )
  return collection.features.map(({ properties, geometry }) => ({
    code: properties.adcode,
    name: properties.name,
    geometry,
  }))
}

export interface NamedPlace {
  id: number
  name: string
  category: string
  address: string
  source: string
  licence: string
  confidence: string
  note: string
  position: [number, number]
}

export async function readNamedPlaces(): Promise<NamedPlace[]> {
  const collection = await readJson<FeatureCollection<Point, Omit<NamedPlace, 'position'>>>(
    'places/changchun_east_places.wgs84.geojson',
  )
  return collection.features.map(({ properties, geometry }) => ({
    ...properties,
    position: geometry.coordinates as [number, number],
  }))
}
