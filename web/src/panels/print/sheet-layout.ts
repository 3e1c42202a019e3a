import type { Paper } from '@contract'
import { MILLIMETERS_PER_PIXEL, type Size } from './scale.ts'

/** The parts of a landscape map sheet in millimetres. */
export interface SheetLayout {
  width: number
  height: number
  /** White round everything: what office printers cannot reach. */
  padding: number
  header: number
  footer: number
  gap: number
  /** Between the two lines of the map's frame, where the degrees stand. */
  ring: number
  side: number
  /** Height of plain text. */
  text: number
  /** By how much the map is drawn larger than it is printed, so that its signs suit the paper. */
  shrink: number
}

export const LAYOUTS: Record<Paper, SheetLayout> = {
  A3: {
    width: 420,
    height: 297,
    padding: 8,
    header: 19,
    footer: 13,
    gap: 3,
    ring: 5,
    side: 76,
    text: 3.5,
    shrink: 1,
  },
  A4: {
    width: 297,
    height: 210,
    padding: 6,
    header: 14.5,
    footer: 10,
    gap: 2,
    ring: 4,
    side: 62,
    text: 2.65,
    shrink: 1.25,
  },
}

/** The map inside its frame, in whole pixels, so that its picture is not stretched. */
export function mapSizeOf(paper: Paper): Size {
  const { width, height, padding, header, footer, gap, ring, side } = LAYOUTS[paper]
  const pixels = (millimeters: number) => Math.floor(millimeters / MILLIMETERS_PER_PIXEL)
  return {
    width: pixels(width - 2 * padding - side - gap - 2 * ring),
    height: pixels(height - 2 * padding - header - footer - 2 * gap - 2 * ring),
  }
}

/** Names that the style sheets have other uses for. */
const VARIABLES: Record<string, string> = {
  header: 'header-size',
  footer: 'footer-size',
  text: 'text-size',
}

/** The layout as values for the style sheet. */
export function layoutVariables(paper: Paper): Record<string, string> {
  const { width: mapWidth, height: mapHeight } = mapSizeOf(paper)
  const { shrink: _, ...lengths } = LAYOUTS[paper]
  const millimeters = Object.entries(lengths).map(([name, value]) => [
    `--${VARIABLES[name] ?? name}`,
    `${value}mm`,
  ])
  return {
    ...Object.fromEntries(millimeters),
    '--map-width': `${mapWidth}px`,
    '--map-height': `${mapHeight}px`,
  }
}
