import type { Knex } from 'knex'
import { v7 as makeId } from 'uuid'
import {
  type ChangedAreaCodes,
  type SourcedProtectedPlace,
  type SourcedResource,
  saveProtectedPlaces,
  saveResources,
} from '../base-map/places-of-interest.ts'
import { importanceOfPlace, type PlaceClass } from '../base-map/schema.ts'
import { type PlaceFeature, replaceFeatures } from '../base-map/store.ts'
import type { ResourceKind } from '../core/vocabulary.ts'
import { type ChangeKind, recordChange } from '../db/changes.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { addMissingAreas, saveClauses, saveDocuments } from './queries.ts'
import { type District, type NamedPlace, readDistricts, readNamedPlaces, readReferenceAreas } from './read.ts'
import { readClauses, readDocuments } from './read-clauses.ts'

export interface ReferenceReport {
  areas: number
  documents: number
  clauses: number
  baseFeatures: number
  resources: number
  protectedPlaces: number
}

const RESOURCE_OF_CATEGORY: Record<string, ResourceKind> = {
  fire_station: 'fire_station',
  forest_fire_brigade: 'rescue_team',
  rescue_team: 'rescue_team',
  hospital: 'hospital',
}
const PLACE_OF_CATEGORY: Record<string, PlaceClass> = {
  admin_office_town: 'town',
  admin_office_community: 'community',
  populated_place: 'town',
}

/** Loads what ships with the product: areas, clauses, districts, named places. Run at every start; a repeat changes nothing. */
export async function loadReferenceData(db: Knex): Promise<ReferenceReport> {
  const [areas, documents, clauses, districts, places] = await Promise.all([
    readReferenceAreas(),
    readDocuments(),
    readClauses(),
    readDistricts(),
    readNamedPlaces(),
  ])
  return db.transaction(async (transaction) => {
    const addedAreas = await addMissingAreas(transaction, areas)
    const changedDocuments = await saveDocuments(transaction, documents)
    const changedClauses = await saveClauses(transaction, clauses)
    const baseFeatures =
      (await replaceFeatures(transaction, 'boundaries', 'reference', districts.map(asBoundary))) +
      (await replaceFeatures(transaction, 'places', 'reference', places.filter(isLabel).map(asLabel)))
    const resources = await saveResources(transaction, places.flatMap(asResource))
    const protectedPlaces = await saveProtectedPlaces(transaction, places.flatMap(asProtectedPlace))

    if (protectedPlaces.length > 0) await refreshExposure(transaction, 'all', new Date())

    const changes: [ChangeKind, ChangedAreaCodes, number][] = [
      ['area', addedAreas, addedAreas.length],
      ['clause', [], changedDocuments.length + changedClauses.length],
      ['base', [], baseFeatures],
      ['resource', resources, resources.length],
      ['protectedPlace', protectedPlaces, protectedPlaces.length],
    ]
    for (const [kind, areaCodes, count] of changes) {
      if (count > 0) await recordChange(transaction, { kind, id: null, areaCodes, sectors: [] })
    }
    return {
      areas: addedAreas.length,
      documents: changedDocuments.length,
      clauses: changedClauses.length,
      baseFeatures,
      resources: resources.length,
      protectedPlaces: protectedPlaces.length,
    }
  })
}

const asBoundary = (district: District) => ({
  sourceKey: `district:${district.code}`,
  name: district.name,
  class: 'district',
  geometry: district.geometry,
})

const isLabel = (place: NamedPlace): boolean => !(place.category in RESOURCE_OF_CATEGORY)

function asLabel(place: NamedPlace): PlaceFeature {
  const placeClass = PLACE_OF_CATEGORY[place.category] ?? 'landmark'
  return {
    sourceKey: `place:${place.id}`,
    name: place.name,
    class: placeClass,
    importance: importanceOfPlace(placeClass),
    geometry: { type: 'Point', coordinates: place.position },
  }
}

const asSourced = (place: NamedPlace) => ({
  id: makeId(),
  sourceKey: `reference:place:${place.id}`,
  name: place.name,
  address: place.address || null,
  source: describeSource(place),
  isExample: false,
  position: place.position,
})

function describeSource({ source, licence, confidence, note }: NamedPlace): string {
  return [`公开资料：${source}`, `许可：${licence}`, `可信度：${confidence}`, note, '投入使用前须核实']
    .filter(Boolean)
    .join('；')
}

function asResource(place: NamedPlace): SourcedResource[] {
  const kind = RESOURCE_OF_CATEGORY[place.category]
  return kind ? [{ ...asSourced(place), kind, phone: null, capacity: null }] : []
}

function asProtectedPlace(place: NamedPlace): SourcedProtectedPlace[] {
  return place.category === 'hospital' ? [{ ...asSourced(place), kind: 'hospital', headcount: null }] : []
}
