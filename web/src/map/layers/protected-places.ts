import { PROTECTED_PLACE_KIND_TERMS, PROTECTED_PLACE_KINDS } from '@contract'
import { plotImageExpression, protectedPlaceImage } from '../image-names.ts'
import { type MapLayer, tileAddress } from '../layer.ts'

/** Who must be protected: blue squares of GB/T 35649. */
export const protectedPlacesLayer: MapLayer = {
  id: 'protected-places',
  title: 'map.layer.protectedPlaces',
  sources: (state) => ({
    'protected-places': {
      type: 'vector',
      tiles: [tileAddress(state, 'protected-places')],
      minzoom: 0,
      maxzoom: 18,
    },
  }),
  layers: () => [
    {
      id: 'protected-places/symbol',
      type: 'symbol',
      source: 'protected-places',
      'source-layer': 'protected-places',
      layout: {
        'icon-image': plotImageExpression('protected'),
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.6, 13, 0.8, 15, 1],
        'icon-overlap': ['step', ['zoom'], 'never', 14, 'always'],
      },
    },
  ],
  legend: [
    {
      title: 'map.legend.protectedPlaces',
      entries: PROTECTED_PLACE_KINDS.map((kind) => ({
        layer: 'protected-places/symbol',
        title: PROTECTED_PLACE_KIND_TERMS[kind],
        symbol: { image: protectedPlaceImage(kind) },
      })),
    },
  ],
  pickable: ['protected-places/symbol'],
}
