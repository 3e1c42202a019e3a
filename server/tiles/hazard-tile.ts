import type { Knex } from 'knex'
import { latOfTileY, lngOfTileX, TILE_EXTENT, type TileAddress, tileOwnership } from '../core/tile-grid.ts'
import type { Sector, Severity, Status } from '../core/vocabulary.ts'
import { LISTED, OVERDUE, selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import type { TileFeature, TileLayerData } from './encode.ts'

/** Up to so many hazards of a tile are drawn one by one: a symbol of 25 px each covers a quarter of its 512 px square. */
export const SINGLE_LIMIT = 100
/** A tile with more is counted in 8 by 8 cells: 64 px each, which is as close as their discs may come. */
const GRID_BITS = 3
/** `tile_x` and `tile_y` are of this zoom, so a shift gives the tile of any other. */
const STEP_BITS = 30
/** From here on a tile is smaller than a district, and finding its rows by the index pays. */
const INDEX_ZOOM = 12
const TITLE_LENGTH = 40

/** The hazards of a filter in one tile: single ones in layer `hazards`, crowds in layer `cells`. */
export async function readHazardTile(
  db: Knex,
  tile: TileAddress,
  request: FilterRequest,
): Promise<TileLayerData[]> {
  const rows = await selectSingles(db, request)
    .modify(whereInTile, tile)
    .limit(SINGLE_LIMIT + 1)
  if (rows.length <= SINGLE_LIMIT) return [asHazardLayer(rows, tile)]
  const crowded = await readCells(db, tile, request)
  return [
    asHazardLayer(crowded.singles, tile),
    { name: 'cells', features: crowded.cells.map((cell) => asCell(cell, tile)) },
  ]
}

function whereInTile(query: Knex.QueryBuilder, tile: TileAddress): void {
  const size = 2 ** (STEP_BITS - tile.z)
  query
    .whereBetween('hazards.tile_x', [tile.x * size, (tile.x + 1) * size - 1])
    .whereBetween('hazards.tile_y', [tile.y * size, (tile.y + 1) * size - 1])
  if (tile.z < INDEX_ZOOM) return
  // a little wider: the whole numbers decide, and rounding must not lose a point on the edge
  const { west, south, east, north } = tileOwnership(tile)
  query.whereRaw('hazards.geom && ST_Expand(ST_MakeEnvelope(?, ?, ?, ?, 4326), 1e-6)', [
    west,
    south,
    east,
    north,
  ])
}

interface SingleRow {
  id: string
  featureId: number
  number: string
  sector: Sector
  severity: Severity
  status: Status
  overdue: boolean
  listed: boolean
  title: string
  tileX: number
  tileY: number
}

function selectSingles(db: Knex, request: FilterRequest): Knex.QueryBuilder<SingleRow, SingleRow[]> {
  return selectHazards(db, request).select(
    db.raw(
      `hazards.id, hazards.feature_id as "featureId", hazards.number, hazards.sector, hazards.severity, hazards.status,
       ${OVERDUE} is true as overdue, ${LISTED} as listed, left(hazards.description, ${TITLE_LENGTH}) as title,
       hazards.tile_x as "tileX", hazards.tile_y as "tileY"`,
      { today: request.today },
    ),
  )
}

interface CellRow {
  cellX: number
  cellY: number
  n: number
  overdue: number
  major: number
  suspectedMajor: number
  minX: number
  maxX: number
  minY: number
  maxY: number
  meanX: number
  meanY: number
  firstFeatureId: number
}

/** Counts the tile's hazards in cells; a cell with one hazard is given as that hazard. */
async function readCells(
  db: Knex,
  tile: TileAddress,
  request: FilterRequest,
): Promise<{ cells: CellRow[]; singles: SingleRow[] }> {
  return db.transaction(async (transaction) => {
    // both reads must see the same rows, or a hazard that moves between them is lost
    await transaction.raw('set transaction isolation level repeatable read, read only')
    // the planner expects a cell for every row and would sort a million of them on disk
    await transaction.raw('set local enable_sort = off')
    await transaction.raw('set local jit = off')
    const rows: CellRow[] = await selectCells(transaction, tile, request)
    const alone = rows.filter((row) => row.n === 1).map((row) => row.firstFeatureId)
    const singles = selectSingles(transaction, request).whereIn('hazards.id', (ids) =>
      ids.select('id').from('hazards as present').whereIn('feature_id', alone),
    )
    return { cells: rows.filter((row) => row.n > 1), singles: alone.length > 0 ? await singles : [] }
  })
}

function selectCells(db: Knex, tile: TileAddress, request: FilterRequest): Knex.QueryBuilder {
  const shift = STEP_BITS - tile.z - GRID_BITS
  return selectHazards(db, request)
    .modify(whereInTile, tile)
    .select(
      db.raw(
        `hazards.tile_x >> ${shift} as "cellX", hazards.tile_y >> ${shift} as "cellY", count(*)::int as n,
         count(*) filter (where ${OVERDUE})::int as overdue,
         count(*) filter (where hazards.severity = 'major')::int as major,
         count(*) filter (where hazards.severity = 'suspected_major')::int as "suspectedMajor",
         min(hazards.tile_x) as "minX", max(hazards.tile_x) as "maxX",
         min(hazards.tile_y) as "minY", max(hazards.tile_y) as "maxY",
         avg(hazards.tile_x)::float8 as "meanX", avg(hazards.tile_y)::float8 as "meanY",
         min(hazards.feature_id) as "firstFeatureId"`,
        { today: request.today },
      ),
    )
    .groupByRaw('1, 2')
}

function asHazardLayer(rows: SingleRow[], tile: TileAddress): TileLayerData {
  const ordered = rows.toSorted((one, other) => one.featureId - other.featureId)
  return { name: 'hazards', features: ordered.map((row) => asHazard(row, tile)) }
}

function asHazard({ featureId, tileX, tileY, ...properties }: SingleRow, tile: TileAddress): TileFeature {
  return { id: featureId, geometry: asPoint(tileX, tileY, tile), properties }
}

function asCell(row: CellRow, tile: TileAddress): TileFeature {
  return {
    // differs from tile to tile, so that hovering one cell does not light up its namesakes
    id: row.cellX * 2 ** (tile.z + GRID_BITS) + row.cellY,
    geometry: asPoint(row.meanX, row.meanY, tile),
    properties: {
      n: row.n,
      overdue: row.overdue,
      major: row.major,
      suspected_major: row.suspectedMajor,
      general: row.n - row.major - row.suspectedMajor,
      west: outwards(lngOfTileX(row.minX, STEP_BITS), Math.floor),
      south: outwards(latOfTileY(row.maxY + 1, STEP_BITS), Math.floor),
      east: outwards(lngOfTileX(row.maxX + 1, STEP_BITS), Math.ceil),
      north: outwards(latOfTileY(row.minY, STEP_BITS), Math.ceil),
    },
  }
}

const outwards = (degrees: number, cut: (value: number) => number): number => cut(degrees * 1e6) / 1e6

function asPoint(x: number, y: number, tile: TileAddress): TileFeature['geometry'] {
  const size = 2 ** (STEP_BITS - tile.z)
  const cut = (value: number, origin: number) => Math.floor((value / size - origin) * TILE_EXTENT)
  return { type: 'Point', coordinates: [cut(x, tile.x), cut(y, tile.y)] }
}
