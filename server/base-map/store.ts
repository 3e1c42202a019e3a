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
// rings that cross themselves are common in the wild: mended on the way in, what has no surface left is dropped
const READ_POLYGON = `ST_Multi(ST_CollectionExtract(ST_MakeValid(${READ}), 3))`
const GEOMETRY: Record<BaseTable, string> = {
  roads: READ,
  railways: READ,
  places: READ,
  waters: `case when ST_Dimension(${READ}) = 2 then ${READ_POLYGON} else ${READ} end`,
  land_uses: READ_POLYGON,
  buildings: READ_POLYGON,
  boundaries: READ_POLYGON,
}

const BATCH = 500

/** Writes features; those already there in the same state are left alone. Answers how many rows changed. */
export async function saveFeatures<T extends BaseTable>(
  db: Knex,
  table: T,
  source: BaseSource,
  features: FeatureOf<T>[],
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
    where not ST_IsEmpty(shape.geom)
    on conflict (source, source_key) do update
      set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
      where (${columns.map((column) => `${table}.${column}`).join(', ')})
        is distinct from (${columns.map((column) => `excluded.${column}`).join(', ')})`
  let changed = 0
  for (let start = 0; start < features.length; start += BATCH) {
    const batch = JSON.stringify(features.slice(start, start + BATCH))
    const result = await db.raw(sql, [source, batch])
    changed += affectedRows(result)
  }
  return changed
}

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
  for (const table of BASE_TABLES) removed += Number(await db(table).where({ source }).del())
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
