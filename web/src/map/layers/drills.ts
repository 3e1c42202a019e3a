import { drillImage, drillImageExpression } from '../image-names.ts'
import { type MapLayer, placeWords, tileAddress } from '../layer.ts'
import { PLOT } from '../palette.ts'

const HELD_DRILLS_ZOOM = 13

/** Drills stand on the live map only in the frame of exercises; the zones are those of the opened one. */
export const drillsLayer: MapLayer = {
  id: 'drills',
  title: 'map.layer.drills',
  sources: (state) => ({
    drills: {
      type: 'vector',
      // a drill is not tied to open hazards: one that is just planned must be seen under any choice of them
      tiles: [tileAddress(state, 'drills', placeWords(state.words, ['area', 'bbox', 'asOf']))],
      minzoom: 0,
      maxzoom: 18,
    },
    'drill-zones': { type: 'geojson', data: state.zones },
  }),
  layers: () => [
    {
      id: 'drills/zone',
      type: 'fill',
      source: 'drill-zones',
      paint: {
        'fill-color': PLOT.warningArea,
        'fill-opacity': ['match', ['get', 'kind'], 'isolation', 0.16, 'warning', 0.1, 0.06],
      },
    },
    {
      id: 'drills/zone-pattern',
      type: 'fill',
      source: 'drill-zones',
      filter: ['!=', ['get', 'kind'], 'isolation'],
      paint: { 'fill-pattern': 'hatch/warning' },
    },
    {
      id: 'drills/zone-edge',
      type: 'line',
      source: 'drill-zones',
      paint: {
        'line-color': PLOT.warningArea,
        'line-width': 2,
        'line-dasharray': [
          'case',
          ['==', ['get', 'kind'], 'isolation'],
          ['literal', [1, 0]],
          ['literal', [4.5, 2.5]],
        ],
      },
    },
    {
      id: 'drills/symbol',
      type: 'symbol',
      source: 'drills',
      'source-layer': 'drills',
      // from afar those that were held give way to what is still to be done
      filter: [
        'all',
        ['!=', ['get', 'state'], 'cancelled'],
        ['any', ['!=', ['get', 'state'], 'done'], ['>=', ['zoom'], HELD_DRILLS_ZOOM]],
      ],
      layout: {
        'icon-image': drillImageExpression,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.7, 14, 1],
        'icon-overlap': 'always',
      },
    },
  ],
  legend: [
    {
      title: 'map.legend.drills',
      note: 'map.legend.drillsNote',
      entries: [
        { layer: 'drills/symbol', title: 'map.legend.drillAhead', symbol: { image: drillImage('planned') } },
        { layer: 'drills/symbol', title: 'map.legend.drillPast', symbol: { image: drillImage('done') } },
      ],
    },
  ],
  pickable: ['drills/symbol'],
}
