import { readFile } from 'node:fs/promises'
import type { FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'
import type { AreaKind, Sector } from '../core/vocabulary.ts'
import type { ReferenceArea, ReferenceClause } from './queries.ts'

const DATA = new URL('../../data/', import.meta.url)

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, DATA), 'utf8')) as T
}

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

interface ClauseEntry {
  id: string
  sector: string
  kind: string
  source: string
  doc_no: string | null
  article: string | null
  text: string
  applies_to: string[]
  confirmed: boolean
  edition: string
  note?: string
  overlap_note?: string
  source_ref?: string
}

const SECTOR_OF_LABEL: Record<string, Sector> = {
  危险化学品: 'chemicals',
  工贸: 'industry',
  消防: 'fire',
  交通运输: 'transport',
  城镇燃气: 'gas',
  特种设备: 'special_equipment',
  房屋市政: 'construction',
  小场所: 'small_place',
}

export async function readClauses(): Promise<ReferenceClause[]> {
  const { entries } = await readJson<{ entries: ClauseEntry[] }>('clauses/major-hazard-criteria.json')
  return entries.map((entry) => ({
    id: entry.id,
    sectorLabel: entry.sector,
    sector: SECTOR_OF_LABEL[entry.sector] ?? null,
    kind: entry.kind,
    source: entry.source,
    // the notes are bilingual; people read the mark in the officials' own word
    documentNumber: entry.doc_no?.replace(/\s*unconfirmed/g, '待核') ?? '文号待核',
    article: entry.article ?? '条款号待核',
    text: entry.text,
    appliesTo: entry.applies_to,
    confirmed: entry.confirmed,
    edition: entry.edition,
    note: [entry.note, entry.overlap_note].filter(Boolean).join('；') || null,
    sourceRef: entry.source_ref ?? null,
  }))
}
