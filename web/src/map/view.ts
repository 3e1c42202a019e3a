/** Where the map looks, as the address holds it: `12.34/43.86210/125.38540`, zoom, lat, lng. */
export interface View {
  center: [number, number]
  zoom: number
}
export type Bounds = [west: number, south: number, east: number, north: number]

export function writeView({ zoom, center: [lng, lat] }: View): string {
  return `${Number(zoom.toFixed(2))}/${lat.toFixed(5)}/${lng.toFixed(5)}`
}

export function readView(text: unknown): View | null {
  if (typeof text !== 'string') return null
  const parts = text.split('/').map((part) => (part === '' ? Number.NaN : Number(part)))
  const [zoom, lat, lng] = parts
  if (parts.length !== 3 || zoom === undefined || lat === undefined || lng === undefined) return null
  const isPlace = Math.abs(lat) <= 85 && Math.abs(lng) <= 180 && zoom >= 0 && zoom <= 22
  return isPlace ? { zoom, center: [lng, lat] } : null
}

export type SelectionKind = 'hazard' | 'site' | 'drill' | 'resource' | 'protectedPlace'
/** An area by its code, or a hexagon of the grid: a piece of a surface, and no thing that can be read by itself. */
export type SurfaceKind = 'area' | 'hexagon'
export interface Selection {
  kind: SelectionKind | SurfaceKind
  id: string
}
const SELECTIONS = [
  /^(hazard|site|drill|resource|protectedPlace):([0-9a-f-]{36})$/,
  /^(area):([0-9A-Za-z-]{1,32})$/,
  /^(hexagon):(\d{3,4}_-?\d{1,6}_-?\d{1,6})$/,
]

/** What is opened, as the address holds it: `hazard:<id>`. */
export function readSelection(text: unknown): Selection | null {
  if (typeof text !== 'string') return null
  for (const pattern of SELECTIONS) {
    const [, kind, id] = pattern.exec(text) ?? []
    if (kind && id) return { kind: kind as Selection['kind'], id }
  }
  return null
}

export const writeSelection = ({ kind, id }: Selection): string => `${kind}:${id}`

/** The box round all positions of some geometries, or null if there are none. */
export function boundsOf(geometries: readonly GeoJSON.Geometry[]): Bounds | null {
  const bounds: Bounds = [180, 90, -180, -90]
  const extend = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return
    const [lng, lat] = coordinates
    if (typeof lng === 'number' && typeof lat === 'number') {
      bounds[0] = Math.min(bounds[0], lng)
      bounds[1] = Math.min(bounds[1], lat)
      bounds[2] = Math.max(bounds[2], lng)
      bounds[3] = Math.max(bounds[3], lat)
    } else for (const inner of coordinates) extend(inner)
  }
  for (const geometry of geometries) {
    if (geometry.type === 'GeometryCollection') {
      const inner = boundsOf(geometry.geometries)
      if (inner) extend([inner.slice(0, 2), inner.slice(2)])
    } else extend(geometry.coordinates)
  }
  return bounds[0] > bounds[2] ? null : bounds
}

/** A position on a geometry at which it can be shown: the point itself, or the middle of its box. */
export function anchorOf(geometry: GeoJSON.Geometry): [number, number] | null {
  if (geometry.type === 'Point') {
    const [lng, lat] = geometry.coordinates
    return lng === undefined || lat === undefined ? null : [lng, lat]
  }
  const bounds = boundsOf([geometry])
  return bounds ? [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] : null
}

export const isInside = (
  [lng, lat]: readonly [number, number],
  [west, south, east, north]: Bounds,
): boolean => lng >= west && lng <= east && lat >= south && lat <= north
