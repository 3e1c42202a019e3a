import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { MapLayer, MapState, Mark } from '../layer.ts'
import { HALO, UI } from '../palette.ts'

const isRole = (...roles: Mark['role'][]): ExpressionSpecification => [
  'in',
  ['get', 'role'],
  ['literal', roles],
]
/** The ring's middle lies this far outside the symbol. */
const GAP = 5

function collect(state: MapState): FeatureCollection {
  const measured = state.marks.filter((mark) => mark.role === 'measured')
  return {
    type: 'FeatureCollection',
    features: [
      ...state.marks.map(({ lngLat, ...properties }) => ({
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: lngLat },
        properties,
      })),
      ...(measured.length > 1
        ? [
            {
              type: 'Feature' as const,
              geometry: { type: 'LineString' as const, coordinates: measured.map((mark) => mark.lngLat) },
              properties: { role: 'measured' },
            },
          ]
        : []),
    ],
  }
}

/** What a person points at, lies above everything else. */
export const marksLayer: MapLayer = {
  id: 'marks',
  title: 'map.layer.marks',
  sources: (state) => ({ marks: { type: 'geojson', data: collect(state) } }),
  layers: () => [
    {
      id: 'marks/line',
      type: 'line',
      source: 'marks',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': UI.primary, 'line-width': 2.5, 'line-dasharray': [2, 1.5] },
    },
    {
      id: 'marks/point',
      type: 'circle',
      source: 'marks',
      filter: ['all', isRole('measured'), ['==', ['geometry-type'], 'Point']],
      paint: {
        'circle-radius': 4,
        'circle-color': HALO,
        'circle-stroke-color': UI.primary,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'marks/disc',
      type: 'circle',
      source: 'marks',
      filter: isRole('selected', 'changed'),
      paint: {
        'circle-radius': ['+', ['get', 'radius'], GAP],
        'circle-color': ['match', ['get', 'role'], 'changed', UI.flash, HALO],
        'circle-opacity': ['match', ['get', 'role'], 'changed', 0.8, 1],
      },
    },
    {
      id: 'marks/symbol',
      type: 'symbol',
      source: 'marks',
      filter: ['all', isRole('selected', 'changed'), ['has', 'image']],
      layout: {
        'icon-image': ['get', 'image'],
        'icon-overlap': 'always',
        'icon-ignore-placement': true,
      },
    },
    {
      id: 'marks/ring',
      type: 'circle',
      source: 'marks',
      filter: isRole('selected', 'listed', 'hovered'),
      paint: {
        'circle-radius': ['+', ['get', 'radius'], ['match', ['get', 'role'], 'selected', GAP, 3]],
        'circle-color': HALO,
        'circle-opacity': 0,
        'circle-stroke-color': UI.primary,
        'circle-stroke-width': ['match', ['get', 'role'], 'selected', 3, 1.5],
      },
    },
  ],
  legend: [],
  pickable: [],
}
