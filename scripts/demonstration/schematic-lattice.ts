import { distance, distanceToLine, isInside, type LngLat, type Point, toPlane } from './plane.ts'
import type { Random } from './random.ts'

export interface UnitOutline {
  code: string
  name: string
  /** The outer ring, first point repeated at the end. */
  ring: LngLat[]
}

export type LandUseClass = 'residential' | 'commercial' | 'industrial' | 'green'
export type StreetRank = 'arterial' | 'collector' | 'local'
/** A row runs west to east (路), a column south to north (街). */
export type Axis = 'row' | 'column'

export interface StreetLine {
  offset: number
  rank: StreetRank
}

interface UnitPlan {
  prefix: string
  blockMeters: number
  turnDegrees: number
  /** Shares of land use, in this order: residential, commercial, industrial, green. */
  mix: [number, number, number, number]
}

// a compass word for each unit: an invented street must not carry the name of a real one
const PLANS: Record<string, UnitPlan> = {
  '220171001': { prefix: '西', blockMeters: 300, turnDegrees: 3, mix: [0.55, 0.22, 0.1, 0.13] },
  '220171003': { prefix: '南', blockMeters: 280, turnDegrees: -7, mix: [0.48, 0.3, 0.07, 0.15] },
  '220171004': { prefix: '中', blockMeters: 320, turnDegrees: 11, mix: [0.4, 0.16, 0.34, 0.1] },
  '220171002': { prefix: '东', blockMeters: 370, turnDegrees: -4, mix: [0.22, 0.1, 0.58, 0.1] },
  '220171100': { prefix: '北', blockMeters: 410, turnDegrees: 8, mix: [0.24, 0.08, 0.54, 0.14] },
}
const OTHER_PLAN: UnitPlan = { prefix: '', blockMeters: 350, turnDegrees: 5, mix: [0.4, 0.15, 0.33, 0.12] }

export interface Lattice {
  unit: UnitOutline
  plan: UnitPlan
  ring: Point[]
  columns: StreetLine[]
  rows: StreetLine[]
  /** The point at a place in the lattice; between two streets for a fraction. */
  at(column: number, row: number): Point
  /** Whether the crossing lies inside the unit, clear of its edge. */
  isKept(column: number, row: number): boolean
}

/** Two bundles of gently bent streets over a unit, turned a little so that no two units look alike. */
export function makeLattice(unit: UnitOutline, random: Random): Lattice {
  const plan = PLANS[unit.code] ?? { ...OTHER_PLAN, prefix: unit.name }
  const ring = unit.ring.map(toPlane)
  const center = middleOf(ring)
  const reach = Math.max(...ring.map((point) => distance(center, point))) + 2 * plan.blockMeters
  const columns = makeLines(reach, plan.blockMeters, random)
  const rows = makeLines(reach, plan.blockMeters, random)
  const bend = makeBend(random)
  const turn = (plan.turnDegrees * Math.PI) / 180
  const at = (column: number, row: number): Point => {
    const bent = bend(offsetAt(columns, column), offsetAt(rows, row))
    return {
      x: center.x + bent.x * Math.cos(turn) - bent.y * Math.sin(turn),
      y: center.y + bent.x * Math.sin(turn) + bent.y * Math.cos(turn),
    }
  }
  const clearance = plan.blockMeters * 0.27
  const kept = new Map<string, boolean>()
  const isKept = (column: number, row: number): boolean => {
    const key = `${column},${row}`
    let answer = kept.get(key)
    if (answer === undefined) {
      const point = at(column, row)
      answer = isInside(ring, point) && distanceToLine(point, ring) > clearance
      kept.set(key, answer)
    }
    return answer
  }
  return { unit, plan, ring, columns, rows, at, isKept }
}

/** Every fourth line is an arterial, the one half-way a collector, spacing uneven. */
function makeLines(reach: number, spacing: number, random: Random): StreetLine[] {
  const lines: StreetLine[] = []
  const phase = Math.floor(random() * 4)
  for (let offset = -reach, index = 0; offset <= reach; index++) {
    const place = (index + phase) % 4
    lines.push({ offset, rank: place === 0 ? 'arterial' : place === 2 ? 'collector' : 'local' })
    offset += spacing * (0.8 + 0.4 * random())
  }
  return lines
}

function offsetAt(lines: StreetLine[], index: number): number {
  const low = lines[Math.floor(index)]
  const high = lines[Math.ceil(index)]
  // beyond the last line only for rays that leave the unit
  if (!low || !high) return (low ?? high ?? lines.at(-1))?.offset ?? 0
  return low.offset + (high.offset - low.offset) * (index - Math.floor(index))
}

/** Slow waves of some 45 m over 1.7 to 3.5 km: streets bend, and never cross their neighbours. */
function makeBend(random: Random): (x: number, y: number) => Point {
  const wave = () => {
    const size = 28 + 20 * random()
    const length = (1700 + 1800 * random()) / (2 * Math.PI)
    const phase = 2 * Math.PI * random()
    return (along: number) => size * Math.sin(along / length + phase)
  }
  const [acrossX, alongX, acrossY, alongY] = [wave(), wave(), wave(), wave()]
  return (x, y) => ({ x: x + acrossX(y) + 0.4 * alongX(x), y: y + acrossY(x) + 0.4 * alongY(y) })
}

function middleOf(ring: Point[]): Point {
  const xs = ring.map((point) => point.x)
  const ys = ring.map((point) => point.y)
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
}
