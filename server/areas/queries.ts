import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { restrict } from '../access/restrict.ts'
import type { LngLat } from '../core/lnglat.ts'
import type { AreaFeature } from './schema.ts'

/**
 * The code of the deepest area that covers a point: a grid before its street or town, that before the zone. On a
 * common edge the smaller code wins, so that an answer never depends on the order of rows. The expression is our own
 * text, never a request's.
 */
export const areaOfPoint = (expression: string): string => `(
    select area.code from areas area
    where ST_Covers(area.geom, ${expression})
    order by case area.kind when 'grid' then 0 when 'zone' then 2 else 1 end, area.code
    limit 1)`

/** For each position the code of its area, or null outside every area; in the order asked. */
export async function deriveAreaCodes(
  db: Knex,
  points: readonly { lng: number; lat: number }[],
): Promise<(string | null)[]> {
  if (points.length === 0) return []
  const result = await db.raw(
    `select ${areaOfPoint('ST_SetSRID(ST_MakePoint(point.lng, point.lat), 4326)')} as code
     from jsonb_to_recordset(?::jsonb) as point(position int, lng float8, lat float8)
     order by point.position`,
    [JSON.stringify(points.map(({ lng, lat }, position) => ({ position, lng, lat })))],
  )
  return result.rows.map((row: { code: string | null }) => row.code)
}

export async function deriveAreaCode(db: Knex, [lng, lat]: LngLat): Promise<string | null> {
  const [code] = await deriveAreaCodes(db, [{ lng, lat }])
  return code ?? null
}

/** The codes themselves and those of all areas below them. */
export async function descendantAreaCodes(db: Knex, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const result = await db.raw(
    `with recursive tree as (
       select code from areas where code in (select jsonb_array_elements_text(?::jsonb))
       union
       select area.code from areas area join tree on area.parent_code = tree.code
     )
     select code from tree order by code`,
    [JSON.stringify(codes)],
  )
  return result.rows.map((row: { code: string }) => row.code)
}

/** The areas that the scope may see, as GeoJSON features, the zone first. */
export async function listAreas(db: Knex, scope: Scope): Promise<AreaFeature[]> {
  const rows = await restrict(
    db('areas').select(
      'code',
      'name',
      'kind',
      'parent_code as parentCode',
      'stat_code as statCode',
      'civil_code as civilCode',
      'is_approximate as isApproximate',
      'source',
      'version',
      db.raw('ST_AsGeoJSON(geom, 6)::json as geometry'),
    ),
    scope,
    { area: 'code', sector: null },
  ).orderByRaw('parent_code nulls first, code')
  return rows.map(
    ({ geometry, ...properties }: { geometry: AreaFeature['geometry'] } & AreaFeature['properties']) => ({
      type: 'Feature',
      id: properties.code,
      geometry,
      properties,
    }),
  )
}
