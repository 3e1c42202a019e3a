import type { Knex } from 'knex'
import { tileBindings, tileGeometry, touchesTile } from '../base-map/tile-sql.ts'
import type { TileAddress } from '../core/tile-grid.ts'
import { selectDrills } from '../drills/filter.ts'
import type { DrillWords } from '../drills/words.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { selectPlaces } from '../resources/filter.ts'
import type { PlaceTable } from '../resources/model.ts'
import { levelOfSite, momentOf, selectSites } from '../sites/filter.ts'
import type { TileFeature, TileLayerData } from './encode.ts'
import { asPointFeature, type PointRow, wherePointInTile } from './point-tile.ts'
import { HYDRANT_ZOOM, SHAPE_ZOOM } from './zooms.ts'

/** Every site of a filter as one point on it, and from SHAPE_ZOOM on the lines and surfaces themselves. */
export async function readSiteTile(
  db: Knex,
  tile: TileAddress,
  request: FilterRequest,
): Promise<TileLayerData[]> {
  const points: PointRow[] = await selectSites(db, request)
    .joinRaw('cross join lateral (select ST_PointOnSurface(sites.geom) as point) as spot')
    .select(
      db.raw(
        `sites.feature_id as "featureId", ST_X(spot.point) as lng, ST_Y(spot.point) as lat, sites.id, sites.name,
         sites.sector, sites.kind, ${levelOfSite(request)} as "riskLevel", sites.is_example as "isExample"`,
        momentOf(request),
      ),
    )
    .modify(wherePointInTile, tile, 'spot.point', 'sites.geom')
    .orderBy('sites.feature_id')
  const layers = [{ name: 'sites', features: points.map((row) => asPointFeature(row, tile)) }]
  if (tile.z < SHAPE_ZOOM) return layers
  return [...layers, { name: 'site_shapes', features: await readSiteShapes(db, tile, request) }]
}

interface ShapeRow {
  id: string
  featureId: number
  riskLevel: number | null
  geometry: TileFeature['geometry'] | null
}

async function readSiteShapes(db: Knex, tile: TileAddress, request: FilterRequest): Promise<TileFeature[]> {
  const shape = `(case ST_Dimension(sites.geom)
    when 1 then ${tileGeometry('sites.geom', 1)} else ${tileGeometry('sites.geom', 2)} end)`
  const rows: ShapeRow[] = await selectSites(db, request)
    .select(
      db.raw(
        `sites.feature_id as "featureId", sites.id, ${levelOfSite(request)} as "riskLevel",
         ST_AsGeoJSON(${shape}, 0)::json as geometry`,
        { ...tileBindings(tile), ...momentOf(request) },
      ),
    )
    .whereRaw(`ST_Dimension(sites.geom) > 0 and ${touchesTile('sites.geom')}`, tileBindings(tile))
    .orderBy('sites.feature_id')
  return rows.flatMap(({ featureId, geometry, ...properties }) =>
    geometry ? [{ id: featureId, geometry, properties }] : [],
  )
}

/** The drills of a filter that have a place. */
export async function readDrillTile(
  db: Knex,
  tile: TileAddress,
  request: FilterRequest,
  words: DrillWords,
): Promise<TileLayerData[]> {
  const rows: PointRow[] = await selectDrills(db, request, words)
    .select(
      db.raw(
        `drills.feature_id as "featureId", ST_X(drills.geom) as lng, ST_Y(drills.geom) as lat, drills.id, drills.number,
         left(drills.title, 40) as title, drills.form, drills.state, drills.sector,
         to_char(drills.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt",
         drills.is_example as "isExample"`,
      ),
    )
    .modify(wherePointInTile, tile, 'drills.geom')
    .orderBy('drills.feature_id')
  return [{ name: 'drills', features: rows.map((row) => asPointFeature(row, tile)) }]
}

/** Resources or protected places of a filter. */
export async function readPlaceTile(
  db: Knex,
  tile: TileAddress,
  request: FilterRequest,
  place: { table: PlaceTable; layer: string; kinds: readonly string[] | undefined },
): Promise<TileLayerData[]> {
  const headcount = place.table === 'protected_places' ? ', places.headcount' : ''
  const rows: PointRow[] = await selectPlaces(db, place.table, request, place.kinds)
    .select(
      db.raw(
        `places.feature_id as "featureId", ST_X(places.geom) as lng, ST_Y(places.geom) as lat, places.id, places.name,
         places.kind, places.is_example as "isExample"${headcount}`,
      ),
    )
    .modify((query) => {
      if (tile.z < HYDRANT_ZOOM) query.whereNot('places.kind', 'hydrant')
    })
    .modify(wherePointInTile, tile, 'places.geom')
    .orderBy('places.feature_id')
  return [{ name: place.layer, features: rows.map((row) => asPointFeature(row, tile)) }]
}
