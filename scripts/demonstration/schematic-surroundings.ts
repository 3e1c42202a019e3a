import { distance, isInside, type LngLat, type Point, sides, toLngLat } from './plane.ts'
import { pick, type Random } from './random.ts'
import type { LandUseClass, Lattice, StreetLine } from './schematic-lattice.ts'

export interface SchematicArea {
  areaCode: string
  class: string
  name: string | null
  ring: LngLat[]
}

export interface SchematicLine {
  areaCode: string
  class: string
  name: string
  coordinates: LngLat[]
}

export interface Surroundings {
  /** Whole blocks: those at the edge reach over it and are clipped to the unit where they are stored. */
  landUses: SchematicArea[]
  buildings: SchematicArea[]
  waters: SchematicArea[]
  streams: SchematicLine[]
  railways: SchematicLine[]
}

const LAND_USE_CLASSES: LandUseClass[] = ['residential', 'commercial', 'industrial', 'green']

// the Yitong river runs along the west edge of these two
const RIVER_UNITS = ['220171001', '220171003']
const RAILWAY_UNITS = [
  { code: '220171002', from: 0.36, to: 0.55 },
  { code: '220171100', from: 0.2, to: 0.66 },
]
const STREAM_UNIT = { code: '220171100', from: 0.78, to: 0.4 }

/** Land use, buildings, water and railways around the streets of the lattices. */
export function drawSurroundings(lattices: Lattice[], random: Random): Surroundings {
  const result: Surroundings = { landUses: [], buildings: [], waters: [], streams: [], railways: [] }
  for (const lattice of lattices) drawBlocks(lattice, random, result)
  const river = drawRiver(lattices.filter((lattice) => RIVER_UNITS.includes(lattice.unit.code)))
  if (river) result.waters.push(river)
  for (const { code, from, to } of RAILWAY_UNITS) {
    const lines = crossUnit(lattices, code, from, to, 140)
    result.railways.push(
      ...lines.map((coordinates) => ({ areaCode: code, class: 'rail', name: '示意铁路', coordinates })),
    )
  }
  const streams = crossUnit(lattices, STREAM_UNIT.code, STREAM_UNIT.from, STREAM_UNIT.to, 320)
  result.streams.push(
    ...streams.map((coordinates) => ({
      areaCode: STREAM_UNIT.code,
      class: 'stream',
      name: '示意小河',
      coordinates,
    })),
  )
  return result
}

function drawBlocks(lattice: Lattice, random: Random, result: Surroundings): void {
  const areaCode = lattice.unit.code
  const classOfQuarter = new Map<string, LandUseClass>()
  for (const [column] of lattice.columns.entries()) {
    for (const [row] of lattice.rows.entries()) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const
      if (!corners.some(([i, j]) => isInside(lattice.ring, lattice.at(i, j)))) continue
      // blocks between the same greater streets mostly serve the same use
      const quarter = `${quarterOf(lattice.columns, column)},${quarterOf(lattice.rows, row)}`
      const common = classOfQuarter.get(quarter) ?? drawClass(lattice, random)
      classOfQuarter.set(quarter, common)
      const landUse = random() < 0.78 ? common : drawClass(lattice, random)
      result.landUses.push({ areaCode, class: landUse, name: null, ring: ringOf(lattice, column, row) })
      if (!corners.every(([i, j]) => lattice.isKept(i, j))) continue
      if (landUse === 'green') drawPond(lattice, column, row, random, result)
      else drawBuildings(lattice, landUse, column, row, random, result)
    }
  }
}

const quarterOf = (lines: StreetLine[], index: number): number =>
  lines.filter((line, position) => position <= index && line.rank !== 'local').length

function drawClass(lattice: Lattice, random: Random): LandUseClass {
  let rest = random()
  for (const [index, share] of lattice.plan.mix.entries()) {
    rest -= share
    if (rest < 0) return LAND_USE_CLASSES[index] ?? 'residential'
  }
  return 'residential'
}

/** A block with the corner and half-way points of its streets, so that no gap shows between street and block. */
function ringOf(lattice: Lattice, column: number, row: number): LngLat[] {
  const steps = [
    [0, 0],
    [0.5, 0],
    [1, 0],
    [1, 0.5],
    [1, 1],
    [0.5, 1],
    [0, 1],
    [0, 0.5],
    [0, 0],
  ] as const
  return steps.map(([right, up]) => toLngLat(lattice.at(column + right, row + up)))
}

type Slot = [left: number, bottom: number, width: number, height: number]

const SLOTS: Record<Exclude<LandUseClass, 'green'>, Slot[][]> = {
  residential: [
    [0.2, 0.42, 0.64, 0.84].flatMap((up): Slot[] => [
      [0.12, up - 0.05, 0.32, 0.07],
      [0.56, up - 0.05, 0.32, 0.07],
    ]),
    [0.2, 0.5, 0.8].flatMap((up): Slot[] =>
      [0.14, 0.42, 0.7].map((left): Slot => [left, up - 0.05, 0.18, 0.08]),
    ),
  ],
  commercial: [
    [
      [0.14, 0.14, 0.28, 0.3],
      [0.56, 0.16, 0.3, 0.24],
      [0.3, 0.58, 0.42, 0.26],
    ],
    [
      [0.12, 0.12, 0.2, 0.7],
      [0.44, 0.14, 0.42, 0.3],
      [0.5, 0.58, 0.34, 0.26],
    ],
  ],
  industrial: [
    [
      [0.1, 0.12, 0.5, 0.34],
      [0.1, 0.56, 0.5, 0.3],
      [0.7, 0.14, 0.18, 0.2],
    ],
    [
      [0.12, 0.14, 0.76, 0.3],
      [0.12, 0.56, 0.34, 0.28],
      [0.56, 0.6, 0.3, 0.22],
    ],
  ],
}

function drawBuildings(
  lattice: Lattice,
  landUse: Exclude<LandUseClass, 'green'>,
  column: number,
  row: number,
  random: Random,
  result: Surroundings,
): void {
  if (random() < 0.25) return
  for (const [left, bottom, width, height] of pick(random, SLOTS[landUse])) {
    if (random() < 0.12) continue
    const right = left + width * (0.85 + 0.15 * random())
    const corners = [
      [left, bottom],
      [right, bottom],
      [right, bottom + height],
      [left, bottom + height],
      [left, bottom],
    ] as const
    const ring = corners.map(([i, j]) => toLngLat(lattice.at(column + i, row + j)))
    result.buildings.push({ areaCode: lattice.unit.code, class: landUse, name: null, ring })
  }
}

/** In every third green block or so, an oval pond. */
function drawPond(lattice: Lattice, column: number, row: number, random: Random, result: Surroundings): void {
  if (random() > 0.35) return
  const [wide, high] = [0.18 + 0.12 * random(), 0.14 + 0.1 * random()]
  const ring: LngLat[] = []
  for (let step = 0; step < 24; step++) {
    const angle = (step / 24) * 2 * Math.PI
    const wobble = 1 + 0.12 * Math.sin(3 * angle)
    const [i, j] = [0.5 + wide * wobble * Math.cos(angle), 0.5 + high * wobble * Math.sin(angle)]
    ring.push(toLngLat(lattice.at(column + i, row + j)))
  }
  const [first] = ring
  if (first) ring.push(first)
  result.waters.push({ areaCode: lattice.unit.code, class: 'water', name: null, ring })
}

const RIVER = { fromEdgeMeters: 70, halfWidthMeters: 34 }

/** A strip outside the west edge of the units. */
function drawRiver(lattices: Lattice[]): SchematicArea | null {
  const westSides = lattices.flatMap((lattice) =>
    sides(lattice.ring).filter(([a, b]) => facesWest(lattice.ring, a, b)),
  )
  const points = westernmostRun(westSides)
  const [unit] = lattices
  if (!unit || points.length < 2) return null
  const line = smooth(points.sort((a, b) => b.y - a.y))
  const near = offsetWest(line, RIVER.fromEdgeMeters - RIVER.halfWidthMeters)
  const far = offsetWest(line, RIVER.fromEdgeMeters + RIVER.halfWidthMeters)
  const ring = [...near, ...far.reverse()]
  const [first] = ring
  if (first) ring.push(first)
  return { areaCode: unit.unit.code, class: 'river', name: '伊通河（示意）', ring: ring.map(toLngLat) }
}

/** The points of the sides that hang together with the westernmost one. */
function westernmostRun(westSides: [Point, Point][]): Point[] {
  const isSame = (a: Point, b: Point) => distance(a, b) < 0.05
  const run: Point[] = []
  const take = (point: Point) => {
    if (run.some((known) => isSame(known, point))) return
    run.push(point)
    for (const side of westSides) {
      if (side.some((end) => isSame(end, point))) side.forEach(take)
    }
  }
  const westernmost = westSides
    .flat()
    .reduce<Point | null>((west, point) => (west && west.x <= point.x ? west : point), null)
  if (westernmost) take(westernmost)
  return run
}

function facesWest(ring: Point[], a: Point, b: Point): boolean {
  const length = distance(a, b)
  const across = { x: (b.y - a.y) / length, y: -(b.x - a.x) / length }
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const outward = isInside(ring, { x: middle.x + across.x, y: middle.y + across.y }) ? -across.x : across.x
  return outward < -0.35
}

/** Cuts corners twice (Chaikin). */
function smooth(line: Point[]): Point[] {
  let current = line
  for (let round = 0; round < 2; round++) {
    const next: Point[] = []
    for (const [a, b] of sides(current)) {
      next.push({ x: 0.75 * a.x + 0.25 * b.x, y: 0.75 * a.y + 0.25 * b.y })
      next.push({ x: 0.25 * a.x + 0.75 * b.x, y: 0.25 * a.y + 0.75 * b.y })
    }
    const [first, last] = [current[0], current.at(-1)]
    current = first && last ? [first, ...next, last] : next
  }
  return current
}

function offsetWest(line: Point[], meters: number): Point[] {
  return line.map((point, index) => {
    const before = line[index - 1] ?? point
    const after = line[index + 1] ?? point
    const length = Math.max(1e-6, distance(before, after))
    // the line runs from north to south, so west is on its right hand
    return {
      x: point.x + (meters * (after.y - before.y)) / length,
      y: point.y - (meters * (after.x - before.x)) / length,
    }
  })
}

/** A waving line from the west to the east side of a unit, in pieces where the unit's edge cuts it. */
function crossUnit(
  lattices: Lattice[],
  code: string,
  from: number,
  to: number,
  waveMeters: number,
): LngLat[][] {
  const ring = lattices.find((lattice) => lattice.unit.code === code)?.ring ?? []
  const xs = ring.map((point) => point.x)
  const ys = ring.map((point) => point.y)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const pieces: LngLat[][] = [[]]
  for (let x = west; x <= east; x += 60) {
    const share = (x - west) / (east - west)
    const y = south + (north - south) * (from + (to - from) * share) + waveMeters * Math.sin(share * 7)
    if (isInside(ring, { x, y })) pieces.at(-1)?.push(toLngLat({ x, y }))
    else if (pieces.at(-1)?.length) pieces.push([])
  }
  return pieces.filter((piece) => piece.length > 1)
}
