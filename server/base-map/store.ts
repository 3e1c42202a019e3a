import type { Geometry } from 'geojson'
import type { Knex } from 'knex'
import type { BaseSource } from './schema.ts'

export const BASE_TABLES = [
  'roads',
  'railways',
  'waters',
  'land_uses',
  'buildings',
  'places',
  'boundaries',
] as const
export type BaseTable = (typeof BASE_TABLES)[number]

export interface BaseFeature {
  /** Names the feature within its source, so that loading it again changes nothing. */
  sourceKey: string
  name: string | null
  class: string
  geometry: Geometry
}
export interface RoadFeature extends BaseFeature {
  isOneway: boolean
  speedKmh: number | null
  importance: number
}
export interface PlaceFeature extends BaseFeature {
  importance: number
}
export type FeatureOf<T extends BaseTable> = T extends 'roads'
  ? RoadFeature
  : T extends 'places'
    ? PlaceFeature
    : BaseFeature

/** Columns beyond the common ones: name in the table, name in the feature, type. */
const EXTRA_COLUMNS: Record<BaseTable, [column: string, field: string, type: string][]> = {
  roads: [
    ['is_oneway', 'isOneway', 'boolean'],
    ['speed_kmh', 'speedKmh', 'real'],
    ['importance', 'importance', 'smallint'],
  ],
  places: [['importance', 'importance', 'smallint']],
  railways: [],
  waters: [],
  land_uses: [],
  buildings: [],
  boundaries: [],
}

const READ = 'ST_GeomFromGeoJSON(feature.geometry)'
// several lines are the rings of one surface, outer and inner, in pieces; rings that cross themselves are common in the
// wild and mended on the way in; what has no surface left is dropped
const READ_POLYGON = `ST_Multi(ST_CollectionExtract(
  case GeometryType(${READ})
    when 'MULTILINESTRING' then ST_MakeValid(ST_BuildArea(${READ}))
    else ST_MakeValid(${READ}) end, 3))`
const GEOMETRY: Record<BaseTable, string> = {
  roads: READ,
  railways: READ,
  places: READ,
  waters: `case GeometryType(${READ}) when 'LINESTRING' then ${READ} else ${READ_POLYGON} end`,
  land_uses: READ_POLYGON,
  buildings: READ_POLYGON,
  boundaries: READ_POLYGON,
}

const BATCH = 500

/**
 * Writes features, only those that touch the area if one is named; what is there already in the same state is left
 * alone. Answers how many rows changed.
 */
export async function saveFeatures<T extends BaseTable>(
  db: Knex,
  table: T,
  source: BaseSource,
  features: FeatureOf<T>[],
  areaCode: string | null = null,
): Promise<number> {
  const extra = EXTRA_COLUMNS[table]
  const columns = ['name', 'class', ...extra.map(([column]) => column), 'geom']
  const fields = extra.map(([, field]) => `, feature."${field}"`).join('')
  const types = extra.map(([, field, type]) => `, "${field}" ${type}`).join('')
  const sql = `
    insert into ${table} (source, source_key, ${columns.join(', ')})
    select ?, feature."sourceKey", feature.name, feature.class${fields}, shape.geom
    from jsonb_to_recordset(?::jsonb) as feature("sourceKey" text, name text, class text${types}, geometry jsonb),
      lateral (select ${GEOMETRY[table]} as geom) shape
    where not ST_IsEmpty(shape.geom) and ${touchesArea('shape.geom')}
    on conflict (source, source_key) do update
      set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
      where (${columns.map((column) => `${table}.${column}`).join(', ')})
        is distinct from (${columns.map((column) => `excluded.${column}`).join(', ')})`
  let changed = 0
  for (let start = 0; start < features.length; start += BATCH) {
    const batch = JSON.stringify(features.slice(start, start + BATCH))
    const result = await db.raw(sql, [source, batch, areaCode, areaCode])
    changed += affectedRows(result)
  }
  return changed
}

/** Whether a geometry touches the named area; takes its code twice, null for anywhere. */
export const touchesArea = (expression: string): string => `(?::text is null or exists (
      select from areas area where area.code = ? and ST_Intersects(area.geom, ${expression})))`

/** The embedded engine calls the count of an insert affectedRows, the other rowCount. */
function affectedRows(result: { rowCount?: number | null; affectedRows?: number }): number {
  return result.rowCount ?? result.affectedRows ?? 0
}

/** Makes the features of a source exactly these: writes what differs, removes the rest. Answers the rows changed. */
export async function replaceFeatures<T extends BaseTable>(
  db: Knex,
  table: T,
  source: BaseSource,
  features: FeatureOf<T>[],
): Promise<number> {
  const saved = await saveFeatures(db, table, source, features)
  const removed = await db.raw(
    `delete from ${table}
     where source = ? and source_key not in (select jsonb_array_elements_text(?::jsonb))`,
    [source, JSON.stringify(features.map((feature) => feature.sourceKey))],
  )
  return saved + affectedRows(removed)
}

/** Takes a source's features off every layer, before an import lays down the new ones. Answers how many. */
export async function removeSource(db: Knex, source: BaseSource): Promise<number> {
  let removed = 0
  for (const table of BASE_TABLES) {
    removed += affectedRows(await db.raw(`delete from ${table} where source = ?`, [source]))
  }
  return removed
}

/** Where real roads have come, the invented ones go. Answers how many. */
export async function removeCoveredSchematic(db: Knex): Promise<number> {
  let removed = 0
  for (const table of BASE_TABLES) {
    const result = await db.raw(
      `delete from ${table}
       where source = 'schematic'
         and geom && (select ST_SetSRID(ST_Extent(geom)::geometry, 4326) from roads where source = 'osm')`,
    )
    removed += affectedRows(result)
  }
  return removed
}

export interface Block {
  areaCode: string
  class: string
  ring: [number, number][]
}

/**
 * Joins neighbouring blocks of one class and unit and cuts them at the unit's outline, so that no seams show between
 * them and none reaches over the edge.
 */
export async function mergeBlocks(
  db: Knex,
  outlines: { code: string; ring: [number, number][] }[],
  blocks: Block[],
): Promise<BaseFeature[]> {
  const asPolygon = (ring: [number, number][]) => ({ type: 'Polygon', coordinates: [ring] })
  const result = await db.raw(
    `select unit.code || ':' || block.class as "sourceKey", null as name, block.class as class,
       ST_AsGeoJSON(ST_Intersection(
         ST_Union(ST_MakeValid(ST_GeomFromGeoJSON(block.geometry))),
         ST_GeomFromGeoJSON(unit.geometry)), 6)::json as geometry
     from jsonb_to_recordset(?::jsonb) as unit(code text, geometry jsonb)
     join jsonb_to_recordset(?::jsonb) as block("areaCode" text, class text, geometry jsonb)
       on block."areaCode" = unit.code
     group by unit.code, unit.geometry, block.class
     order by unit.code, block.class`,
    [
      JSON.stringify(outlines.map(({ code, ring }) => ({ code, geometry: asPolygon(ring) }))),
      JSON.stringify(blocks.map(({ ring, ...block }) => ({ ...block, geometry: asPolygon(ring) }))),
    ],
  )
  return result.rows
}
