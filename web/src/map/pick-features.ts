import type { GeoJSONFeature, Map as MapLibreMap, Point } from 'maplibre-gl'
import { pickableLayers, pickableSurfaces } from './build-style.ts'
import type { MapState } from './layer.ts'
import { asPicked, asPickedSurface, type Picked, type PickedSurface } from './picked.ts'

type Drawn = GeoJSONFeature & { layer: { id: string } }
/** No symbol is larger, half of it, in pixels. */
const REACH = 30

/** What lies at a point: symbols from the topmost down, then the surface below them all. */
export function pickAt(map: MapLibreMap, state: MapState, point: Point, slack: number): Picked[] {
  return [...pickSymbols(map, state, point, slack), ...pickSurface(map, state, point)]
}

/** The engine takes the whole picture of a symbol for hit, of which much is transparent. */
function pickSymbols(map: MapLibreMap, state: MapState, point: Point, slack: number): Picked[] {
  const layers = pickableLayers(state).filter((layer) => map.getLayer(layer))
  if (layers.length === 0) return []
  const features = map.queryRenderedFeatures(
    [
      [point.x - REACH, point.y - REACH],
      [point.x + REACH, point.y + REACH],
    ],
    { layers },
  )
  const found = new Map<string, Picked>()
  for (const feature of features) {
    const picked = asPicked(feature as Drawn)
    if (!picked || found.has(picked.id)) continue
    const { x, y } = map.project(picked.lngLat)
    if (Math.hypot(x - point.x, y - point.y) <= picked.radius + slack) found.set(picked.id, picked)
  }
  return [...found.values()]
}

function pickSurface(map: MapLibreMap, state: MapState, point: Point): PickedSurface[] {
  const layers = pickableSurfaces(state).filter((layer) => map.getLayer(layer))
  if (layers.length === 0) return []
  const [feature] = map.queryRenderedFeatures(point, { layers })
  const picked = feature ? asPickedSurface(feature as Drawn) : null
  return picked ? [picked] : []
}

/** The thing with this id where it is drawn as a symbol of its own, else null. */
export function findSymbol(
  map: MapLibreMap,
  state: MapState,
  id: string,
): Exclude<Picked, PickedSurface> | null {
  const layers = pickableLayers(state).filter((layer) => map.getLayer(layer))
  const found = map.queryRenderedFeatures({ layers }).find((feature) => feature.properties.id === id)
  return found ? asPicked(found) : null
}
