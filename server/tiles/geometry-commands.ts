import type { Geometry, Position } from 'geojson'

/** A geometry as the drawing commands of a vector tile. */
export interface GeometryCommands {
  type: 1 | 2 | 3
  commands: number[]
}

const POINT = 1
const LINE = 2
const POLYGON = 3
const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 7

type Pixel = readonly [x: number, y: number]

/**
 * The drawing commands of a geometry in tile coordinates, or null if nothing of it is left at that resolution: repeated
 * points, lines without length and rings without area go. Rings are turned as the specification wants them, outer ones
 * clockwise on screen and holes the other way.
 */
export function drawGeometry(geometry: Geometry): GeometryCommands | null {
  const pen = new Pen()
  const type = draw(geometry, pen)
  return pen.commands.length > 0 ? { type, commands: pen.commands } : null
}

function draw(geometry: Geometry, pen: Pen): 1 | 2 | 3 {
  switch (geometry.type) {
    case 'Point':
      pen.points(asPixels([geometry.coordinates]))
      return POINT
    case 'MultiPoint':
      pen.points(asPixels(geometry.coordinates))
      return POINT
    case 'LineString':
      pen.line(asPixels(geometry.coordinates))
      return LINE
    case 'MultiLineString':
      for (const line of geometry.coordinates) pen.line(asPixels(line))
      return LINE
    case 'Polygon':
      pen.polygon(geometry.coordinates.map(asPixels))
      return POLYGON
    case 'MultiPolygon':
      for (const polygon of geometry.coordinates) pen.polygon(polygon.map(asPixels))
      return POLYGON
    default:
      throw new TypeError(`a tile cannot hold a ${geometry.type}`)
  }
}

/** Writes commands relative to where it stands (vector tile specification 4.3). */
class Pen {
  readonly commands: number[] = []
  private x = 0
  private y = 0

  points(pixels: Pixel[]): void {
    if (pixels.length > 0) this.run(MOVE_TO, pixels)
  }

  line(pixels: Pixel[]): void {
    const path = withoutRepeats(pixels)
    if (path.length < 2) return
    this.run(MOVE_TO, path.slice(0, 1))
    this.run(LINE_TO, path.slice(1))
  }

  polygon(rings: Pixel[][]): void {
    const [outer, ...holes] = rings.map((ring) => withoutRepeats([...ring, ...ring.slice(0, 1)]).slice(0, -1))
    if (!outer || doubleArea(outer) === 0) return
    this.ring(outer, true)
    for (const hole of holes) if (doubleArea(hole) !== 0) this.ring(hole, false)
  }

  private ring(ring: Pixel[], isClockwise: boolean): void {
    const turned =
      doubleArea(ring) > 0 === isClockwise ? ring : [...ring.slice(0, 1), ...ring.slice(1).reverse()]
    this.run(MOVE_TO, turned.slice(0, 1))
    this.run(LINE_TO, turned.slice(1))
    this.commands.push(command(CLOSE_PATH, 1))
  }

  private run(name: number, pixels: Pixel[]): void {
    this.commands.push(command(name, pixels.length))
    for (const [x, y] of pixels) {
      this.commands.push(zigzag(x - this.x), zigzag(y - this.y))
      this.x = x
      this.y = y
    }
  }
}

const command = (name: number, count: number): number => (count << 3) | name
const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0

const asPixels = (positions: Position[]): Pixel[] =>
  positions.flatMap(([x, y]) =>
    x === undefined || y === undefined ? [] : [[Math.round(x), Math.round(y)] as const],
  )

const withoutRepeats = (pixels: Pixel[]): Pixel[] =>
  pixels.filter(([x, y], index) => {
    const previous = pixels[index - 1]
    return !previous || x !== previous[0] || y !== previous[1]
  })

/** Positive for a ring that runs clockwise on screen, where y points down. */
function doubleArea(ring: Pixel[]): number {
  let sum = 0
  let previous = ring[ring.length - 1]
  for (const pixel of ring) {
    if (previous) sum += previous[0] * pixel[1] - pixel[0] * previous[1]
    previous = pixel
  }
  return sum
}
