import type { Knex } from 'knex'
import { areaOfPoint } from '../areas/queries.ts'
import type { LngLat } from '../core/lnglat.ts'
import type { ProtectedPlaceKind, ResourceKind } from '../core/vocabulary.ts'
import { touchesArea } from './store.ts'

interface SourcedPlace {
  /** A uuid for the row if it is new. */
  id: string
  sourceKey: string
  name: string
  address: string | null
  source: string
  isExample: boolean
  position: LngLat
}
export interface SourcedResource extends SourcedPlace {
  kind: ResourceKind
  phone: string | null
  capacity: string | null
}
export interface SourcedProtectedPlace extends SourcedPlace {
  kind: ProtectedPlaceKind
  headcount: number | null
}

/** Area codes of the rows that changed, for the change record. */
export type ChangedAreaCodes = (string | null)[]

const RESOURCE_COLUMNS: ExtraColumns = [
  ['phone', 'text'],
  ['capacity', 'text'],
]
const PROTECTED_PLACE_COLUMNS: ExtraColumns = [['headcount', 'integer']]

/** Writes resources, only those in the area if one is named. */
export const saveResources = (db: Knex, rows: SourcedResource[], areaCode: string | null = null) =>
  savePlaces(db, 'resources', RESOURCE_COLUMNS, rows, areaCode)

/** Writes protected places, only those in the area if one is named. */
export const saveProtectedPlaces = (
  db: Knex,
  rows: SourcedProtectedPlace[],
  areaCode: string | null = null,
) => savePlaces(db, 'protected_places', PROTECTED_PLACE_COLUMNS, rows, areaCode)

type ExtraColumns = [column: string, type: string][]
const BATCH = 500

/** Adds rows that came from a file or extract. One that people have edited since (version above 1) is left as it is. */
async function savePlaces(
  db: Knex,
  table: 'resources' | 'protected_places',
  extra: ExtraColumns,
  rows: (SourcedResource | SourcedProtectedPlace)[],
  areaCode: string | null,
): Promise<ChangedAreaCodes> {
  const columns = [
    'name',
    'kind',
    'address',
    ...extra.map(([column]) => column),
    'source',
    'area_code',
    'geom',
  ]
  const types = extra.map(([column, type]) => `, ${column} ${type}`).join('')
  const sql = `
    insert into ${table} (id, source_key, is_example, ${columns.join(', ')})
    select place.id, place."sourceKey", place."isExample", place.name, place.kind, place.address,
      ${extra.map(([column]) => `place.${column}, `).join('')}place.source, ${areaOfPoint('spot.geom')}, spot.geom
    from jsonb_to_recordset(?::jsonb) as place(id uuid, "sourceKey" text, "isExample" boolean, name text, kind text,
        address text${types}, source text, position jsonb),
      lateral (select ST_SetSRID(ST_MakePoint((place.position->>0)::float8, (place.position->>1)::float8), 4326)
        as geom) spot
    where ${touchesArea('spot.geom')}
    on conflict (source_key) do update
      set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}, updated_at = now()
      where ${table}.version = 1
        and (${columns.map((column) => `${table}.${column}`).join(', ')})
          is distinct from (${columns.map((column) => `excluded.${column}`).join(', ')})
    returning area_code as "areaCode"`
  const changed: ChangedAreaCodes = []
  for (let start = 0; start < rows.length; start += BATCH) {
    const result = await db.raw(sql, [JSON.stringify(rows.slice(start, start + BATCH)), areaCode, areaCode])
    changed.push(...result.rows.map((row: { areaCode: string | null }) => row.areaCode))
  }
  return changed
}
