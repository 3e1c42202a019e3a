import { between, crossSegments, distance, isInside, type Point, sides, toPlane } from './plane.ts'
import type { Random } from './random.ts'
import type { Axis, Lattice, StreetRank, UnitOutline } from './schematic-lattice.ts'

export interface Street {
  areaCode: string
  axis: Axis
  rank: StreetRank
  /** Of the line in the lattice: for numbering, and for turning one-way streets to and fro. */
  lineIndex: number
  isBorder: boolean
  points: Point[]
}

/** The edge between two units, on which a street of both runs. */
export interface SharedBorder {
  codes: [string, string]
  points: Point[]
  /** Where streets end on it, by side and share of the side. */
  joints: { side: number; share: number; point: Point }[]
}

const SNAP_METERS = 45
const EDGE_GAP_METERS = 25

export function findSharedBorders(units: UnitOutline[]): SharedBorder[] {
  const owners = new Map<string, { codes: string[]; ends: [Point, Point] }>()
  for (const unit of units) {
    for (const ends of sides(unit.ring.map(toPlane))) {
      const key = ends
        .map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`)
        .sort()
        .join(' ')
      const owner = owners.get(key) ?? { codes: [], ends }
      owner.codes.push(unit.code)
      owners.set(key, owner)
    }
  }
  const borders: SharedBorder[] = []
  for (const { codes, ends } of owners.values()) {
    const [first, second] = codes
    if (!first || !second) continue
    const last = borders.at(-1)
    const continues = last && last.codes[0] === first && last.codes[1] === second && last.points.at(-1)
    if (continues && distance(continues, ends[0]) < 0.05) last.points.push(ends[1])
    else borders.push({ codes: [first, second], points: [...ends], joints: [] })
  }
  return borders
}

/** The border as a street: its own corners and every joint, in order. Call it when all units are drawn. */
export function drawBorderStreet(border: SharedBorder, lineIndex: number): Street {
  const points = pointsWithJoints(border)
  return { areaCode: border.codes[0], axis: 'row', rank: 'arterial', lineIndex, isBorder: true, points }
}

function pointsWithJoints(border: SharedBorder): Point[] {
  const line: Point[] = []
  for (const [side, [start, end]] of sides(border.points).entries()) {
    if (side === 0) line.push(start)
    const joints = border.joints.filter((joint) => joint.side === side)
    joints.sort((a, b) => a.share - b.share)
    line.push(...joints.map((joint) => joint.point), end)
  }
  return line
}

/** All streets of one unit; those that reach another unit end on a joint of the shared border. */
export function drawStreets(lattice: Lattice, borders: SharedBorder[], random: Random): Street[] {
  const own = borders.filter((border) => border.codes.includes(lattice.unit.code))
  const streets: Street[] = []
  for (const axis of ['row', 'column'] as const) {
    const lines = axis === 'row' ? lattice.rows : lattice.columns
    const crossing = axis === 'row' ? lattice.columns : lattice.rows
    for (const [lineIndex, line] of lines.entries()) {
      const at = (along: number) =>
        axis === 'row' ? lattice.at(along, lineIndex) : lattice.at(lineIndex, along)
      const isKept = (along: number) =>
        axis === 'row' ? lattice.isKept(along, lineIndex) : lattice.isKept(lineIndex, along)
      let isDropped = false
      const isPresent = crossing.map((cross, along) => {
        // a local street may be missing between two greater ones: blocks of different size
        if (cross.rank !== 'local') isDropped = line.rank === 'local' && random() < 0.2
        return !isDropped && isKept(along) && isKept(along + 1) && runsInside(lattice.ring, at, along)
      })
      for (const [start, end] of runsOf(isPresent)) {
        const points = pointsOf(at, start, end)
        const extend = (from: number, to: number) =>
          isKept(to) ? null : extendStreet(lattice, own, line.rank, at(from), at(to))
        const before = extend(start, start - 1)
        const after = extend(end, end + 1)
        if (before) points.unshift(before)
        if (after) points.push(after)
        streets.push({
          areaCode: lattice.unit.code,
          axis,
          rank: line.rank,
          lineIndex,
          isBorder: false,
          points,
        })
      }
    }
  }
  return streets
}

function runsInside(ring: Point[], at: (along: number) => Point, along: number): boolean {
  return [0.2, 0.4, 0.5, 0.6, 0.8].every((part) => isInside(ring, at(along + part)))
}

/** The stretches of neighbouring present pieces, as [first crossing, last crossing]. */
function runsOf(isPresent: boolean[]): [number, number][] {
  const runs: [number, number][] = []
  for (const [index, present] of isPresent.entries()) {
    const last = runs.at(-1)
    if (!present) continue
    if (last && last[1] === index) last[1] = index + 1
    else runs.push([index, index + 1])
  }
  return runs
}

function pointsOf(at: (along: number) => Point, start: number, end: number): Point[] {
  const points: Point[] = []
  for (let along = start; along <= end; along += 0.5) points.push(at(along))
  return points
}

/** Goes on from the last crossing to the shared border, or, for greater streets, nearly to the outer edge. */
function extendStreet(
  lattice: Lattice,
  borders: SharedBorder[],
  rank: StreetRank,
  from: Point,
  next: Point,
): Point | null {
  const reach = (2.5 * lattice.plan.blockMeters) / Math.max(1, distance(from, next))
  const end = between(from, next, reach)
  const toBorder = nearestBorderHit(borders, from, end)
  const toEdge = nearestHit(sides(lattice.ring), from, end)
  if (!toEdge) return null
  if (toBorder && toBorder.meters <= toEdge.meters + 0.1) return joinBorder(toBorder)
  const room = toEdge.meters - EDGE_GAP_METERS
  if (rank === 'local' || room < 40) return null
  return between(from, end, room / distance(from, end))
}

function nearestHit(segments: [Point, Point][], from: Point, end: Point) {
  let nearest: { side: number; share: number; point: Point; meters: number } | null = null
  for (const [side, [a, b]] of segments.entries()) {
    const hit = crossSegments(from, end, a, b)
    if (!hit) continue
    const meters = distance(from, hit.point)
    if (!nearest || meters < nearest.meters)
      nearest = { side, share: hit.shareOfSecond, point: hit.point, meters }
  }
  return nearest
}

function nearestBorderHit(borders: SharedBorder[], from: Point, end: Point) {
  let nearest: (NonNullable<ReturnType<typeof nearestHit>> & { border: SharedBorder }) | null = null
  for (const border of borders) {
    const hit = nearestHit(sides(border.points), from, end)
    if (hit && (!nearest || hit.meters < nearest.meters)) nearest = { ...hit, border }
  }
  return nearest
}

/** Two streets that meet the border within a few steps of each other make one crossing. */
function joinBorder(hit: NonNullable<ReturnType<typeof nearestBorderHit>>): Point {
  const present = [...hit.border.points, ...hit.border.joints.map((joint) => joint.point)]
  const close = present.find((point) => distance(point, hit.point) < SNAP_METERS)
  if (close) return close
  hit.border.joints.push({ side: hit.side, share: hit.share, point: hit.point })
  return hit.point
}
