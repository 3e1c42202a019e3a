import type { Geometry, LineString, Point, Polygon, Position } from 'geojson'
import { type GeographicSystem, type LngLat, toWgs84 } from '../core/lnglat.ts'

export type SiteGeometry = Point | LineString | Polygon

/** A place that nobody means, in words for the person who wrote it. */
export class GeometryError extends Error {
  override name = 'GeometryError'
}

const MAX_POSITIONS = 10_000
const MAX_TEXT = 200

export interface ReadGeometry {
  /** In WGS-84. */
  geometry: SiteGeometry
  /** The numbers as written, or null where they are too many to keep beside the place. */
  coordinateText: string | null
}

/**
 * Reads the place of a site, a point, line or polygon in degrees of the named system. Throws GeometryError. Whether a
 * polygon crosses itself is asked of PostGIS afterwards.
 */
export function readSiteGeometry(geometry: Geometry, system: GeographicSystem): ReadGeometry {
  const { written, converted } = convert(geometry, system)
  const text = written.map((position) => position.join(',')).join(' ')
  return { geometry: converted, coordinateText: text.length <= MAX_TEXT ? text : null }
}

function convert(
  geometry: Geometry,
  system: GeographicSystem,
): { written: LngLat[]; converted: SiteGeometry } {
  const written: LngLat[] = []
  const one = (position: unknown): Position => {
    if (written.length >= MAX_POSITIONS) throw new GeometryError(`坐标点超过 ${MAX_POSITIONS} 个，请先简化`)
    const [x, y] = readPosition(position)
    written.push([x, y])
    return toWgs84(system, x, y)
  }
  if (geometry.type === 'Point') {
    return { written, converted: { type: 'Point', coordinates: one(geometry.coordinates) } }
  }
  if (geometry.type === 'LineString') {
    const coordinates = listOf(geometry.coordinates).map(one)
    if (coordinates.length < 2) throw new GeometryError('线至少要有 2 个点')
    return { written, converted: { type: 'LineString', coordinates } }
  }
  if (geometry.type === 'Polygon') {
    const coordinates = listOf(geometry.coordinates).map((ring) => closedRing(listOf(ring).map(one)))
    if (coordinates.length === 0) throw new GeometryError('面没有边界')
    return { written, converted: { type: 'Polygon', coordinates } }
  }
  throw new GeometryError('场所只能是点（Point）、线（LineString）或面（Polygon）')
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new GeometryError('coordinates 应为坐标数组')
  return value
}

function readPosition(position: unknown): LngLat {
  const [x, y] = listOf(position)
  const isNumber = typeof x === 'number' && typeof y === 'number'
  if (!isNumber || Math.abs(x) > 180 || Math.abs(y) > 90 || (x === 0 && y === 0)) {
    throw new GeometryError('坐标不成立：应为经度、纬度，单位度，且不是 (0, 0)')
  }
  return [x, y]
}

function closedRing(ring: Position[]): Position[] {
  const first = ring[0]
  const last = ring.at(-1)
  const isClosed = first?.[0] === last?.[0] && first?.[1] === last?.[1]
  if (ring.length < 4 || !isClosed) throw new GeometryError('面的边界至少要有 4 个点，末点与首点相同')
  return ring
}
