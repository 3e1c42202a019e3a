import type { Geometry } from 'geojson'
import type { Knex } from 'knex'
import type { RiskLevel } from '../core/vocabulary.ts'
import { OVERDUE, selectHazards, sitesAt } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, selectSites } from '../sites/filter.ts'
import { HAZARD_COUNTS, type HazardCounts, hazardBindings } from './area-queries.ts'
import type { HexagonKey } from './model.ts'
import type { Hexagon, HexagonHazard, HexagonSite, HexagonSize } from './schema.ts'

export type HexagonHazardRow = Omit<HexagonHazard, 'overdueWorkingDays'>

/** CGCS2000 / 3-degree Gauss-Kruger CM 126E, in which a hexagon has the same size everywhere in the zone. */
const GRID_SRID = 4551

/**
 * A stored point on the grid's plane, or null. Further than 6° from the central meridian the projection is distorted
 * beyond use, so what lies there is counted, but in no cell.
 */
const onPlane = (point: string): string => `(
  case when ST_X(${point}) between 120 and 132 and ST_Y(${point}) between 0 and 84
    then ST_Transform(${point}, ${GRID_SRID}) end)`

/**
 * The cell of ST_HexagonGrid(:size) that holds `spot.point`, as `cell.i` and `cell.j`. The grid begins at the plane's
 * origin, so a place has its cell whatever else is asked for. Worked out for each point by rounding in the three axes
 * of a hexagonal grid: joining points with drawn hexagons would cost their product. `offset 0` keeps the planner from
 * writing each step out wherever it is named, which projects every point dozens of times: 100,000 points then take
 * 6 s instead of 0.7 s.
 */
const CELL_OF_SPOT = `
  cross join lateral (
    select ST_X(spot.point) / :size * 2 / 3 as q,
      ST_Y(spot.point) / :size / sqrt(3::float8) - ST_X(spot.point) / :size / 3 as r offset 0) as axial
  cross join lateral (
    select round(axial.q) as q, round(axial.r) as r, round(-axial.q - axial.r) as s offset 0) as near
  cross join lateral (
    select abs(near.q - axial.q) as q, abs(near.r - axial.r) as r, abs(near.s + axial.q + axial.r) as s) as miss
  cross join lateral (
    select
      (case when miss.q > miss.r and miss.q > miss.s then -near.r - near.s else near.q end)::int as q,
      (case when miss.r > miss.s and miss.r >= miss.q then -near.q - near.s else near.r end)::int as r
    offset 0) as whole
  cross join lateral (
    select whole.q as i, whole.r + (whole.q - (whole.q & 1)) / 2 as j) as cell`

const SITE_SPOT = `cross join lateral (select ST_PointOnSurface(sites.geom) as place offset 0) as stored
  cross join lateral (select ${onPlane('stored.place')} as point offset 0) as spot ${CELL_OF_SPOT}`
const HAZARD_SPOT = `cross join lateral (select ${onPlane('hazards.geom')} as point offset 0) as spot ${CELL_OF_SPOT}`

/** A cell, or null for what has no place on the grid. */
export interface CellOfRow {
  i: number | null
  j: number | null
}

/** The sites of a filter by cell and level. */
export async function countSitesByCell(
  db: Knex,
  request: FilterRequest,
  size: HexagonSize,
): Promise<(CellOfRow & { level: RiskLevel | null; count: number })[]> {
  return selectSites(db, request)
    .joinRaw(SITE_SPOT, { size })
    .select(
      db.raw(`cell.i, cell.j, ${levelOfSite(request)} as level, count(*)::int as count`, momentOf(request)),
    )
    .groupByRaw('1, 2, 3')
}

/** The hazards of a filter by cell. */
export async function countHazardsByCell(
  db: Knex,
  request: FilterRequest,
  size: HexagonSize,
): Promise<(CellOfRow & HazardCounts)[]> {
  return selectHazards(db, request)
    .joinRaw(HAZARD_SPOT, { size })
    .select(db.raw(`cell.i, cell.j, ${HAZARD_COUNTS}`, hazardBindings(request)))
    .groupByRaw('1, 2')
}

/** The hexagons of some cells in degrees, in the order asked for. */
export async function drawHexagons(
  db: Knex,
  size: HexagonSize,
  cells: readonly { i: number; j: number }[],
): Promise<Pick<Hexagon, 'geometry' | 'center' | 'bbox'>[]> {
  const result = await db.raw(
    `select ST_AsGeoJSON(drawn.geom, 6)::json as geometry,
       (ST_AsGeoJSON(ST_Transform(ST_Centroid(drawn.hexagon), 4326), 6)::json) -> 'coordinates' as center,
       json_build_array(ST_XMin(drawn.geom), ST_YMin(drawn.geom), ST_XMax(drawn.geom), ST_YMax(drawn.geom)) as bbox
     from jsonb_to_recordset(:cells::jsonb) as cell (position int, i int, j int)
     cross join lateral (
       select ST_Hexagon(:size, cell.i, cell.j, ST_SetSRID(ST_MakePoint(0, 0), ${GRID_SRID})) as hexagon) as plane
     cross join lateral (
       select plane.hexagon, ST_Transform(plane.hexagon, 4326) as geom) as drawn
     order by cell.position`,
    { size, cells: JSON.stringify(cells.map(({ i, j }, position) => ({ position, i, j }))) },
  )
  return result.rows.map(
    (row: { geometry: Geometry; center: [number, number]; bbox: [number, number, number, number] }) => ({
      ...row,
      // a billionth of a degree says nothing
      bbox: row.bbox.map((value) => Number(value.toFixed(6))),
    }),
  )
}

/** The sites of a filter that lie in one cell, the gravest first. */
export async function listSitesOfCell(
  db: Knex,
  request: FilterRequest,
  { size, i, j }: HexagonKey,
): Promise<HexagonSite[]> {
  const level = levelOfSite(request)
  return selectSites(db, request)
    .joinRaw(SITE_SPOT, { size })
    .where({ 'cell.i': i, 'cell.j': j })
    .select(
      db.raw(
        `sites.id, sites.name, sites.sector, ${level} as "riskLevel", sites.is_example as "isExample"`,
        momentOf(request),
      ),
    )
    .orderByRaw(`4 nulls last, sites.name collate "C", sites.id`)
}

/** The hazards of a filter that lie in one cell, the most urgent first. */
export async function listHazardsOfCell(
  db: Knex,
  request: FilterRequest,
  { size, i, j }: HexagonKey,
): Promise<HexagonHazardRow[]> {
  const rows: (Omit<HexagonHazardRow, 'site'> & { siteId: string | null; siteName: string | null })[] =
    await selectHazards(db, request)
      .joinRaw(HAZARD_SPOT, { size })
      .leftJoin(sitesAt(db, request), 'sites.id', 'hazards.site_id')
      .where({ 'cell.i': i, 'cell.j': j })
      .select(
        db.raw(
          `hazards.id, hazards.number, hazards.description, hazards.sector, hazards.severity, hazards.status,
           ${OVERDUE} is true as overdue, hazards.due_on as "dueOn", sites.id as "siteId", sites.name as "siteName"`,
          { today: request.today },
        ),
      )
      .orderByRaw(`${OVERDUE} is true desc, hazards.due_on nulls last, hazards.id`, { today: request.today })
  return rows.map(({ siteId, siteName, ...row }) => ({
    ...row,
    site: siteId === null ? null : { id: siteId, name: siteName ?? '' },
  }))
}
