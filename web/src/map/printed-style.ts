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

/**
 * Names of areas stand whatever lies below them; a lesser name that would run into one is left out. Areas come last, so
 * that they are written above the rest.
 */
export function clearOfAreas(labels: readonly PlacedLabel[]): PlacedLabel[] {
  const areas = labels.filter((label) => label.isBold)
  const meets = (one: PlacedLabel, other: PlacedLabel) =>
    Math.abs(one.x - other.x) < (widthOf(one) + widthOf(other)) / 2 &&
    Math.abs(one.y - other.y) < (one.size + other.size) / 2
  return [...labels.filter((label) => !label.isBold && !areas.some((area) => meets(label, area))), ...areas]
}

/** A Chinese sign is as wide as it is high, with the space that map labels have between them. */
const widthOf = ({ text, size }: PlacedLabel): number => text.length * size * 1.13

/** A name that the sheet writes over the picture of the map; pixels from its upper left corner. */
export interface PlacedLabel {
  text: string
  x: number
  y: number
  size: number
  isBold: boolean
}
