import { TILE_EXTENT, type TileAddress, tileBounds, tileMercatorBounds } from '../core/tile-grid.ts'

/** Tile units drawn beyond each edge, so that neither line ends nor outlines show at the seam. */
const BUFFER = 80
/** A quarter of a screen pixel, in tile units, is below what anybody sees. */
const SIMPLIFY_UNITS = 4
/** Areas under this many square tile units (2 × 2 screen pixels) are left out. */
const LEAST_AREA_UNITS = (2 * TILE_EXTENT) / 256

export type Dimension = 0 | 1 | 2

/** Values for the named bindings of the fragments below. */
export function tileBindings(tile: TileAddress): Record<string, number> {
  const { west, south, east, north } = tileMercatorBounds(tile)
  const unit = (east - west) / TILE_EXTENT
  const margin = BUFFER * unit
  const degrees = tileBounds(tile)
  const marginLng = ((degrees.east - degrees.west) * BUFFER) / TILE_EXTENT
  const marginLat = ((degrees.north - degrees.south) * BUFFER) / TILE_EXTENT
  return {
    west: degrees.west - marginLng,
    south: degrees.south - marginLat,
    east: degrees.east + marginLng,
    north: degrees.north + marginLat,
    clipWest: west - margin,
    clipSouth: south - margin,
    clipEast: east + margin,
    clipNorth: north + margin,
    scaleX: 1 / unit,
    scaleY: -1 / unit,
    moveX: -west / unit,
    moveY: north / unit,
    simplify: SIMPLIFY_UNITS * unit,
    leastArea: (LEAST_AREA_UNITS * unit) ** 2,
  }
}

/** Whether a column may touch the tile: the constant is moved to the column's system, so that its index serves. */
export const touchesTile = (column: string): string =>
  `${column} && ST_MakeEnvelope(:west, :south, :east, :north, 4326)`

/** Whether a surface is big enough to be seen; anything else always is. */
export const isSeen = (column: string): string =>
  `(ST_Dimension(${column}) < 2 or ST_Area(ST_Transform(ST_Envelope(${column}), 3857)) >= :leastArea)`

/**
 * A column as GeoJSON in tile units, y downwards: clipped first, because that is cheap and leaves little to simplify.
 * Clipping can leave points and lines at the edge of a surface, so only parts of the wanted dimension are kept.
 */
export function tileGeometry(column: string, dimension: Dimension): string {
  const clipped = `ST_ClipByBox2D(ST_Transform(${column}, 3857),
    ST_MakeEnvelope(:clipWest, :clipSouth, :clipEast, :clipNorth, 3857))`
  const simplified = dimension === 0 ? clipped : `ST_Simplify(${clipped}, :simplify)`
  return `ST_CollectionExtract(ST_SnapToGrid(
    ST_Affine(${simplified}, :scaleX, 0, 0, :scaleY, :moveX, :moveY), 1), ${dimension + 1})`
}
