import type { BaseMap, FilterName, Term, TileLayer } from '@contract'
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { StyleLayerId } from './order.ts'
import type { Color } from './palette.ts'
import type { RiskSurface, SurfaceMarks } from './risk-surface.ts'

/** What a person can switch on and off, in the order of the menu. */
export const LAYER_IDS = [
  'hazards',
  'sites',
  'risk-areas',
  'hexagons',
  'drills',
  'resources',
  'protected-places',
  'areas',
  'base',
] as const
export type LayerId = (typeof LAYER_IDS)[number]

/** Coloured surfaces that would hide each other: at most one of them is on. */
const SURFACES: readonly LayerId[] = ['risk-areas', 'hexagons']

/** The layers with one switched, in the order of the menu. */
export function toggleLayer(layers: readonly LayerId[], id: LayerId): LayerId[] {
  const isOn = layers.includes(id)
  const hides = (other: LayerId) => !isOn && other !== id && SURFACES.includes(id) && SURFACES.includes(other)
  return LAYER_IDS.filter((known) => (known === id ? !isOn : layers.includes(known) && !hides(known)))
}

/** Of several surfaces the first. */
export const withOneSurface = (layers: readonly LayerId[]): LayerId[] => {
  const first = layers.find((id) => SURFACES.includes(id))
  return layers.filter((id) => !SURFACES.includes(id) || id === first)
}

/** Something drawn over all: what is selected, hovered, measured or has just changed. */
export interface Mark {
  role: 'selected' | 'listed' | 'hovered' | 'changed' | 'measured'
  lngLat: [number, number]
  /** Half the size of the symbol that it goes round, in pixels. */
  radius: number
  /** The symbol, drawn once more above the white disc; only for what is selected. */
  image?: string
}

export interface MapState {
  /** Scheme and host of the page: tiles are read in a worker, which knows no relative addresses. */
  origin: string
  /** The filter as words of an address. */
  words: Partial<Record<FilterName, string>>
  layers: ReadonlySet<LayerId>
  /** Rises when a layer's data changed, so that its tiles are read again. */
  versions: Readonly<Record<TileLayer, number>>
  /** null: the product's own base map. */
  baseMap: BaseMap | null
  marks: readonly Mark[]
  /** Surfaces of a drill: `kind` isolation, protection or warning. */
  zones: FeatureCollection
  /** What the layers 辖区四色 and 六边形网格 draw; its data come with the page, not by tiles. */
  surface?: RiskSurface | null
  surfaceMarks?: SurfaceMarks
  /** In which language counts are shortened. */
  locale: string
  /** Old symbols stay, paler, until those of the new filter are there. */
  isDimmed: boolean
}

export interface LegendEntry {
  /** The style layer that it explains. */
  layer: StyleLayerId
  /** A word of the contract, or a key in the messages. */
  title: string | Term
  /** Names an image of images.ts, or a line or surface in a colour. */
  symbol: { image: string } | { line: Color; isDashed?: boolean } | { fill: Color; edge?: Color }
}

export interface LegendBlock {
  /** Key in the messages; null where the entries say it all. */
  title: string | null
  entries: LegendEntry[]
  /** A sentence below the entries, as a key or a word of the contract. */
  note?: string | Term
  /** What must be said of all the entries, as a key. */
  caution?: string
  /** Rests on something that nobody has confirmed. */
  isUnconfirmed?: boolean
}

/** One subject of the map: what it reads, how it is drawn, and how the legend explains it. */
export interface MapLayer {
  id: LayerId | 'marks'
  /** Key in the messages. */
  title: string
  sources: (state: MapState) => Record<string, SourceSpecification>
  layers: (state: MapState) => (LayerSpecification & { id: StyleLayerId })[]
  /** Where the entries depend on what is drawn, they are made of that. */
  legend: LegendBlock[] | ((surface: RiskSurface | null) => LegendBlock[])
  /** Style layers whose features answer a click or the mouse. */
  pickable: readonly StyleLayerId[]
  /** The style layer whose surfaces answer where no symbol does. */
  pickableSurface?: StyleLayerId
}

/** The words that speak of a place; the others speak of hazards, and narrow nothing but those. */
const PLACE_WORDS = ['sector', 'riskLevel', 'area', 'siteId', 'q', 'bbox', 'asOf'] as const

export function placeWords(
  words: MapState['words'],
  names: readonly (typeof PLACE_WORDS)[number][] = PLACE_WORDS,
): MapState['words'] {
  return Object.fromEntries(names.flatMap((name) => (words[name] === undefined ? [] : [[name, words[name]]])))
}

/** The address of a tile layer, with the words of the filter that it obeys. */
export function tileAddress(
  state: MapState,
  layer: TileLayer,
  words: Partial<Record<FilterName, string>> = {},
): string {
  const query = new URLSearchParams({ ...words, v: String(state.versions[layer]) })
  return `${state.origin}/tiles/${layer}/{z}/{x}/{y}.mvt?${query}`
}
