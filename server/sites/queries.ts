import type { Knex } from 'knex'
import { areaOfPoint } from '../areas/queries.ts'
import { applyKeyset, type Keyed, type Order, type SortKey, takePage } from '../db/keyset.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { levelOfSite, momentOf, selectSites } from './filter.ts'
import type { SiteDetailRow, SiteRow } from './model.ts'
import type { SiteGeometry } from './position.ts'
import type { SiteSort } from './schema.ts'

/** The columns of a site in a list, besides its level, which depends on the moment asked for. */
export const SITE_COLUMNS = `
  sites.id, sites.name, sites.credit_code as "creditCode", sites.sector, sites.kind,
  sites.area_code as "areaCode", areas.name as "areaName", sites.address,
  ST_AsGeoJSON(sites.geom, 6)::json as geometry,
  sites.responsible_unit as "responsibleUnit", sites.responsible_person as "responsiblePerson",
  sites.is_example as "isExample", sites.version, sites.updated_at as "updatedAt"`

const DETAIL_COLUMNS = `${SITE_COLUMNS},
  sites.responsible_phone as "responsiblePhone", sites.coordinate_text as "coordinateText",
  sites.coordinate_system as "coordinateSystem"`

const ID: SortKey = { expression: 'sites.id', type: 'uuid' }
// by code point: both engines then order alike, whatever locale they were made with
const NAME: SortKey = { expression: 'sites.name collate "C"', type: 'text' }
const UPDATED: SortKey = { expression: `date_trunc('milliseconds', sites.updated_at)`, type: 'timestamptz' }

/** Sites without a level come last either way. */
function orderOf(sort: SiteSort, level: string): Order {
  const orders: Record<SiteSort, Order> = {
    riskLevel: {
      keys: [{ expression: `coalesce(${level}, 9)`, type: 'int' }, NAME, ID],
      isDescending: false,
    },
    '-riskLevel': {
      keys: [{ expression: `coalesce(-${level}, 0)`, type: 'int' }, NAME, ID],
      isDescending: false,
    },
    name: { keys: [NAME, ID], isDescending: false },
    '-name': { keys: [NAME, ID], isDescending: true },
    updatedAt: { keys: [UPDATED, ID], isDescending: false },
    '-updatedAt': { keys: [UPDATED, ID], isDescending: true },
  }
  return orders[sort]
}

export async function listSites(
  db: Knex,
  request: FilterRequest,
  page: { limit: number; cursor?: string | undefined; sort: SiteSort },
): Promise<{ rows: SiteRow[]; total: number; nextCursor: string | null }> {
  const level = levelOfSite(request)
  const moment = momentOf(request)
  const order = orderOf(page.sort, level)
  const query = selectSites(db, request)
    .leftJoin('areas', 'areas.code', 'sites.area_code')
    .select(db.raw(`${SITE_COLUMNS}, ${level} as "riskLevel"`, moment))
  const rows: (SiteRow & Keyed)[] = await applyKeyset(db, query, order, page, moment)
  return { ...takePage(rows, order, page.limit), total: await countSites(db, request) }
}

export async function countSites(db: Knex, request: FilterRequest): Promise<number> {
  const row = await selectSites(db, request).count('* as count').first()
  return Number(row.count)
}

/** One site, if the scope may see it. */
export async function findSite(
  db: Knex,
  id: string,
  request: Omit<FilterRequest, 'filters'>,
): Promise<SiteDetailRow | undefined> {
  return selectSites(db, { ...request, filters: {} })
    .leftJoin('areas', 'areas.code', 'sites.area_code')
    .select(db.raw(`${DETAIL_COLUMNS}, ${levelOfSite(request)} as "riskLevel"`, momentOf(request)))
    .where('sites.id', id)
    .first()
}

/** What is wrong with a shape, or null where nothing is. */
export async function findShapeFault(db: Knex, geometry: SiteGeometry): Promise<string | null> {
  const result = await db.raw(
    `select case when ST_IsValid(geom) then null else ST_IsValidReason(geom) end as fault
     from (select ST_SetSRID(ST_GeomFromGeoJSON(?), 4326) as geom) as shape`,
    [JSON.stringify(geometry)],
  )
  return result.rows[0].fault
}

/** The area of a valid shape: that of a point on it, since a road section may lie in two. */
export async function findAreaOfShape(db: Knex, geometry: SiteGeometry): Promise<string | null> {
  const result = await db.raw(
    `select ${areaOfPoint('shape.point')} as code
     from (select ST_PointOnSurface(ST_SetSRID(ST_GeomFromGeoJSON(?), 4326)) as point) as shape`,
    [JSON.stringify(geometry)],
  )
  return result.rows[0].code
}

/** Hazards without a position of their own, which lie where their site lies. */
export async function listHazardsPlacedBySite(
  transaction: Knex,
  siteId: string,
  areaCode: string | null,
): Promise<{ id: string; version: number; status: string; sector: string; areaCode: string | null }[]> {
  const result = await transaction.raw(
    `select id, version, status, sector, area_code as "areaCode" from hazards
     where site_id = :siteId and area_basis = 'site' and withdrawn_at is null
       and area_code is distinct from :areaCode
     order by id for update`,
    { siteId, areaCode },
  )
  return result.rows
}
