import { AREA_RULE_TERMS, RISK_LEVEL_TERMS, RISK_LEVELS } from '@contract'
import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import { MAP_FONT_BOLD } from '../fonts.ts'
import { areaSwatchImage, levelColor, levelPatternExpression } from '../image-names.ts'
import type { LegendBlock, MapLayer, MapState } from '../layer.ts'
import { HALO, SITE_OUTLINE, UI } from '../palette.ts'
import type { RiskSurface } from '../risk-surface.ts'

const surfaceOf = (state: MapState): (RiskSurface & { kind: 'areas' }) | null =>
  state.surface?.kind === 'areas' ? state.surface : null
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }
const hasLevel: ExpressionSpecification = ['!=', ['get', 'level'], null]
const isOneOf = (...ids: (string | null | undefined)[]): ExpressionSpecification => [
  'in',
  ['get', 'id'],
  ['literal', ids.filter((id) => typeof id === 'string')],
]

const blockOf = (surface: RiskSurface | null | undefined): LegendBlock[] => [
  {
    title: 'riskMap.legend.areas',
    isUnconfirmed: true,
    entries: RISK_LEVELS.map((level) => ({
      layer: 'risk-areas/fill',
      title: RISK_LEVEL_TERMS[level],
      symbol: { image: areaSwatchImage(level) },
    })),
    ...(surface?.kind === 'areas' ? { note: AREA_RULE_TERMS[surface.rule].how } : {}),
    caution: 'riskMap.legend.areasCaution',
  },
]

/** 辖区四色: each area in the colour that a named rule gives it, with pattern and numeral. */
export const riskAreasLayer: MapLayer = {
  id: 'risk-areas',
  title: 'riskMap.layer.areas',
  sources: (state) => {
    const surface = surfaceOf(state)
    return {
      'risk-areas': { type: 'geojson', data: surface?.features ?? NOTHING },
      'risk-area-levels': { type: 'geojson', data: surface?.anchors ?? NOTHING },
    }
  },
  layers: (state) => {
    const opacity = surfaceOf(state)?.isStale ? 0.6 : 1
    return [
      {
        id: 'risk-areas/fill',
        type: 'fill',
        source: 'risk-areas',
        // an area without a level answers the mouse too
        paint: { 'fill-color': levelColor, 'fill-opacity': ['case', hasLevel, 0.45 * opacity, 0.08] },
      },
      {
        id: 'risk-areas/pattern',
        type: 'fill',
        source: 'risk-areas',
        filter: hasLevel,
        paint: { 'fill-pattern': levelPatternExpression, 'fill-opacity': 0.55 * opacity },
      },
      {
        id: 'risk-areas/edge',
        type: 'line',
        source: 'risk-areas',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': SITE_OUTLINE, 'line-width': 2, 'line-dasharray': [5, 2.2, 1.4, 2.2] },
      },
      {
        id: 'risk-areas/chosen',
        type: 'line',
        source: 'risk-areas',
        filter: isOneOf(state.surfaceMarks?.selected, state.surfaceMarks?.pointed),
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': UI.primary,
          'line-width': ['case', isOneOf(state.surfaceMarks?.selected), 4, 2.5],
        },
      },
      {
        id: 'risk-areas/level',
        type: 'symbol',
        source: 'risk-area-levels',
        layout: {
          'text-field': ['to-string', ['coalesce', ['get', 'level'], '–']],
          'text-font': MAP_FONT_BOLD,
          'text-size': ['interpolate', ['linear'], ['zoom'], 9, 15, 12, 22, 14, 34],
          // above the area's name, which is written at the same place
          'text-offset': [0, -0.95],
          'text-overlap': 'always',
          'text-ignore-placement': true,
        },
        paint: { 'text-color': SITE_OUTLINE, 'text-halo-color': HALO, 'text-halo-width': 2.5 },
      },
    ]
  },
  legend: blockOf,
  pickable: [],
  pickableSurface: 'risk-areas/fill',
}
