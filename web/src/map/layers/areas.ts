import { MAP_FONT_BOLD } from '../fonts.ts'
import { type MapLayer, tileAddress } from '../layer.ts'
import { BASE } from '../palette.ts'

/** The units of the zone. Their outlines are drafts until official ones are brought, and the map says so. */
export const areasLayer: MapLayer = {
  id: 'areas',
  title: 'map.layer.areas',
  sources: (state) => ({
    areas: { type: 'vector', tiles: [tileAddress(state, 'areas')], minzoom: 0, maxzoom: 16 },
  }),
  layers: (state) => [
    {
      id: 'areas/fill',
      type: 'fill',
      source: 'areas',
      'source-layer': 'areas',
      // pictures of another base map must stay visible
      paint: { 'fill-color': BASE.zone, 'fill-opacity': state.baseMap?.kind === 'raster' ? 0 : 1 },
    },
    {
      id: 'areas/edge',
      type: 'line',
      source: 'areas',
      'source-layer': 'areas',
      filter: ['!=', ['get', 'kind'], 'zone'],
      paint: { 'line-color': BASE.labelHalo, 'line-width': 4, 'line-opacity': 0.8 },
    },
    {
      id: 'areas/outline',
      type: 'line',
      source: 'areas',
      'source-layer': 'areas',
      filter: ['!=', ['get', 'kind'], 'zone'],
      paint: {
        'line-color': BASE.boundary,
        'line-width': ['match', ['get', 'kind'], 'grid', 0.8, 1.4],
        'line-dasharray': [5, 2.2, 1.4, 2.2],
      },
    },
    {
      id: 'areas/label',
      type: 'symbol',
      source: 'areas',
      'source-layer': 'area_labels',
      minzoom: 9,
      filter: ['in', ['get', 'kind'], ['literal', ['subdistrict', 'town']]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': MAP_FONT_BOLD,
        'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 12, 15],
        'text-letter-spacing': 0.13,
        // above all: a name that gave way to symbols would be gone where most of them are
        'text-overlap': 'always',
        'text-ignore-placement': true,
      },
      paint: { 'text-color': BASE.label, 'text-halo-color': BASE.labelHalo, 'text-halo-width': 2 },
    },
  ],
  legend: [
    {
      title: null,
      entries: [
        {
          layer: 'areas/outline',
          title: 'map.legend.boundary',
          symbol: { line: BASE.boundary, isDashed: true },
        },
      ],
    },
  ],
  pickable: [],
}
