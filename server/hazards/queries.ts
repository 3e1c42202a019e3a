import type { Knex } from 'knex'
import { CONFIRMED, joinConfirmation } from '../clauses/standing.ts'
import { decodeCursor, encodeCursor } from '../core/paging.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { OVERDUE, selectHazards, sitesAt } from './filter.ts'
import type { HazardDetailRow, HazardRow } from './model.ts'
import type { HazardSort } from './schema.ts'

/** The columns of a hazard in a list; `:today` is the day that lateness is judged on. */
const LIST_COLUMNS = `
  hazards.id, hazards.number, hazards.description, hazards.sector, hazards.severity, hazards.status,
  ${OVERDUE} is true as overdue,
  hazards.found_on as "foundOn", hazards.due_on as "dueOn", hazards.closed_on as "closedOn",
  hazards.area_code as "areaCode", areas.name as "areaName",
  hazards.site_id as "siteId", sites.name as "siteName", sites.risk_level as "siteRiskLevel",
  hazards.clause_id as "clauseId", clauses.document_number as "clauseDocument", clauses.article as "clauseArticle",
  ${CONFIRMED} as "clauseConfirmed",
  hazards.responsible_unit as "responsibleUnit", hazards.responsible_person as "responsiblePerson",
  ST_X(hazards.geom) as lng, ST_Y(hazards.geom) as lat,
  hazards.is_example as "isExample", hazards.version, hazards.updated_at as "updatedAt"`

export const DETAIL_COLUMNS = `${LIST_COLUMNS},
  hazards.location_text as "locationText", hazards.category, hazards.found_by as "foundBy",
  hazards.original_due_on as "originalDueOn", hazards.extension_count as "extensionCount",
  hazards.accepted_by as "acceptedBy", hazards.measures, hazards.funds_wan as "fundsWan",
  hazards.contingency_plan as "contingencyPlan", hazards.supervisor, hazards.result, hazards.origin,
  hazards.is_listed as "isListed", hazards.listing_document as "listingDocument",
  hazards.submitted_by as "submittedBy", hazards.coordinate_text as "coordinateText",
  hazards.coordinate_system as "coordinateSystem", hazards.created_at as "createdAt"`

/** The hazards of a filter with the names of what they refer to; whether a clause is confirmed is told as of then. */
export const selectNamedHazards = (db: Knex, request: FilterRequest): Knex.QueryBuilder =>
  joinConfirmation(
    selectHazards(db, request)
      .leftJoin('areas', 'areas.code', 'hazards.area_code')
      .leftJoin(sitesAt(db, request), 'sites.id', 'hazards.site_id')
      .leftJoin('clauses', 'clauses.id', 'hazards.clause_id'),
    request.asOf,
  )

export interface SortKey {
  expression: string
  type: 'int' | 'date' | 'text' | 'timestamptz' | 'uuid'
}

/** Each order ends with the id, so that no page repeats or loses a row. Nulls have a place of their own. */
export const SORT_KEYS: Record<string, SortKey[]> = {
  urgency: [
    { expression: `(case when ${OVERDUE} then 0 else 1 end)`, type: 'int' },
    { expression: `coalesce(hazards.due_on, date '9999-12-31')`, type: 'date' },
  ],
  foundOn: [{ expression: 'hazards.found_on', type: 'date' }],
  dueOn: [{ expression: `coalesce(hazards.due_on, date '9999-12-31')`, type: 'date' }],
  updatedAt: [{ expression: `date_trunc('milliseconds', hazards.updated_at)`, type: 'timestamptz' }],
  number: [{ expression: 'hazards.number', type: 'text' }],
  severity: [
    {
      expression: `(case hazards.severity when 'major' then 2 when 'suspected_major' then 1 else 0 end)`,
      type: 'int',
    },
  ],
}

export interface PageRequest {
  limit: number
  cursor?: string | undefined
  sort: HazardSort
}

export interface HazardPageRows {
  rows: HazardRow[]
  total: number
  nextCursor: string | null
}

/** Thrown for a cursor that is not ours or belongs to another order. */
export class CursorError extends Error {}

export async function listHazards(
  db: Knex,
  request: FilterRequest,
  page: PageRequest,
): Promise<HazardPageRows> {
  const isDescending = page.sort.startsWith('-')
  const keys: SortKey[] = [
    ...(SORT_KEYS[page.sort.replace(/^-/, '')] ?? []),
    { expression: 'hazards.id', type: 'uuid' },
  ]
  const { today } = request
  const query = selectNamedHazards(db, request)
  const keyColumns = keys.map((key, index) => `${key.expression} as "key${index}"`).join(', ')
  query.select(db.raw(`${LIST_COLUMNS}, ${keyColumns}`, { today }))
  for (const key of keys) query.orderByRaw(`${key.expression} ${isDescending ? 'desc' : 'asc'}`, { today })
  if (page.cursor) applyCursor(query, page.cursor, keys, isDescending, today)
  const rows: (HazardRow & Record<`key${number}`, string | number | Date>)[] = await query.limit(
    page.limit + 1,
  )
  const total = await countHazards(db, request)
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  const nextCursor = last ? encodeCursor(keys.map((_, index) => asCursorValue(last[`key${index}`]))) : null
  return { rows: shown, total, nextCursor }
}

const asCursorValue = (value: string | number | Date | undefined): string | number | null =>
  value instanceof Date ? value.toISOString() : (value ?? null)

function applyCursor(
  query: Knex.QueryBuilder,
  cursor: string,
  keys: SortKey[],
  isDescending: boolean,
  today: string,
): void {
  const values = decodeCursor(cursor, keys.length)
  const isFitting = values?.every((value, index) => isKeyValue(value, keys[index]?.type))
  if (!values || !isFitting) throw new CursorError()
  const bindings: Record<string, string | number> = { today }
  values.forEach((value, index) => {
    bindings[`key${index}`] = value as string | number
  })
  const left = keys.map((key) => key.expression).join(', ')
  const right = keys.map((key, index) => `:key${index}::${key.type}`).join(', ')
  query.whereRaw(`(${left}) ${isDescending ? '<' : '>'} (${right})`, bindings)
}

function isKeyValue(value: unknown, type: SortKey['type'] | undefined): boolean {
  if (type === 'int') return Number.isInteger(value)
  if (typeof value !== 'string') return false
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value)
  if (type === 'timestamptz') return !Number.isNaN(Date.parse(value))
  if (type === 'uuid') return /^[0-9a-f-]{36}$/.test(value)
  return true
}

export async function countHazards(db: Knex, request: FilterRequest): Promise<number> {
  const row = await selectHazards(db, request).count('* as count').first()
  return Number(row.count)
}

/** One hazard, if the scope may see it. */
export async function findHazard(
  db: Knex,
  id: string,
  request: Omit<FilterRequest, 'filters'>,
): Promise<HazardDetailRow | undefined> {
  const query = selectNamedHazards(db, { ...request, filters: {} })
  return query
    .select(db.raw(DETAIL_COLUMNS, { today: request.today }))
    .where('hazards.id', id)
    .first()
}

/** Several hazards, those of them that the scope may see. */
export async function findHazards(
  db: Knex,
  ids: string[],
  request: Omit<FilterRequest, 'filters'>,
): Promise<HazardDetailRow[]> {
  const query = selectNamedHazards(db, { ...request, filters: {} })
  return query.select(db.raw(DETAIL_COLUMNS, { today: request.today })).whereIn('hazards.id', ids)
}

export interface HazardEventRow {
  id: string
  sequence: number
  action: string
  fromStatus: string | null
  toStatus: string | null
  changes: Record<string, { from: unknown; to: unknown }>
  note: string | null
  actorName: string
  occurredAt: Date
  photoIds: string[]
}

/** The events of a hazard, oldest first. The caller has made sure that the hazard may be seen. */
export async function listHazardEvents(db: Knex, hazardId: string): Promise<HazardEventRow[]> {
  const result = await db.raw(
    `select id, sequence, action, from_status as "fromStatus", to_status as "toStatus", changes, note,
       actor_name as "actorName", occurred_at as "occurredAt",
       array(select id from hazard_photos where event_id = hazard_events.id order by created_at, id) as "photoIds"
     from hazard_events where hazard_id = ? order by sequence`,
    [hazardId],
  )
  return result.rows
}

/** Where a site that is not retired lies. */
export async function findSiteFacts(db: Knex, id: string): Promise<{ areaCode: string | null } | undefined> {
  return db('sites').select('area_code as areaCode').where({ id }).whereNull('retired_at').first()
}
