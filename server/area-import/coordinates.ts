import type { MultiPolygon, Polygon, Position } from 'geojson'
import { type GeographicSystem, toWgs84 } from '../core/lnglat.ts'
import { AreaFileError } from './error.ts'

/** What the numbers of a file mean: degrees of a named system, or metres that PostGIS projects back. */
export type FileSystem = { kind: 'degrees'; system: GeographicSystem } | { kind: 'projected'; srid: number }

const NAMES: Record<string, GeographicSystem> = {
  WGS84: 'WGS84',
  CGCS2000: 'CGCS2000',
  GCJ02: 'GCJ02',
  BD09: 'BD09',
  'EPSG:4326': 'WGS84',
  'EPSG:4490': 'CGCS2000',
}

export function readSystem(text: string): FileSystem {
  const written = text.trim().toUpperCase()
  const system = NAMES[written] ?? NAMES[written.replaceAll('-', '')]
  if (system) return { kind: 'degrees', system }
  const code = /^EPSG:(\d{4,6})$/.exec(written)?.[1]
  if (code) return { kind: 'projected', srid: Number(code) }
  throw new AreaFileError(
    `--crs ${text}：不认识，可用 CGCS2000、WGS84、GCJ02、BD09 或 EPSG:4549 这样的代码 (unknown coordinate system)`,
  )
}

/** The surface in WGS-84, its vertices converted one by one; projected ones stay as they are. */
export function toDegrees(surface: Polygon | MultiPolygon, file: FileSystem): Polygon | MultiPolygon {
  const convert = ([x = 0, y = 0]: Position): Position =>
    file.kind === 'degrees' ? toWgs84(file.system, x, y) : [x, y]
  const convertRings = (rings: Position[][]) => rings.map((ring) => ring.map(convert))
  return surface.type === 'Polygon'
    ? { type: 'Polygon', coordinates: convertRings(surface.coordinates) }
    : { type: 'MultiPolygon', coordinates: surface.coordinates.map(convertRings) }
}

/** A vertex that no outline of ours can have tells of a wrong system, before PostGIS stumbles over it. */
export function assertDegrees(surface: Polygon | MultiPolygon, name: string): void {
  const rings = surface.type === 'Polygon' ? surface.coordinates : surface.coordinates.flat()
  const stray = rings.flat().find(([lng = 0, lat = 0]) => lng < 73 || lng > 136 || lat < 3 || lat > 54)
  if (!stray) return
  throw new AreaFileError(
    `「${name}」有坐标 ${stray[0]}, ${stray[1]}，不在中国的经纬度范围内：请核对 --crs，以及经度、纬度是否颠倒 (outside China: check --crs and the order of coordinates)`,
  )
}

/** Gauss-Krüger numbers are metres; those with a zone number before the easting reach some 50 million. */
export function assertMeters(surface: Polygon | MultiPolygon, name: string): void {
  const rings = surface.type === 'Polygon' ? surface.coordinates : surface.coordinates.flat()
  const stray = rings
    .flat()
    .find(([x = 0, y = 0]) => x < 100_000 || x > 60_000_000 || y < 100_000 || y > 60_000_000)
  if (!stray) return
  throw new AreaFileError(
    `「${name}」有坐标 ${stray[0]}, ${stray[1]}，不像以米为单位的投影坐标：请核对 --crs (these are not metres: check --crs)`,
  )
}
