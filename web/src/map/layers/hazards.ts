import { SEVERITIES, SEVERITY_TERMS, type Sector, STATUS_TERMS } from '@contract'
import type { ExpressionSpecification } from 'maplibre-gl'
import {
  CLOCK_IMAGE,
  cellImage,
  cellImageExpression,
  dotImage,
  hazardImage,
  hazardImageExpression,
} from '../image-names.ts'
import { type LegendBlock, type MapLayer, tileAddress } from '../layer.ts'

const isClosed: ExpressionSpecification = ['in', ['get', 'status'], ['literal', ['closed', 'rejected']]]

/** What lies on top where symbols touch: 重大 over the rest, overdue over what is in time. */
const URGENCY: ExpressionSpecification = [
  '+',
  ['match', ['get', 'severity'], 'major', 4, 'suspected_major', 2, 0],
  ['case', ['==', ['get', 'overdue'], true], 1, 0],
]

const EXAMPLE_SECTORS: Sector[] = ['fire', 'industry', 'chemicals']
const legend: LegendBlock[] = [
  {
    title: 'map.legend.bySeverity',
    entries: SEVERITIES.map((severity, index) => ({
      layer: 'hazards/open',
      title: SEVERITY_TERMS[severity],
      symbol: {
        image: hazardImage({ severity, status: 'registered', sector: EXAMPLE_SECTORS[index] ?? 'fire' }),
      },
    })),
  },
  {
    title: 'map.legend.byProgress',
    entries: [
      { layer: 'hazards/open', title: 'map.legend.waiting', symbol: { image: dotImage('waiting') } },
      { layer: 'hazards/open', title: STATUS_TERMS.rectifying, symbol: { image: dotImage('rectifying') } },
      { layer: 'hazards/open', title: STATUS_TERMS.submitted, symbol: { image: dotImage('submitted') } },
      { layer: 'hazards/closed', title: STATUS_TERMS.closed, symbol: { image: dotImage('closed') } },
      { layer: 'hazards/open', title: 'map.legend.overdue', symbol: { image: CLOCK_IMAGE } },
    ],
  },
  {
    title: null,
    entries: [
      {
        layer: 'hazards/cells',
        title: 'map.legend.cell',
        symbol: { image: cellImage('zh-CN', 18, 3, 1) },
      },
    ],
  },
]

/** Found hidden dangers: form tells the severity, colour the progress, glyph the sector. */
export const hazardsLayer: MapLayer = {
  id: 'hazards',
  title: 'map.layer.hazards',
  sources: (state) => ({
    hazards: {
      type: 'vector',
      tiles: [tileAddress(state, 'hazards', state.words)],
      minzoom: 0,
      maxzoom: 18,
    },
  }),
  layers: (state) => {
    const paint = { 'icon-opacity': state.isDimmed ? 0.6 : 1 }
    return [
      {
        id: 'hazards/closed',
        type: 'symbol',
        source: 'hazards',
        'source-layer': 'hazards',
        filter: isClosed,
        layout: { 'icon-image': hazardImageExpression, 'icon-allow-overlap': true },
        paint,
      },
      {
        id: 'hazards/cells',
        type: 'symbol',
        source: 'hazards',
        'source-layer': 'cells',
        layout: {
          'icon-image': cellImageExpression(state.locale),
          'icon-allow-overlap': true,
          'symbol-sort-key': ['get', 'n'],
        },
        paint,
      },
      {
        id: 'hazards/open',
        type: 'symbol',
        source: 'hazards',
        'source-layer': 'hazards',
        filter: ['!', isClosed],
        layout: {
          'icon-image': hazardImageExpression,
          'icon-allow-overlap': true,
          'symbol-sort-key': URGENCY,
        },
        paint,
      },
    ]
  },
  legend,
  pickable: ['hazards/open', 'hazards/closed', 'hazards/cells'],
}
