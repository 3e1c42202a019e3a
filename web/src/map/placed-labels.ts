import type { Map as MapLibreMap } from 'maplibre-gl'
import { clearOfAreas, type PlacedLabel, TEXT_LAYERS } from './printed-style.ts'

/** The names that the engine found room for; a name that lies in two tiles is one. */
export function placedLabels(map: MapLibreMap): PlacedLabel[] {
  const layers = TEXT_LAYERS.filter((id) => map.getLayer(id))
  if (layers.length === 0) return []
  const found = new Map<string, PlacedLabel>()
  for (const feature of map.queryRenderedFeatures({ layers })) {
    const { geometry, properties, layer } = feature
    if (geometry.type !== 'Point' || typeof properties.name !== 'string') continue
    const [lng = 0, lat = 0] = geometry.coordinates
    const { x, y } = map.project([lng, lat])
    // the engine answers the layer with its values as they are for this feature
    const size = Number((layer.layout as Record<string, unknown> | undefined)?.['text-size'])
    const label = {
      text: properties.name,
      x,
      y,
      size: Number.isFinite(size) ? size : 13,
      isBold: layer.id === 'areas/label',
    }
    found.set(`${label.text} ${Math.round(x / 4)} ${Math.round(y / 4)}`, label)
  }
  return clearOfAreas([...found.values()])
}
