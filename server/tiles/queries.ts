import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { restrict } from '../access/restrict.ts'
import { BASE_SOURCES, BASE_TILE_LAYERS, type BaseSource } from '../base-map/schema.ts'
import type { Bounds } from '../core/tile-grid.ts'
import type { ChangeKind } from '../db/changes.ts'

/**
 * The last change of any of the kinds, as a text that differs after each one: its number, and its time as well, because
 * a database that was put back from a copy counts on from an older number.
 */
export async function readRevision(db: Knex, kinds: readonly ChangeKind[]): Promise<string> {
  const result = await db.raw(
    `select last.sequence, extract(epoch from last.created_at)::text as at
     from unnest(?::text[]) as kinds (kind),
       lateral (select sequence, created_at from change_log where change_log.kind = kinds.kind
         order by sequence desc limit 1) as last
     order by last.sequence desc limit 1`,
    [[...kinds]],
  )
  const last: { sequence: number; at: string } | undefined = result.rows[0]
  return last ? `${last.sequence}@${last.at}` : '0'
}

/** The box around a column of a query's rows, or null if none has a place. The column is our own text. */
export async function readExtent(query: Knex.QueryBuilder, db: Knex, column: string): Promise<Bounds | null> {
  const edges = ['XMin as west', 'YMin as south', 'XMax as east', 'YMax as north']
  const columns = edges.map((edge) => `ST_${edge.replace(' as ', `(ST_Extent(${column})) as `)}`)
  const row: Record<keyof Bounds, number | null> = await query.select(db.raw(columns.join(', '))).first()
  const { west, south, east, north } = row
  if (west === null || south === null || east === null || north === null) return null
  return { west, south, east, north }
}

/** The box around the areas that the scope may see. */
export function readAreaExtent(db: Knex, scope: Scope): Promise<Bounds | null> {
  return readExtent(restrict(db('areas'), scope, { area: 'code', sector: null }), db, 'areas.geom')
}

/** The box around everything that the base map draws. */
export function readBaseExtent(db: Knex): Promise<Bounds | null> {
  const parts = BASE_TILE_LAYERS.map((table) => `select ST_Extent(geom)::geometry as geom from ${table}`)
  return readExtent(db.fromRaw(`(${parts.join(' union all ')}) as parts`), db, 'parts.geom')
}

/** Where the base map's things come from. */
export async function readBaseSources(db: Knex): Promise<BaseSource[]> {
  const present = BASE_TILE_LAYERS.map((table) => `exists (select from ${table} where source = known.source)`)
  const result = await db.raw(
    `select known.source from unnest(?::text[]) with ordinality as known (source, position)
     where ${present.join(' or ')} order by known.position`,
    [[...BASE_SOURCES]],
  )
  return result.rows.map((row: { source: BaseSource }) => row.source)
}
