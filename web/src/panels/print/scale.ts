import type { Bounds, View } from '../../map/view.ts'

/** A pixel of a style sheet is a 96th of an inch, on paper as on the screen. */
export const MILLIMETERS_PER_PIXEL = 25.4 / 96
/** Of the sphere that Web Mercator is drawn on. Between 40° and 50° N its metres are true within 0.3 %. */
const EARTH_METERS = 2 * Math.PI * 6_378_137
/** The map is 512 pixels wide at zoom 0. */
const WORLD_PIXELS = 512
const MIN_DENOMINATOR = 500
const MAX_DENOMINATOR = 20_000_000

const radians = (degrees: number) => (degrees * Math.PI) / 180
export const mercatorX = (lng: number): number => (lng + 180) / 360
export const mercatorY = (lat: number): number =>
  (1 - Math.log(Math.tan(radians(lat)) + 1 / Math.cos(radians(lat))) / Math.PI) / 2
const latOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI

/** The n of 1 : n at a latitude, for a zoom of the map. */
export function denominatorOf(zoom: number, lat: number): number {
  const metersPerPixel = (EARTH_METERS * Math.cos(radians(lat))) / (WORLD_PIXELS * 2 ** zoom)
  return metersPerPixel / (MILLIMETERS_PER_PIXEL / 1000)
}

export function zoomOf(denominator: number, lat: number): number {
  return Math.log2(denominatorOf(0, lat) / denominator)
}

/** The next n that people read off without thinking: 1 : 25 000, not 1 : 24 318. Never less than was asked. */
export function roundDenominator(denominator: number): number {
  const least = Math.min(Math.max(denominator, MIN_DENOMINATOR), MAX_DENOMINATOR)
  const power = 10 ** Math.floor(Math.log10(least))
  const step =
    [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10
  return step * power
}

/** A box in the middle of a map of so many pixels, whole, at a round scale. */
export function viewOfExtent([west, south, east, north]: Bounds, size: Size): View & { denominator: number } {
  const [top, bottom] = [mercatorY(north), mercatorY(south)]
  const lat = latOf((top + bottom) / 2)
  const across = size.width / (WORLD_PIXELS * Math.max(mercatorX(east) - mercatorX(west), 1e-9))
  const down = size.height / (WORLD_PIXELS * Math.max(bottom - top, 1e-9))
  return viewAt([(west + east) / 2, lat], denominatorOf(Math.log2(Math.min(across, down)), lat))
}

export interface Size {
  width: number
  height: number
}

/** A view whose scale is round and not larger than asked. */
export function viewAt(center: [number, number], wanted: number): View & { denominator: number } {
  const denominator = roundDenominator(wanted)
  return { center, zoom: zoomOf(denominator, center[1]), denominator }
}

/** What a map of so many pixels shows. */
export function boundsOfView({ center: [lng, lat], zoom }: View, { width, height }: Size): Bounds {
  const world = WORLD_PIXELS * 2 ** zoom
  const [x, y] = [mercatorX(lng), mercatorY(lat)]
  const lngOf = (value: number) => value * 360 - 180
  return [
    lngOf(x - width / 2 / world),
    latOf(y + height / 2 / world),
    lngOf(x + width / 2 / world),
    latOf(y - height / 2 / world),
  ]
}

export interface Bar {
  meters: number
  /** Length on paper. */
  millimeters: number
}

/** The longest round bar (1, 2, 4 or 5 times a power of ten metres, so that its quarters are round too). */
export function barOf(denominator: number, mostMillimeters: number): Bar {
  const most = (mostMillimeters / 1000) * denominator
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [5, 4, 2, 1].find((one) => one * power <= most) ?? 1
  const meters = step * power
  return { meters, millimeters: (meters / denominator) * 1000 }
}
