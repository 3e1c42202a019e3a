import type { StyleSpecification } from 'maplibre-gl'

/** Names that a printed sheet writes itself, as text that can be searched and selected. */
export const TEXT_LAYERS = ['areas/label', 'base/place-labels'] as const

/**
 * The style of a sheet: the names of places are let out of the picture, but keep their places in it, so that the sheet
 * writes exactly those that found room.
 */
export function printedStyle(style: StyleSpecification): StyleSpecification {
  return {
    ...style,
    layers: style.layers.map((layer) =>
      layer.type === 'symbol' && (TEXT_LAYERS as readonly string[]).includes(layer.id)
        ? { ...layer, paint: { ...layer.paint, 'text-opacity': 0 } }
        : layer,
    ),
  }
}

/** A name that the sheet writes over the picture of the map; pixels from its upper left corner. */
export interface PlacedLabel {
  text: string
  x: number
  y: number
  size: number
  isBold: boolean
}
