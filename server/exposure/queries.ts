import type { Geometry } from 'geojson'
import type { Knex } from 'knex'
import type { LngLat } from '../core/lnglat.ts'
import { type PlaceInReach, type PopulationInReach, REACH_METERS, type Surroundings } from './model.ts'

/** The line at reach of a site's border; a circle is drawn with 256 corners, which are 4 cm off at most. */
const REACH = `ST_Buffer(sites.geom::geography, ${REACH_METERS}, 'quad_segs=64')::geometry`
/** Degrees that hold the reach in both directions up to 60° north. */
const REACH_DEGREES = 0.01

/** What lies around each of these sites. Retired ones have no surroundings. */
export async function listSurroundings(db: Knex, siteIds: readonly string[]): Promise<Surroundings[]> {
  const ids = [...siteIds]
  const sites: { id: string; shape: Geometry['type'] | null }[] = (
    await db.raw(
      `select id, case ST_GeometryType(geom) when 'ST_Point' then 'Point' when 'ST_LineString' then 'LineString'
         when 'ST_Polygon' then 'Polygon' when 'ST_MultiPolygon' then 'MultiPolygon' end as shape
       from sites where id = any(:ids) and retired_at is null order by id`,
      { ids },
    )
  ).rows
  const places = new Map<string, PlaceInReach[]>()
  for (const { siteId, ...place } of await listPlacesInReach(db, ids)) {
    const near = places.get(siteId)
    if (near) near.push(place)
    else places.set(siteId, [place])
  }
  const population = new Map((await listPopulationInReach(db, ids)).map((row) => [row.siteId, row]))
  return sites.map(({ id, shape }) => ({
    siteId: id,
    shape,
    places: places.get(id) ?? [],
    population: readPopulation(population.get(id)),
  }))
}

const readPopulation = (row: (PopulationInReach & { siteId: string }) | undefined) =>
  row ? { people: row.people, cells: row.cells, sources: row.sources } : null

async function listPlacesInReach(db: Knex, ids: string[]): Promise<(PlaceInReach & { siteId: string })[]> {
  const result = await db.raw(
    `select sites.id as "siteId", places.id, places.name, places.kind, places.headcount,
       places.area_code as "areaCode", ST_X(places.geom) as lng, ST_Y(places.geom) as lat,
       ST_Distance(places.geom::geography, sites.geom::geography) as "distanceMeters"
     from sites
     join protected_places places on ST_DWithin(places.geom::geography, sites.geom::geography, ${REACH_METERS})
     where sites.id = any(:ids)
     order by sites.id, "distanceMeters", places.id`,
    { ids },
  )
  return result.rows
}

/** Points of the layer count whole; of a cell, the share of its area that lies in reach. */
async function listPopulationInReach(
  db: Knex,
  ids: string[],
): Promise<(PopulationInReach & { siteId: string })[]> {
  const result = await db.raw(
    `select sites.id as "siteId", sum(counted.people)::float8 as people, count(*)::int as cells,
       array_agg(distinct cells.source order by cells.source) as sources
     from sites
     cross join lateral (select ${REACH} as geom) reach
     join population_cells cells on cells.geom && ST_Expand(reach.geom, 0.001)
     cross join lateral (
       select case
         when ST_Dimension(cells.geom) = 0 then case
           when ST_DWithin(cells.geom::geography, sites.geom::geography, ${REACH_METERS}) then cells.people end
         when ST_Intersects(cells.geom, reach.geom) then cells.people
           * ST_Area(ST_Intersection(cells.geom, reach.geom)::geography) / ST_Area(cells.geom::geography)
       end as people
     ) counted
     where sites.id = any(:ids) and counted.people is not null
     group by sites.id`,
    { ids },
  )
  return result.rows
}

/** The line around a site within which people are counted, as GeoJSON; null without a position. */
export async function readReach(db: Knex, siteId: string): Promise<Geometry | null> {
  const result = await db.raw(
    `select ST_AsGeoJSON(${REACH}, 6)::json as reach from sites where id = ? and geom is not null`,
    [siteId],
  )
  return result.rows[0]?.reach ?? null
}

/** Which sites are to be counted anew. */
export type SitesToCount =
  | { siteIds: readonly string[] }
  | { near: readonly LngLat[] }
  | { importId: string }
  | 'all'
  | 'uncounted'

export interface CountedSite {
  id: string
  areaCode: string | null
  sector: string
  people: number | null
}

/** These sites with what stands of them, locked in one order so that two writers never wait for each other. */
export async function lockSitesToCount(transaction: Knex, which: SitesToCount): Promise<CountedSite[]> {
  const query = transaction('sites')
    .select('id', 'area_code as areaCode', 'sector', 'exposed_people as people')
    .whereNull('retired_at')
    .orderBy('id')
    .forUpdate()
  if (which === 'uncounted') query.whereNotNull('geom').whereNull('exposure')
  else if (which !== 'all') narrow(query, which)
  return query
}

function narrow(query: Knex.QueryBuilder, which: Exclude<SitesToCount, string>): void {
  if ('siteIds' in which) query.whereIn('id', [...which.siteIds])
  else if ('importId' in which) query.where('import_id', which.importId)
  else {
    query.whereRaw(
      `exists (select from jsonb_to_recordset(?::jsonb) as spot(lng float8, lat float8)
        where sites.geom && ST_Expand(ST_SetSRID(ST_MakePoint(spot.lng, spot.lat), 4326), ${REACH_DEGREES})
          and ST_DWithin(sites.geom::geography, ST_SetSRID(ST_MakePoint(spot.lng, spot.lat), 4326)::geography,
            ${REACH_METERS}))`,
      [JSON.stringify(which.near.map(([lng, lat]) => ({ lng, lat })))],
    )
  }
}

export interface CountToKeep {
  id: string
  people: number | null
  summary: Record<string, unknown> | null
}

/** Keeps the counts that differ from what stands; answers the ids of those sites. Derived, so the version stays. */
export async function writeCounts(
  transaction: Knex,
  counts: readonly CountToKeep[],
  at: Date,
): Promise<string[]> {
  const result = await transaction.raw(
    `update sites set exposed_people = counted.people, exposure = counted.summary, updated_at = :at::timestamptz
     from jsonb_to_recordset(:counts::jsonb) as counted(id uuid, people int, summary jsonb)
     where sites.id = counted.id
       and (sites.exposed_people is distinct from counted.people
         or sites.exposure - 'countedOn' is distinct from counted.summary - 'countedOn')
     returning sites.id`,
    { at, counts: JSON.stringify(counts) },
  )
  return result.rows.map((row: { id: string }) => row.id)
}
