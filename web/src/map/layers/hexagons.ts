import { DEFAULT_HEXAGON_SIZE, type HexagonSize, RISK_LEVEL_TERMS, RISK_LEVELS } from '@contract'
import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import { classTexts, rampSteps } from '../class-bounds.ts'
import { MAP_FONT_BOLD } from '../fonts.ts'
import { areaSwatchImage, levelColor, levelPatternExpression } from '../image-names.ts'
import type { LegendBlock, LegendEntry, MapLayer, MapState } from '../layer.ts'
import { type Color, HALO, RAMP_STEPS, SITE_OUTLINE, UI } from '../palette.ts'
import type { RiskSurface } from '../risk-surface.ts'

type HexagonSurface = RiskSurface & { kind: 'hexagons' }
const surfaceOf = (surface: RiskSurface | null | undefined): HexagonSurface | null =>
  surface?.kind === 'hexagons' ? surface : null
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** From this zoom on a hexagon is wide enough for the figure in it: about fifty pixels. */
const TEXT_ZOOM: Record<HexagonSize, number> = { 250: 12.7, 500: 11.7, 1000: 10.7 }

const isOneOf = (...ids: (string | null | undefined)[]): ExpressionSpecification => [
  'in',
  ['get', 'id'],
  ['literal', ids.filter((id) => typeof id === 'string')],
]

/** A colour for each class: a density is grey, since the four colours are kept for levels. */
function byClass(surface: HexagonSurface | null, part: 'fill' | 'text'): ExpressionSpecification | Color {
  const colors = rampSteps((surface?.bounds.length ?? 0) + 1).map(
    (step) => RAMP_STEPS[step]?.[part] ?? UI.card,
  )
  const [first = UI.card, ...others] = colors
  if (others.length === 0) return first
  const steps = others.flatMap((color, index) => [index + 1, color])
  return ['step', ['get', 'class'], first, ...steps] as ExpressionSpecification
}

function entriesOf(surface: HexagonSurface | null): LegendEntry[] {
  if (surface?.measure === 'level') {
    return RISK_LEVELS.map((level) => ({
      layer: 'hexagons/fill',
      title: RISK_LEVEL_TERMS[level],
      symbol: { image: areaSwatchImage(level) },
    }))
  }
  const bounds = surface?.bounds ?? []
  const steps = rampSteps(bounds.length + 1)
  return classTexts(bounds, surface?.measure !== 'risk').map((text, index) => ({
    layer: 'hexagons/fill',
    title: { zh: text, en: text },
    symbol: { fill: RAMP_STEPS[steps[index] ?? 0]?.fill ?? UI.card, edge: UI.border },
  }))
}

const legendOf = (of: RiskSurface | null | undefined): LegendBlock[] => {
  const surface = surfaceOf(of)
  const measure = surface?.measure ?? 'risk'
  return [
    {
      title: `riskMap.legend.${measure}`,
      isUnconfirmed: measure === 'risk',
      entries: entriesOf(surface),
      note: `riskMap.legend.${measure}Note`,
      caution: `riskMap.legend.size${surface?.size ?? DEFAULT_HEXAGON_SIZE}`,
    },
  ]
}

/** 六边形网格: how dense sites, hazards or their risk lie, or the highest level in each cell. */
export const hexagonsLayer: MapLayer = {
  id: 'hexagons',
  title: 'riskMap.layer.hexagons',
  sources: (state) => ({
    hexagons: { type: 'geojson', data: surfaceOf(state.surface)?.features ?? NOTHING },
    'hexagon-centers': { type: 'geojson', data: surfaceOf(state.surface)?.anchors ?? NOTHING },
  }),
  layers: (state) => layersOf(surfaceOf(state.surface), state),
  legend: legendOf,
  pickable: [],
  pickableSurface: 'hexagons/fill',
}

function layersOf(surface: HexagonSurface | null, state: MapState): ReturnType<MapLayer['layers']> {
  const isLevel = surface?.measure === 'level'
  const opacity = surface?.isStale ? 0.6 : 1
  const { selected, pointed } = state.surfaceMarks ?? {}
  return [
    {
      id: 'hexagons/fill',
      type: 'fill',
      source: 'hexagons',
      paint: {
        'fill-color': isLevel ? levelColor : byClass(surface, 'fill'),
        'fill-opacity': (isLevel ? 0.45 : 0.82) * opacity,
      },
    },
    {
      id: 'hexagons/pattern',
      type: 'fill',
      source: 'hexagons',
      layout: { visibility: isLevel ? 'visible' : 'none' },
      paint: { 'fill-pattern': levelPatternExpression, 'fill-opacity': 0.55 * opacity },
    },
    {
      id: 'hexagons/edge',
      type: 'line',
      source: 'hexagons',
      paint: { 'line-color': isLevel ? SITE_OUTLINE : UI.border, 'line-width': isLevel ? 1.2 : 1 },
    },
    {
      id: 'hexagons/chosen',
      type: 'line',
      source: 'hexagons',
      filter: isOneOf(selected, pointed),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': UI.primary, 'line-width': ['case', isOneOf(selected), 4, 2.5] },
    },
    {
      id: 'hexagons/text',
      type: 'symbol',
      source: 'hexagon-centers',
      minzoom: TEXT_ZOOM[surface?.size ?? 500],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': MAP_FONT_BOLD,
        'text-size': 14,
        'text-overlap': 'always',
        'text-ignore-placement': true,
      },
      paint: isLevel
        ? { 'text-color': SITE_OUTLINE, 'text-halo-color': HALO, 'text-halo-width': 2 }
        : {
            'text-color': byClass(surface, 'text'),
            'text-halo-color': byClass(surface, 'fill'),
            'text-halo-width': 1.2,
          },
    },
  ]
}
