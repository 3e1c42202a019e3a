import type { Knex } from 'knex'
import { EVERYTHING } from '../../server/access/model.ts'
import { readFilters } from '../../server/core/filters.ts'
import { tileAt, tileMercatorBounds } from '../../server/core/tile-grid.ts'
import type { Database } from '../../server/db/open.ts'
import { selectHazards } from '../../server/hazards/filter.ts'
import type { FilterRequest } from '../../server/http/filter-request.ts'
import { encodeTile } from '../../server/tiles/encode.ts'
import { asPointFeature, type PointRow, wherePointInTile } from '../../server/tiles/point-tile.ts'
import { CENTRE, SMALL_BOX } from './data.ts'
import { type Timing, timeBoth } from './measure.ts'

export interface Comparison {
  name: string
  ours: Timing
  other: Timing
  /** How many times as long the other way takes. */
  ratio: number
}

async function compare(
  name: string,
  runs: number,
  doOurs: () => Promise<unknown>,
  doOther: () => Promise<unknown>,
): Promise<Comparison> {
  const [ours, other] = await timeBoth(runs, doOurs, doOther)
  return { name, ours, other, ratio: other.medianMs / ours.medianMs }
}

const request: FilterRequest = { filters: {}, scope: EVERYTHING, today: '2025-11-24', asOf: null }
const COLUMNS = `hazards.feature_id as "featureId", hazards.id, hazards.number, hazards.sector, hazards.severity,
  hazards.status, left(hazards.description, 40) as title`

/** The same points of one tile, all of them, once encoded here and once by PostGIS. Null where PostGIS cannot. */
export async function compareEncoders(database: Database, runs: number): Promise<Comparison | null> {
  if (database.engine === 'embedded') return null
  const db = database.knex
  const tile = tileAt(CENTRE.lng, CENTRE.lat, 12)
  const inNode = async () => {
    const rows: PointRow[] = await selectHazards(db, request)
      .select(db.raw(`${COLUMNS}, ST_X(hazards.geom) as lng, ST_Y(hazards.geom) as lat`))
      .modify(wherePointInTile, tile, 'hazards.geom')
    const features = rows.map((row) => asPointFeature(row, tile))
    return { bytes: encodeTile([{ name: 'hazards', features }]).byteLength, count: rows.length }
  }
  const { west, south, east, north } = tileMercatorBounds(tile)
  const inPostgis = async () => {
    const rows = selectHazards(db, request)
      .select(
        db.raw(
          `${COLUMNS}, ST_AsMVTGeom(ST_Transform(hazards.geom, 3857), ST_MakeEnvelope(?, ?, ?, ?, 3857), 4096, 0) as geom`,
          [west, south, east, north],
        ),
      )
      .modify(wherePointInTile, tile, 'hazards.geom')
    return db.raw(`select ST_AsMVT(rows, 'hazards', 4096, 'geom', 'featureId') as tile from (?) as rows`, [
      rows,
    ])
  }
  const { count } = await inNode()
  return compare(`ST_AsMVT ÷ encoded in Node, z12 tile of ${count} points`, runs, inNode, inPostgis)
}

/** The same filtered box, once by its index and once reading every row. */
export async function compareIndex(db: Knex, runs: number): Promise<Comparison> {
  const filtered = { ...request, filters: readFilters({ bbox: SMALL_BOX, status: 'open' }) }
  const count = (transaction: Knex) => selectHazards(transaction, filtered).count('* as count')
  const scans = (transaction: Knex, isOn: boolean) =>
    transaction.raw(
      `select set_config('enable_indexscan', :on, true), set_config('enable_bitmapscan', :on, true),
         set_config('enable_indexonlyscan', :on, true)`,
      { on: isOn ? 'on' : 'off' },
    )
  const within = (isOn: boolean) => async () =>
    db.transaction(async (transaction) => {
      await scans(transaction, isOn)
      return count(transaction)
    })
  const name = 'linear scan ÷ index, open hazards in a box of 2 km'
  return compare(name, runs, within(true), within(false))
}
