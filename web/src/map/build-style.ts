import type { StyleSpecification } from 'maplibre-gl'
import type { LayerId, LegendBlock, MapLayer, MapState } from './layer.ts'
import { areasLayer } from './layers/areas.ts'
import { baseLayer } from './layers/base.ts'
import { drillsLayer } from './layers/drills.ts'
import { hazardsLayer } from './layers/hazards.ts'
import { hexagonsLayer } from './layers/hexagons.ts'
import { marksLayer } from './layers/marks.ts'
import { protectedPlacesLayer } from './layers/protected-places.ts'
import { resourcesLayer } from './layers/resources.ts'
import { riskAreasLayer } from './layers/risk-areas.ts'
import { sitesLayer } from './layers/sites.ts'
import { DRAWING_ORDER, type StyleLayerId } from './order.ts'

export const MAP_LAYERS: Record<LayerId, MapLayer> = {
  hazards: hazardsLayer,
  sites: sitesLayer,
  'risk-areas': riskAreasLayer,
  hexagons: hexagonsLayer,
  drills: drillsLayer,
  resources: resourcesLayer,
  'protected-places': protectedPlacesLayer,
  areas: areasLayer,
  base: baseLayer,
}

const layersOn = (state: Pick<MapState, 'layers'>): MapLayer[] =>
  Object.entries(MAP_LAYERS)
    .filter(([id]) => state.layers.has(id as LayerId))
    .map(([, layer]) => layer)

/** The whole map as data: the same state always gives the same style. Without glyphs and sprites, nothing is fetched. */
export function buildStyle(state: MapState): StyleSpecification {
  const shown = [...layersOn(state), marksLayer]
  const rank = new Map<string, number>(DRAWING_ORDER.map((id, index) => [id, index]))
  const rankOf = ({ id }: { id: string }) => rank.get(id) ?? 0
  return {
    version: 8,
    sources: Object.assign({}, ...shown.map((layer) => layer.sources(state))),
    layers: shown.flatMap((layer) => layer.layers(state)).sort((one, other) => rankOf(one) - rankOf(other)),
  }
}

/** The legend of what is on, in the order of the menu. */
export const buildLegend = (state: Pick<MapState, 'layers' | 'surface'>): LegendBlock[] =>
  layersOn(state).flatMap(({ legend }) =>
    typeof legend === 'function' ? legend(state.surface ?? null) : legend,
  )

/** The style layers that answer the mouse, topmost first. */
export function pickableLayers(state: Pick<MapState, 'layers'>): StyleLayerId[] {
  const pickable = layersOn(state).flatMap((layer) => layer.pickable)
  return DRAWING_ORDER.filter((id) => pickable.includes(id)).toReversed()
}

/** The style layers whose surfaces answer the mouse where no symbol does. */
export const pickableSurfaces = (state: Pick<MapState, 'layers'>): StyleLayerId[] =>
  layersOn(state).flatMap(({ pickableSurface }) => pickableSurface ?? [])
