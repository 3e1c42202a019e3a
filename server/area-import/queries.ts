import type { MultiPolygon, Polygon } from 'geojson'
import type { Knex } from 'knex'
import { areaOfPoint } from '../areas/queries.ts'
import type { Sector, Status } from '../core/vocabulary.ts'
import type { FileSystem } from './coordinates.ts'
import type { KnownArea } from './match.ts'

export async function listKnownAreas(db: Knex): Promise<(KnownArea & { parentCode: string | null })[]> {
  return db('areas')
    .select('code', 'name', 'stat_code as statCode', 'civil_code as civilCode', 'parent_code as parentCode')
    .orderByRaw('parent_code nulls first, code')
}

export async function isKnownSrid(db: Knex, srid: number): Promise<boolean> {
  return (await db('spatial_ref_sys').where({ srid }).first('srid')) !== undefined
}

export interface OutlineRow {
  code: string
  name: string
  squareKilometersBefore: number
  squareKilometersAfter: number
  /** How far the middle of the outline moved. */
  movedKilometers: number
  wasMended: boolean
}

/** Puts the official outline in the place of the present one. */
export async function replaceOutline(
  transaction: Knex,
  code: string,
  surfaces: (Polygon | MultiPolygon)[],
  file: FileSystem,
  source: string,
): Promise<OutlineRow> {
  const read = file.kind === 'degrees' ? 'shape' : 'ST_Transform(ST_SetSRID(shape, :srid), 4326)'
  const result = await transaction.raw(
    `with raw as (
       select ST_GeomFromGeoJSON(surface) as shape
       from jsonb_array_elements(cast(:surfaces as jsonb)) as surface
     ), outline as (
       select ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(ST_MakeValid(ST_SetSRID(${read}, 4326)))), 3)) as geom,
         not bool_and(ST_IsValid(shape)) as mended
       from raw
     ), former as (
       select code, geom from areas where code = :code
     )
     update areas
     set geom = outline.geom, is_approximate = false, source = :source, version = version + 1, updated_at = now()
     from outline, former
     where areas.code = former.code and not ST_IsEmpty(outline.geom)
     returning areas.code, areas.name, outline.mended as "wasMended",
       ST_Area(former.geom::geography) / 1e6 as "squareKilometersBefore",
       ST_Area(areas.geom::geography) / 1e6 as "squareKilometersAfter",
       ST_Distance(ST_Centroid(former.geom)::geography, ST_Centroid(areas.geom)::geography) / 1000 as "movedKilometers"`,
    {
      surfaces: JSON.stringify(surfaces),
      code,
      source,
      ...(file.kind === 'projected' ? { srid: file.srid } : {}),
    },
  )
  return result.rows[0]
}

/** An area that the file does not outline is the whole of those below it, once one of these is official. */
export async function joinChildren(transaction: Knex, code: string, source: string): Promise<void> {
  await transaction.raw(
    `update areas
     set geom = children.geom, is_approximate = children.is_approximate, source = :source, version = version + 1,
       updated_at = now()
     from (
       select ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(geom)), 3)) as geom,
         bool_or(is_approximate) as is_approximate
       from areas where parent_code = :code
     ) children
     where areas.code = :code and children.geom is not null`,
    { code, source },
  )
}

export interface Overlap {
  first: string
  second: string
  squareMeters: number
}

/** Areas of one parent that cover each other by more than drawing noise. */
export async function listOverlaps(transaction: Knex): Promise<Overlap[]> {
  const result = await transaction.raw(
    `select * from (
       select a.name as first, b.name as second,
         round(ST_Area(ST_Intersection(a.geom, b.geom)::geography))::float8 as "squareMeters"
       from areas a join areas b on a.parent_code = b.parent_code and a.code < b.code and a.geom && b.geom
     ) pair where "squareMeters" >= 100 order by 1, 2`,
  )
  return result.rows
}

export const MOVED_TABLES = ['sites', 'hazards', 'resources', 'protected_places', 'drills'] as const
export type MovedTable = (typeof MOVED_TABLES)[number]

export interface Move {
  id: string
  from: string | null
  to: string | null
  sector: Sector | null
  status: Status | null
}

const SECTORLESS = 'null as sector, null as status'
const RULES: Record<MovedTable, { area: string; columns: string; where: string }> = {
  sites: {
    area: areaOfPoint('ST_PointOnSurface(thing.geom)'),
    columns: 'sector, null as status',
    where: 'retired_at is null',
  },
  // a hazard without a position of its own lies where its site lies: sites come first
  hazards: {
    area: `case when thing.geom is not null then ${areaOfPoint('thing.geom')}
      else (select site.area_code from sites site where site.id = thing.site_id) end`,
    columns: 'sector, status',
    where: `withdrawn_at is null and (thing.geom is not null or thing.area_basis = 'site')`,
  },
  resources: { area: areaOfPoint('thing.geom'), columns: SECTORLESS, where: 'true' },
  protected_places: { area: areaOfPoint('thing.geom'), columns: SECTORLESS, where: 'true' },
  drills: { area: areaOfPoint('thing.geom'), columns: 'sector, null as status', where: 'true' },
}

/** What lies in another area than the one written beside it. */
export async function listMoves(transaction: Knex, table: MovedTable): Promise<Move[]> {
  const rule = RULES[table]
  const mayBePlaced = table === 'hazards' ? 'true' : 'thing.geom is not null'
  const result = await transaction.raw(
    `select * from (
       select thing.id, thing.area_code as "from", ${rule.area} as "to", ${rule.columns}
       from ${table} thing where ${rule.where} and ${mayBePlaced}
     ) moved where "from" is distinct from "to" order by id`,
  )
  return result.rows
}

const BASED_ON_GEOMETRY: Record<MovedTable, string> = {
  sites: `, area_basis = 'geometry'`,
  hazards: `, area_basis = case when thing.geom is null then thing.area_basis else 'geometry' end`,
  resources: '',
  protected_places: '',
  drills: '',
}

export async function writeMoves(
  transaction: Knex,
  table: MovedTable,
  moves: Move[],
  at: Date,
): Promise<void> {
  await transaction.raw(
    `update ${table} thing
     set area_code = moved."to", version = thing.version + 1, updated_at = ?${BASED_ON_GEOMETRY[table]}
     from jsonb_to_recordset(?::jsonb) as moved(id uuid, "to" text)
     where thing.id = moved.id`,
    [at, JSON.stringify(moves)],
  )
}
