import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readTileAddress,
  TILE_EXTENT,
  tileAt,
  tileBounds,
  tileMercatorBounds,
  tileOwnership,
  tilePixel,
  tilesCovering,
} from './tile-grid.ts'

const lng = fc.double({ min: -180, max: 180, noNaN: true })
const lat = fc.double({ min: -90, max: 90, noNaN: true })
const zoom = fc.integer({ min: 0, max: 22 })

describe('the tile grid', () => {
  it('reads the three numbers of a tile that exists', () => {
    expect(readTileAddress('0', '0', '0')).toEqual({ z: 0, x: 0, y: 0 })
    expect(readTileAddress('14', '13907', '5951')).toEqual({ z: 14, x: 13907, y: 5951 })
    expect(readTileAddress('22', '4194303', '4194303')).toEqual({ z: 22, x: 4194303, y: 4194303 })
  })

  it.each([
    ['23', '0', '0'],
    ['0', '1', '0'],
    ['0', '0', '1'],
    ['3', '8', '0'],
    ['-1', '0', '0'],
    ['1', '-1', '0'],
    ['1.5', '0', '0'],
    ['1e1', '0', '0'],
    ['01', '0', '0'],
    ['', '0', '0'],
    ['x', '0', '0'],
    ['22', '4194304', '0'],
  ])('knows no tile %s/%s/%s', (z, x, y) => {
    expect(readTileAddress(z, x, y)).toBeNull()
  })

  it('gives the edges of the whole world and of a quarter of it', () => {
    expect(tileBounds({ z: 0, x: 0, y: 0 })).toEqual({
      west: -180,
      south: -85.05112877980659,
      east: 180,
      north: 85.05112877980659,
    })
    expect(tileMercatorBounds({ z: 1, x: 1, y: 0 })).toEqual({
      west: 0,
      south: 0,
      east: 20037508.342789244,
      north: 20037508.342789244,
    })
  })

  // OpenStreetMap wiki, "Slippy map tilenames": tile 17/65536/65536 has its north-west corner at 0, 0
  it('puts longitude 0, latitude 0 at the north-west corner of its tile', () => {
    expect(tileBounds({ z: 17, x: 65536, y: 65536 })).toMatchObject({ west: 0, north: 0 })
    expect(tilePixel({ z: 17, x: 65536, y: 65536 }, 0, 0)).toEqual([0, 0])
  })

  it('finds the tile of the zone at zoom 14', () => {
    expect(tileAt(125.4, 43.86, 14)).toEqual({ z: 14, x: 13899, y: 5966 })
  })

  it('gives every position to exactly one tile of a zoom, the one that owns it', () => {
    fc.assert(
      fc.property(lng, lat, zoom, (pointLng, pointLat, z) => {
        const home = tileAt(pointLng, pointLat, z)
        const owners = [-1, 0, 1]
          .flatMap((dx) => [-1, 0, 1].map((dy) => ({ z, x: home.x + dx, y: home.y + dy })))
          .filter(({ x, y }) => x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z)
          .filter((tile) => {
            const { west, south, east, north } = tileOwnership(tile)
            return pointLng >= west && pointLng < east && pointLat > south && pointLat <= north
          })
        expect(owners).toEqual([home])
      }),
    )
  })

  it('gives a position on an edge to the tile on its right and below', () => {
    fc.assert(
      fc.property(zoom, fc.nat(), fc.nat(), (z, left, top) => {
        const tile = { z, x: left % 2 ** z, y: top % 2 ** z }
        const { west, north } = tileBounds(tile)
        expect(tileAt(west, north, z)).toEqual(tile)
      }),
    )
  })

  it('keeps the pixel of an owned position inside the tile', () => {
    fc.assert(
      fc.property(lng, lat, zoom, (pointLng, pointLat, z) => {
        for (const value of tilePixel(tileAt(pointLng, pointLat, z), pointLng, pointLat)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThan(TILE_EXTENT)
        }
      }),
    )
  })

  it('lists the tiles that cover a box', () => {
    const { west, south, east, north } = tileBounds({ z: 4, x: 13, y: 5 })
    expect(tilesCovering({ west, south: south + 0.001, east: east - 0.001, north }, 5)).toEqual([
      { z: 5, x: 26, y: 10 },
      { z: 5, x: 27, y: 10 },
      { z: 5, x: 26, y: 11 },
      { z: 5, x: 27, y: 11 },
    ])
  })
})
