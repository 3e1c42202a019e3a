/** Plane geometry in metres around the zone: good to a few centimetres in shape, for invented geometry only. */

export type LngLat = [number, number]
export interface Point {
  x: number
  y: number
}

const ORIGIN: LngLat = [125.42, 43.88]
const METERS_PER_DEGREE_LAT = 111_100
const METERS_PER_DEGREE_LNG = 111_320 * Math.cos((ORIGIN[1] * Math.PI) / 180)

export const toPlane = ([lng, lat]: LngLat): Point => ({
  x: (lng - ORIGIN[0]) * METERS_PER_DEGREE_LNG,
  y: (lat - ORIGIN[1]) * METERS_PER_DEGREE_LAT,
})

/** Six decimals (0.1 m), so that a crossing is the very same pair of numbers in each of its roads. */
export const toLngLat = ({ x, y }: Point): LngLat => [
  Number((ORIGIN[0] + x / METERS_PER_DEGREE_LNG).toFixed(6)),
  Number((ORIGIN[1] + y / METERS_PER_DEGREE_LAT).toFixed(6)),
]

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

export const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})

/** The sides of a ring or line: each pair of neighbouring points. */
export function sides(points: readonly Point[]): [Point, Point][] {
  const result: [Point, Point][] = []
  let previous: Point | undefined
  for (const point of points) {
    if (previous) result.push([previous, point])
    previous = point
  }
  return result
}

export function isInside(ring: readonly Point[], { x, y }: Point): boolean {
  let isIn = false
  for (const [a, b] of sides(ring)) {
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isIn = !isIn
  }
  return isIn
}

export function distanceToSegment(point: Point, a: Point, b: Point): number {
  const length2 = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
  if (length2 === 0) return distance(point, a)
  const share = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length2
  return distance(point, between(a, b, Math.max(0, Math.min(1, share))))
}

export const distanceToLine = (point: Point, line: readonly Point[]): number =>
  sides(line).reduce(
    (least, [a, b]) => Math.min(least, distanceToSegment(point, a, b)),
    Number.POSITIVE_INFINITY,
  )

export interface Crossing {
  point: Point
  shareOfFirst: number
  shareOfSecond: number
}

/** Where two segments meet, ends included; null where they do not, or run parallel. */
export function crossSegments(a: Point, b: Point, c: Point, d: Point): Crossing | null {
  const abX = b.x - a.x
  const abY = b.y - a.y
  const cdX = d.x - c.x
  const cdY = d.y - c.y
  const denominator = abX * cdY - abY * cdX
  if (Math.abs(denominator) < 1e-9) return null
  const first = ((c.x - a.x) * cdY - (c.y - a.y) * cdX) / denominator
  const second = ((c.x - a.x) * abY - (c.y - a.y) * abX) / denominator
  if (first < 0 || first > 1 || second < 0 || second > 1) return null
  return { point: between(a, b, first), shareOfFirst: first, shareOfSecond: second }
}
