import { RESOURCE_KIND_TERMS, RESOURCE_KINDS } from '@contract'
import { plotImageExpression, resourceImage } from '../image-names.ts'
import { type MapLayer, tileAddress } from '../layer.ts'

/** Who helps: green squares of GB/T 35649, small from afar. */
export const resourcesLayer: MapLayer = {
  id: 'resources',
  title: 'map.layer.resources',
  sources: (state) => ({
    resources: { type: 'vector', tiles: [tileAddress(state, 'resources')], minzoom: 0, maxzoom: 18 },
  }),
  layers: () => [
    {
      id: 'resources/symbol',
      type: 'symbol',
      source: 'resources',
      'source-layer': 'resources',
      layout: {
        'icon-image': plotImageExpression('resource'),
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.6, 13, 0.8, 15, 1],
        'icon-overlap': ['step', ['zoom'], 'never', 14, 'always'],
      },
    },
  ],
  legend: [
    {
      title: 'map.legend.resources',
      entries: RESOURCE_KINDS.map((kind) => ({
        layer: 'resources/symbol',
        title: RESOURCE_KIND_TERMS[kind],
        symbol: { image: resourceImage(kind) },
      })),
    },
  ],
  pickable: ['resources/symbol'],
}
