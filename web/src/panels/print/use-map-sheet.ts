import {
  type AreaCollection,
  type BaseMapList,
  FILTER_NAMES,
  type HazardFacets,
  type PrintSettings,
  type RiskListPage,
} from '@contract'
import { shallowRef } from 'vue'
import type { LocationQuery } from 'vue-router'
import { call } from '../../api/client.ts'
import { placeWords } from '../../map/layer.ts'
import { type Bounds, boundsOf, readView, type View } from '../../map/view.ts'
import { readSurface } from '../map/read-surface.ts'
import { readLayers, readRiskMapChoice } from '../map/use-map-address.ts'
import { boundsOfView, denominatorOf, type Size, viewAt, viewOfExtent } from './scale.ts'

/** Where the map looks without any word and without any area: the zone. */
const ZONE: Bounds = [125.25, 43.76, 125.56, 43.99]
/** White between the outermost outline and the frame, as a share of the whole. */
const MARGIN = 0.02

type Words = Record<string, string>

async function readSheet(query: LocationQuery, words: Words, size: Size) {
  const layers = readLayers(query.layers)
  const [areas, settings, baseMaps] = await Promise.all([
    call<AreaCollection>('/api/areas'),
    call<PrintSettings>('/api/settings/print'),
    call<BaseMapList>('/api/base-maps'),
  ])
  const wanted = typeof query.base === 'string' ? query.base : 'own'
  const baseMap = layers.includes('base')
    ? (baseMaps.items.find((one) => one.id === wanted) ??
      baseMaps.items.find((one) => one.kind === 'own') ??
      null)
    : null
  const view = viewOf(query, areas, size)
  const bounds = boundsOfView(view, size)
  const [hazards, sites, surface] = await Promise.all([
    layers.includes('hazards') ? countHazards(words, bounds) : null,
    layers.includes('sites')
      ? call<RiskListPage>('/api/risk-list', { query: { ...placeWords(words), limit: 1 } })
      : null,
    readSurface(layers, readRiskMapChoice(query), words),
  ])
  return { areas: areas.features, settings, baseMap, layers, view, bounds, hazards, sites, surface }
}
export type MapSheetData = Awaited<ReturnType<typeof readSheet>>

/** The box that was asked for, else the view, else all areas that the person may see. */
function viewOf(query: LocationQuery, areas: AreaCollection, size: Size): View & { denominator: number } {
  const extent = readExtent(query.extent)
  if (extent) return viewOfExtent(extent, size)
  const view = readView(query.at)
  if (view) return viewAt(view.center, denominatorOf(view.zoom, view.center[1]))
  const [west, south, east, north] = boundsOf(areas.features.map((area) => area.geometry)) ?? ZONE
  const [across, up] = [(east - west) * MARGIN, (north - south) * MARGIN]
  return viewOfExtent([west - across, south - up, east + across, north + up], size)
}

export function readExtent(text: unknown): Bounds | null {
  if (typeof text !== 'string') return null
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = parts
  const isBox =
    parts.length === 4 && west < east && south < north && Math.abs(south) < 85 && Math.abs(north) < 85
  return isBox ? [west, south, east, north] : null
}

/** All of the filter, of these what has a place, and of these what lies within the frame. */
async function countHazards(words: Words, bounds: Bounds) {
  const all = await call<HazardFacets>('/api/hazards/facets', { query: words })
  const box = meet(bounds, words.bbox)
  const inside = box
    ? (await call<HazardFacets>('/api/hazards/facets', { query: { ...words, bbox: box.join(',') } })).located
    : 0
  return { total: all.total, inside, outside: all.located - inside, unlocated: all.unlocated }
}

/** What two boxes have in common, as a box of the filter. */
export function meet(bounds: Bounds, filterBox: string | undefined): Bounds | null {
  const other = (filterBox?.split(',').map(Number) ?? bounds) as Bounds
  const [west, south] = [Math.max(bounds[0], other[0]), Math.max(bounds[1], other[1])]
  const [east, north] = [Math.min(bounds[2], other[2]), Math.min(bounds[3], other[3])]
  if (west > east || south > north) return null
  return [west, south, east, north].map((degrees) => Number(degrees.toFixed(6))) as Bounds
}

/** Everything that a map sheet says, read once: paper does not change. */
export function useMapSheet(query: LocationQuery, size: Size) {
  const sheet = shallowRef<MapSheetData | null>(null)
  const error = shallowRef<unknown>(null)
  const words = Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (typeof query[name] === 'string' ? [[name, query[name]]] : [])),
  ) as Words
  async function read(): Promise<void> {
    error.value = null
    try {
      sheet.value = await readSheet(query, words, size)
    } catch (cause) {
      error.value = cause
    }
  }
  void read()
  return { sheet, error, words, read }
}
