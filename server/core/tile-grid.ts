/** The Web Mercator tile pyramid: which piece of the world a tile is, and where in it a position lies. */
export const MAX_ZOOM = 22
/** Tile coordinates run from 0 to this, y downwards. */
export const TILE_EXTENT = 4096
/** Half the width of the Web Mercator square, in metres of EPSG:3857. */
export const MERCATOR_HALF_WIDTH_METERS = 20_037_508.342789244
/** The latitude at which the square ends. */
export const MERCATOR_MAX_LAT = 85.051128779806604

export interface TileAddress {
  z: number
  x: number
  y: number
}

export interface Bounds {
  west: number
  south: number
  east: number
  north: number
}

/** The tile written as three decimal numbers, or null if there is no such tile. */
export function readTileAddress(z: string, x: string, y: string): TileAddress | null {
  if (![z, x, y].every((text) => /^(0|[1-9]\d{0,7})$/.test(text))) return null
  const tile = { z: Number(z), x: Number(x), y: Number(y) }
  return isTile(tile) ? tile : null
}

export function isTile({ z, x, y }: TileAddress): boolean {
  const isWhole = Number.isInteger(z) && Number.isInteger(x) && Number.isInteger(y)
  return isWhole && z >= 0 && z <= MAX_ZOOM && x >= 0 && x < 2 ** z && y >= 0 && y < 2 ** z
}

/** Longitude of the line `x` tiles from the left edge; x may be a fraction. */
export const lngOfTileX = (x: number, z: number): number => (x / 2 ** z) * 360 - 180

/** Latitude of the line `y` tiles from the top edge; y may be a fraction. */
export const latOfTileY = (y: number, z: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI

/** How far right of the left edge a longitude lies, in tiles. */
export const tileXOfLng = (lng: number, z: number): number => ((lng + 180) / 360) * 2 ** z

/** How far below the top edge a latitude lies, in tiles; what lies beyond the square is on its edge. */
export function tileYOfLat(lat: number, z: number): number {
  const bounded = Math.max(-MERCATOR_MAX_LAT, Math.min(MERCATOR_MAX_LAT, lat))
  const fraction = 0.5 - Math.asinh(Math.tan((bounded * Math.PI) / 180)) / (2 * Math.PI)
  return Math.max(0, Math.min(1, fraction)) * 2 ** z
}

/** The tile's edges in degrees. */
export function tileBounds({ z, x, y }: TileAddress): Bounds {
  return {
    west: lngOfTileX(x, z),
    south: latOfTileY(y + 1, z),
    east: lngOfTileX(x + 1, z),
    north: latOfTileY(y, z),
  }
}

/** The tile's edges in metres of EPSG:3857. */
export function tileMercatorBounds({ z, x, y }: TileAddress): Bounds {
  const size = (2 * MERCATOR_HALF_WIDTH_METERS) / 2 ** z
  return {
    west: x * size - MERCATOR_HALF_WIDTH_METERS,
    south: MERCATOR_HALF_WIDTH_METERS - (y + 1) * size,
    east: (x + 1) * size - MERCATOR_HALF_WIDTH_METERS,
    north: MERCATOR_HALF_WIDTH_METERS - y * size,
  }
}

/**
 * The degrees that a tile owns: west <= lng < east and south < lat <= north. Each position belongs to exactly one tile
 * of a zoom, because neighbours compute their common edge alike; the outermost tiles own what lies beyond the square.
 */
export function tileOwnership(tile: TileAddress): Bounds {
  const bounds = tileBounds(tile)
  const last = 2 ** tile.z - 1
  return {
    west: tile.x === 0 ? -181 : bounds.west,
    south: tile.y === last ? -91 : bounds.south,
    east: tile.x === last ? 181 : bounds.east,
    north: tile.y === 0 ? 91 : bounds.north,
  }
}

/** The tile of a zoom that owns a position. */
export function tileAt(lng: number, lat: number, z: number): TileAddress {
  const last = 2 ** z - 1
  const clamp = (value: number) => Math.max(0, Math.min(last, Math.floor(value)))
  const tile = { z, x: clamp(tileXOfLng(lng, z)), y: clamp(tileYOfLat(lat, z)) }
  // rounding may put a position on an edge into the neighbour: the edges decide, as they do in SQL
  const owned = tileOwnership(tile)
  if (lng < owned.west) tile.x -= 1
  else if (lng >= owned.east) tile.x += 1
  if (lat > owned.north) tile.y -= 1
  else if (lat <= owned.south) tile.y += 1
  return tile
}

/**
 * A position in tile coordinates, 0 to 4095 for what the tile owns. Cut, not rounded: a map draws a point on the right
 * or lower edge with the neighbour, which does not have it.
 */
export function tilePixel(tile: TileAddress, lng: number, lat: number): [x: number, y: number] {
  const cut = (value: number) => Math.max(0, Math.min(TILE_EXTENT - 1, Math.floor(value * TILE_EXTENT)))
  return [cut(tileXOfLng(lng, tile.z) - tile.x), cut(tileYOfLat(lat, tile.z) - tile.y)]
}

/** The tiles of a zoom that own positions within the bounds, row by row. */
export function tilesCovering(bounds: Bounds, z: number): TileAddress[] {
  const first = tileAt(bounds.west, bounds.north, z)
  const last = tileAt(bounds.east, bounds.south, z)
  const tiles: TileAddress[] = []
  for (let y = first.y; y <= last.y; y++) {
    for (let x = first.x; x <= last.x; x++) tiles.push({ z, x, y })
  }
  return tiles
}
