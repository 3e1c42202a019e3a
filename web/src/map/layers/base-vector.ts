import type { BaseMap } from '@contract'
import type { ExpressionSpecification } from 'maplibre-gl'
import { MAP_FONT } from '../fonts.ts'
import type { MapLayer } from '../layer.ts'
import { BASE } from '../palette.ts'

type Layers = ReturnType<MapLayer['layers']>

/** What the two customary schemas of vector base maps (OpenMapTiles, Protomaps) call their layers. */
const NAMES = {
  landUse: ['landuse', 'landcover', 'land_use'],
  water: ['water'],
  waterway: ['waterway', 'physical_line', 'water'],
  building: ['building', 'buildings'],
  road: ['transportation', 'roads'],
  boundary: ['boundary', 'boundaries'],
  place: ['place', 'places'],
} as const

/** OpenMapTiles has `class`, Protomaps `kind`. */
const KIND: ExpressionSpecification = ['to-string', ['coalesce', ['get', 'kind'], ['get', 'class'], '']]
const NAME: ExpressionSpecification = [
  'coalesce',
  ['get', 'name:zh-Hans'],
  ['get', 'name:zh'],
  ['get', 'name'],
  '',
]
const isKind = (...kinds: string[]): ExpressionSpecification => ['in', KIND, ['literal', kinds]]
const MAJOR = ['motorway', 'trunk', 'primary', 'secondary', 'highway', 'major_road']
const GREEN = ['park', 'wood', 'forest', 'grass', 'garden', 'cemetery', 'nature_reserve', 'scrub', 'meadow']

/** Somebody else's vector tiles in our own calm colours, as far as their layers are known. */
export function foreignVectorLayers(baseMap: BaseMap): Layers {
  const find = (name: keyof typeof NAMES) => NAMES[name].find((known) => baseMap.vectorLayers.includes(known))
  const layers: Layers = []
  const add = (
    name: keyof typeof NAMES,
    make: (sourceLayer: { source: string; 'source-layer': string }) => Layers,
  ) => {
    const layer = find(name)
    if (layer) layers.push(...make({ source: 'base', 'source-layer': layer }))
  }
  add('landUse', (from) => [
    {
      id: 'base/land-uses',
      type: 'fill',
      ...from,
      filter: isKind(...GREEN, 'industrial', 'commercial'),
      paint: { 'fill-color': ['case', isKind(...GREEN), BASE.green, BASE.industry] },
    },
  ])
  add('water', (from) => [
    {
      id: 'base/waters',
      type: 'fill',
      ...from,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': BASE.water },
    },
  ])
  add('waterway', (from) => [
    {
      id: 'base/water-lines',
      type: 'line',
      ...from,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': BASE.water, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1, 16, 6] },
    },
  ])
  add('building', (from) => [
    {
      id: 'base/buildings',
      type: 'fill',
      ...from,
      minzoom: 13,
      paint: { 'fill-color': BASE.building, 'fill-outline-color': BASE.buildingEdge },
    },
  ])
  add('road', roadLayers)
  add('boundary', (from) => [
    {
      id: 'base/boundaries',
      type: 'line',
      ...from,
      paint: { 'line-color': BASE.boundary, 'line-opacity': 0.35, 'line-dasharray': [4, 3] },
    },
  ])
  add('place', (from) => [
    {
      id: 'base/place-labels',
      type: 'symbol',
      ...from,
      layout: { 'text-field': NAME, 'text-font': MAP_FONT, 'text-size': 13, 'text-padding': 6 },
      paint: { 'text-color': BASE.label, 'text-halo-color': BASE.labelHalo, 'text-halo-width': 2 },
    },
  ])
  return layers
}

function roadLayers(from: { source: string; 'source-layer': string }): Layers {
  const isRail: ExpressionSpecification = isKind('rail', 'railway', 'transit')
  const width = (major: number, minor: number): ExpressionSpecification => [
    'case',
    isKind(...MAJOR),
    major,
    minor,
  ]
  return [
    {
      id: 'base/road-casings',
      type: 'line',
      ...from,
      filter: ['!', isRail],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': BASE.roadCasing,
        'line-opacity': 0.7,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, width(3, 1), 17, width(20, 10)],
      },
    },
    {
      id: 'base/roads',
      type: 'line',
      ...from,
      filter: ['!', isRail],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': BASE.road,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, width(2, 0.5), 17, width(17, 8)],
      },
    },
    {
      id: 'base/railways',
      type: 'line',
      ...from,
      filter: isRail,
      paint: { 'line-color': BASE.rail, 'line-width': 2 },
    },
  ]
}
