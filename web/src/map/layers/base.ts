import type { ExpressionSpecification, SourceSpecification } from 'maplibre-gl'
import { MAP_FONT } from '../fonts.ts'
import { type MapLayer, type MapState, tileAddress } from '../layer.ts'
import { BASE } from '../palette.ts'
import { foreignVectorLayers } from './base-vector.ts'

const MAJOR = ['motorway', 'trunk', 'primary', 'secondary']
const MIDDLE = ['tertiary', 'residential']
const isOneOf = (classes: string[]): ExpressionSpecification => ['in', ['get', 'class'], ['literal', classes]]

/** The product's own base map has its own tiles; any other comes through the server, as pictures or as vectors. */
function sources(state: MapState): Record<string, SourceSpecification> {
  if (state.baseMap === null || state.baseMap.kind === 'own') {
    return { base: { type: 'vector', tiles: [tileAddress(state, 'base')], minzoom: 4, maxzoom: 16 } }
  }
  const { tiles, minZoom, maxZoom, tileSize, kind } = state.baseMap
  const addresses = tiles.map((tile) => (tile.startsWith('/') ? `${state.origin}${tile}` : tile))
  if (kind === 'vector') {
    return { base: { type: 'vector', tiles: addresses, minzoom: minZoom, maxzoom: maxZoom } }
  }
  return Object.fromEntries(
    addresses.map((tile, index) => [
      index === 0 ? 'base-raster' : 'base-raster-labels',
      {
        type: 'raster',
        tiles: [tile],
        tileSize,
        minzoom: minZoom,
        maxzoom: maxZoom,
      } satisfies SourceSpecification,
    ]),
  )
}

/** Pale streets, water, houses and names: nothing here may be red, orange, yellow or strong blue. */
export const baseLayer: MapLayer = {
  id: 'base',
  title: 'map.layer.base',
  sources,
  layers: (state) => {
    const land = { id: 'base/land', type: 'background', paint: { 'background-color': BASE.land } } as const
    if (state.baseMap?.kind === 'vector') return [land, ...foreignVectorLayers(state.baseMap)]
    if (state.baseMap?.kind === 'raster') {
      const pictures = [
        { id: 'base/raster', type: 'raster', source: 'base-raster' } as const,
        { id: 'base/raster-labels', type: 'raster', source: 'base-raster-labels' } as const,
      ]
      return [land, ...pictures.slice(0, state.baseMap.tiles.length)]
    }
    return [land, ...surfaces, ...ways, ...labels]
  },
  legend: [],
  pickable: [],
}

const surfaces: ReturnType<MapLayer['layers']> = [
  {
    id: 'base/land-uses',
    type: 'fill',
    source: 'base',
    'source-layer': 'land_uses',
    filter: isOneOf(['green', 'forest', 'industrial', 'commercial']),
    paint: {
      'fill-color': ['match', ['get', 'class'], ['green', 'forest'], BASE.green, BASE.industry],
    },
  },
  {
    id: 'base/waters',
    type: 'fill',
    source: 'base',
    'source-layer': 'waters',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': BASE.water },
  },
  {
    id: 'base/water-lines',
    type: 'line',
    source: 'base',
    'source-layer': 'waters',
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': BASE.water,
      'line-width': [
        'interpolate',
        ['exponential', 1.5],
        ['zoom'],
        9,
        ['match', ['get', 'class'], ['river', 'canal'], 3, 0.5],
        12,
        ['match', ['get', 'class'], ['river', 'canal'], 9, 1.2],
        16,
        ['match', ['get', 'class'], ['river', 'canal'], 60, 5],
      ],
    },
  },
  {
    id: 'base/buildings',
    type: 'fill',
    source: 'base',
    'source-layer': 'buildings',
    minzoom: 14,
    paint: { 'fill-color': BASE.building, 'fill-outline-color': BASE.buildingEdge },
  },
]

const ways: ReturnType<MapLayer['layers']> = [
  {
    id: 'base/road-casings',
    type: 'line',
    source: 'base',
    'source-layer': 'roads',
    minzoom: 9,
    filter: isOneOf([...MAJOR, ...MIDDLE]),
    layout: { 'line-cap': 'butt', 'line-join': 'round' },
    paint: {
      'line-color': BASE.roadCasing,
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 9, 0.35, 13, 0.7, 15, 1],
      'line-width': [
        'interpolate',
        ['exponential', 1.5],
        ['zoom'],
        10,
        ['match', ['get', 'class'], MAJOR, 3, 1.4],
        13,
        ['match', ['get', 'class'], MAJOR, 5, 2.6],
        17,
        ['match', ['get', 'class'], MAJOR, 20, 12],
      ],
    },
  },
  {
    id: 'base/roads-minor',
    type: 'line',
    source: 'base',
    'source-layer': 'roads',
    minzoom: 13,
    filter: ['!', isOneOf([...MAJOR, ...MIDDLE])],
    paint: {
      'line-color': BASE.roadMinor,
      'line-width': ['interpolate', ['linear'], ['zoom'], 13, 0.6, 17, 3],
    },
  },
  {
    id: 'base/roads',
    type: 'line',
    source: 'base',
    'source-layer': 'roads',
    minzoom: 5,
    filter: isOneOf([...MAJOR, ...MIDDLE]),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': BASE.road,
      'line-width': [
        'interpolate',
        ['exponential', 1.5],
        ['zoom'],
        8,
        ['match', ['get', 'class'], MAJOR, 1, 0.3],
        10,
        ['match', ['get', 'class'], MAJOR, 2.2, 0.8],
        13,
        ['match', ['get', 'class'], MAJOR, 3.8, 1.6],
        17,
        ['match', ['get', 'class'], MAJOR, 17, 10],
      ],
    },
  },
  {
    id: 'base/railways',
    type: 'line',
    source: 'base',
    'source-layer': 'railways',
    paint: {
      'line-color': BASE.rail,
      'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1, 12, 2, 16, 3],
    },
  },
  {
    id: 'base/railway-ties',
    type: 'line',
    source: 'base',
    'source-layer': 'railways',
    minzoom: 11,
    paint: {
      'line-color': BASE.road,
      'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.8, 16, 1.6],
      'line-dasharray': [5, 5],
    },
  },
  {
    id: 'base/boundaries',
    type: 'line',
    source: 'base',
    'source-layer': 'boundaries',
    paint: {
      'line-color': BASE.boundary,
      'line-opacity': 0.35,
      'line-width': 1,
      'line-dasharray': [4, 3],
    },
  },
]

const labels: ReturnType<MapLayer['layers']> = [
  {
    id: 'base/road-labels',
    type: 'symbol',
    source: 'base',
    'source-layer': 'roads',
    minzoom: 13.5,
    filter: ['all', ['has', 'name'], isOneOf([...MAJOR, ...MIDDLE])],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': 12,
    },
    paint: { 'text-color': BASE.label, 'text-halo-color': BASE.labelHalo, 'text-halo-width': 1.6 },
  },
  {
    id: 'base/water-labels',
    type: 'symbol',
    source: 'base',
    'source-layer': 'waters',
    minzoom: 9.5,
    filter: ['all', ['has', 'name'], ['==', ['geometry-type'], 'LineString']],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 500,
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': 12,
      'text-letter-spacing': 0.15,
      'text-offset': [0, 1.2],
    },
    paint: { 'text-color': BASE.waterLabel, 'text-halo-color': BASE.labelHalo, 'text-halo-width': 1.6 },
  },
  {
    id: 'base/place-labels',
    type: 'symbol',
    source: 'base',
    'source-layer': 'places',
    // from afar only what helps to find one's way
    filter: ['<=', ['get', 'importance'], ['step', ['zoom'], 3, 12.5, 9]],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': ['step', ['get', 'importance'], 15, 2, 13, 3, 12],
      'text-letter-spacing': 0.06,
      'text-max-width': 9,
      'text-padding': 6,
      'symbol-sort-key': ['get', 'importance'],
    },
    paint: { 'text-color': BASE.label, 'text-halo-color': BASE.labelHalo, 'text-halo-width': 2 },
  },
]
