import { RISK_LEVEL_TERMS, RISK_LEVELS } from '@contract'
import type { ExpressionSpecification } from 'maplibre-gl'
import { siteImage, siteImageExpression, sitePatternExpression } from '../image-names.ts'
import { type MapLayer, placeWords, tileAddress } from '../layer.ts'
import { RISK, SITE_OUTLINE, UI } from '../palette.ts'

const levelColor: ExpressionSpecification = [
  'match',
  ['get', 'riskLevel'],
  1,
  RISK[1].fill,
  2,
  RISK[2].fill,
  3,
  RISK[3].fill,
  4,
  RISK[4].fill,
  UI.text3,
]
const isMajor: ExpressionSpecification = ['==', ['get', 'riskLevel'], 1]
/** The graver level keeps its place where plates would touch. */
const GRAVITY: ExpressionSpecification = ['coalesce', ['get', 'riskLevel'], 5]

/** Places by their inherent risk: colour, numeral and size say the level. */
export const sitesLayer: MapLayer = {
  id: 'sites',
  title: 'map.layer.sites',
  sources: (state) => ({
    sites: {
      type: 'vector',
      tiles: [tileAddress(state, 'sites', placeWords(state.words))],
      minzoom: 0,
      maxzoom: 18,
    },
  }),
  layers: () => [
    {
      id: 'sites/surface',
      type: 'fill',
      source: 'sites',
      'source-layer': 'site_shapes',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': levelColor, 'fill-opacity': 0.45 },
    },
    {
      id: 'sites/surface-pattern',
      type: 'fill',
      source: 'sites',
      'source-layer': 'site_shapes',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-pattern': sitePatternExpression },
    },
    {
      id: 'sites/surface-edge',
      type: 'line',
      source: 'sites',
      'source-layer': 'site_shapes',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'line-color': SITE_OUTLINE, 'line-width': 2 },
    },
    {
      id: 'sites/line',
      type: 'line',
      source: 'sites',
      'source-layer': 'site_shapes',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': levelColor, 'line-width': 5, 'line-opacity': 0.8 },
    },
    {
      id: 'sites/lesser',
      type: 'symbol',
      source: 'sites',
      'source-layer': 'sites',
      filter: ['!', isMajor],
      layout: {
        'icon-image': siteImageExpression,
        // from afar plates give way to each other and to hazards; near by all stand
        'icon-overlap': ['step', ['zoom'], 'never', 15, 'always'],
        'icon-padding': 3,
        'symbol-sort-key': GRAVITY,
      },
    },
    {
      id: 'sites/major',
      type: 'symbol',
      source: 'sites',
      'source-layer': 'sites',
      filter: isMajor,
      layout: { 'icon-image': siteImageExpression, 'icon-overlap': 'always' },
    },
  ],
  legend: [
    {
      title: 'map.legend.sites',
      entries: RISK_LEVELS.map((level) => ({
        layer: level === 1 ? 'sites/major' : 'sites/lesser',
        title: RISK_LEVEL_TERMS[level],
        symbol: { image: siteImage(level) },
      })),
      note: 'map.legend.sitesNote',
    },
  ],
  pickable: ['sites/major', 'sites/lesser'],
}
