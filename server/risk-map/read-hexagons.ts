import type { Knex } from 'knex'
import { overdueWorkingDays } from '../core/working-days.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { unprocessable } from '../http/problems.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import {
  type CellOfRow,
  countHazardsByCell,
  countSitesByCell,
  drawHexagons,
  type HexagonHazardRow,
  listHazardsOfCell,
  listSitesOfCell,
} from './hexagon-queries.ts'
import {
  addCounts,
  type HexagonKey,
  hexagonAreaSquareKilometers,
  highestLevel,
  LEVEL_WEIGHTS,
  noCounts,
  weightOf,
  writeHexagonId,
} from './model.ts'
import { setHazards } from './read-areas.ts'
import type { Hexagon, HexagonMeasure, HexagonRows, HexagonSize, Hexagons, RiskMapCounts } from './schema.ts'

/** More would be slow to draw and too small to read. */
export const MAX_HEXAGONS = 5_000

/** The hexagons that hold a site or a hazard of the filter; those of the greatest value first. */
export async function readHexagons(
  db: Knex,
  request: FilterRequest,
  size: HexagonSize,
  measure: HexagonMeasure,
): Promise<Hexagons> {
  const { cells, unplaced } = await countCells(db, request, size)
  assertDrawable(cells.length)
  const areaSquareKilometers = hexagonAreaSquareKilometers(size)
  const shapes = cells.length === 0 ? [] : await drawHexagons(db, size, cells)
  const items = cells.map(({ i, j, counts }, index) => {
    const weight = weightOf(counts.levels)
    const rated = { level: highestLevel(counts.levels), weight, density: weight / areaSquareKilometers }
    const { geometry, center, bbox } = shapes[index] as (typeof shapes)[number]
    const value = measured(measure, counts, rated)
    return {
      ...{ id: writeHexagonId({ size, i, j }), i, j, value, ...counts, ...rated },
      ...{ center, bbox, geometry },
    }
  })
  return {
    size,
    measure,
    areaSquareKilometers,
    weights: LEVEL_WEIGHTS,
    confirmed: false,
    items: items.sort(byValue(measure)),
    total: items.length,
    totals: cells.map((cell) => cell.counts).reduce(addCounts, noCounts()),
    unplaced,
  }
}

function measured(
  measure: HexagonMeasure,
  counts: RiskMapCounts,
  rated: Pick<Hexagon, 'level' | 'density'>,
): number | null {
  if (measure === 'level') return rated.level
  return measure === 'risk' ? rated.density : counts[measure]
}

/** Greatest first; of levels the gravest, which has the smallest number, and cells without one last. */
function byValue(measure: HexagonMeasure): (one: Hexagon, other: Hexagon) => number {
  const order = ({ value }: Hexagon) => (measure === 'level' ? -(value ?? 9) : (value ?? 0))
  return (one, other) => order(other) - order(one) || one.i - other.i || one.j - other.j
}

function assertDrawable(count: number): void {
  if (count <= MAX_HEXAGONS) return
  throw unprocessable(
    'TOO_MANY_HEXAGONS',
    `有 ${count.toLocaleString('en')} 个格，一次最多 ${MAX_HEXAGONS.toLocaleString('en')} 个。请放大网格边长，或用 bbox、area 缩小范围`,
    { count, limit: MAX_HEXAGONS },
  )
}

interface CountedCell {
  i: number
  j: number
  counts: RiskMapCounts
}

async function countCells(
  db: Knex,
  request: FilterRequest,
  size: HexagonSize,
): Promise<{ cells: CountedCell[]; unplaced: RiskMapCounts }> {
  const cells = new Map<string, CountedCell>()
  const unplaced = noCounts()
  const of = ({ i, j }: CellOfRow): RiskMapCounts => {
    if (i === null || j === null) return unplaced
    const key = `${i}/${j}`
    const known = cells.get(key) ?? { i, j, counts: noCounts() }
    cells.set(key, known)
    return known.counts
  }
  for (const row of await countSitesByCell(db, request, size)) {
    const counts = of(row)
    counts.sites += row.count
    counts.levels[row.level ?? 'none'] += row.count
  }
  for (const { i, j, ...row } of await countHazardsByCell(db, request, size)) setHazards(of({ i, j }), row)
  return { cells: [...cells.values()], unplaced }
}

/** What lies in one hexagon, as many rows of each kind as asked for. */
export async function readHexagonRows(
  db: Knex,
  request: FilterRequest,
  key: HexagonKey,
  limit: number,
): Promise<HexagonRows> {
  const sites = await listSitesOfCell(db, request, key)
  const hazards = await listHazardsOfCell(db, request, key)
  return {
    id: writeHexagonId(key),
    sites: { items: sites.slice(0, limit), total: sites.length },
    hazards: {
      items: hazards
        .slice(0, limit)
        .map((row) => ({ ...row, overdueWorkingDays: lateBy(row, request.today) })),
      total: hazards.length,
    },
  }
}

const lateBy = ({ overdue, dueOn }: HexagonHazardRow, today: string): number =>
  overdue && dueOn ? overdueWorkingDays(WORK_CALENDAR, dueOn, today).days : 0
