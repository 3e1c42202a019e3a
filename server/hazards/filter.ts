import type { Knex } from 'knex'
import { restrict } from '../access/restrict.ts'
import { type Filters, NO_AREA } from '../core/filters.ts'
import { OPEN_STATUSES, STATUSES, type Status, type StatusFilter } from '../core/vocabulary.ts'
import { wasKnown } from '../db/record.ts'
import { isWithin } from '../db/spatial.ts'
import type { FilterRequest } from '../http/filter-request.ts'

const OPEN_LIST = OPEN_STATUSES.map((status) => `'${status}'`).join(', ')

/** Open, and past its due day. Binds the day of judgement as `:today`. */
export const OVERDUE = `(hazards.status in (${OPEN_LIST}) and hazards.due_on < :today::date)`
/** Under 挂牌督办 and not yet settled. */
export const LISTED = `(hazards.is_listed and hazards.status in (${OPEN_LIST}))`
/** 列入治理计划: open, and measures and deadline are settled. */
export const PLANNED = `(hazards.measures is not null and hazards.due_on is not null
  and hazards.status in (${OPEN_LIST}))`
/** 五到位 (五落实): responsibility, measures, funds, deadline and contingency plan are all settled. */
export const PROVIDED = `(${PLANNED} and coalesce(hazards.responsible_unit, hazards.responsible_person) is not null
  and hazards.funds_wan is not null and hazards.contingency_plan is not null)`

/**
 * The hazards of a filter that the asker may see, as a query over `hazards` (at present, or as they stood at `asOf`)
 * to which the caller adds what to select. Lists, counts, tiles and exports all start here, so they always agree.
 */
export function selectHazards(db: Knex, request: FilterRequest): Knex.QueryBuilder {
  const query = db(request.asOf ? 'hazard_states as hazards' : 'hazards').whereNull('hazards.withdrawn_at')
  if (request.asOf) applyMoment(query, request.asOf, request.isRecorded === true)
  restrict(query, request.scope, { area: 'hazards.area_code', sector: 'hazards.sector' })
  applyWords(db, query, request)
  applyStatus(query, request.filters.status, request.today)
  applyArea(query, request.filters.area, 'hazards.area_code')
  applyText(db, query, request)
  applyBbox(db, query, request.filters.bbox, 'hazards.geom')
  return query
}

function applyMoment(query: Knex.QueryBuilder, asOf: Date, isRecorded: boolean): void {
  if (isRecorded) query.whereRaw(wasKnown('hazards'), { asOf })
  else {
    query
      .where('hazards.valid_from', '<', asOf)
      .where((either) => either.whereNull('hazards.valid_to').orWhere('hazards.valid_to', '>=', asOf))
  }
}

type Moment = Pick<FilterRequest, 'asOf' | 'isRecorded'>

/** The table of sites, under its own name: as they are, or where the record is read as they were known at `asOf`. */
export function sitesAt(db: Knex, { asOf, isRecorded }: Moment): Knex.Raw {
  if (!asOf || !isRecorded) return db.raw('sites')
  return db.raw(`(select * from site_states where ${wasKnown('site_states')}) as sites`, { asOf })
}

function applyWords(db: Knex, query: Knex.QueryBuilder, request: FilterRequest): void {
  const { filters } = request
  if (filters.sector) query.whereIn('hazards.sector', filters.sector)
  if (filters.severity) query.whereIn('hazards.severity', filters.severity)
  if (filters.siteId) query.whereIn('hazards.site_id', filters.siteId)
  if (filters.clauseId) query.whereIn('hazards.clause_id', filters.clauseId)
  if (filters.foundFrom) query.where('hazards.found_on', '>=', filters.foundFrom)
  if (filters.foundTo) query.where('hazards.found_on', '<=', filters.foundTo)
  if (filters.dueFrom) query.where('hazards.due_on', '>=', filters.dueFrom)
  if (filters.dueTo) query.where('hazards.due_on', '<=', filters.dueTo)
  if (filters.riskLevel) {
    const ofLevel = db
      .from(sitesAt(db, request))
      .select('sites.id')
      .whereIn('sites.risk_level', filters.riskLevel)
    query.whereIn('hazards.site_id', ofLevel)
  }
}

/** Words that no status is stored as are derived; together with stored statuses any of them is enough. */
function applyStatus(query: Knex.QueryBuilder, status: StatusFilter[] | undefined, today: string): void {
  if (!status) return
  const stored = status.filter((word): word is Status => (STATUSES as readonly string[]).includes(word))
  query.where((either) => {
    if (stored.length > 0) either.orWhereIn('hazards.status', stored)
    if (status.includes('open')) either.orWhereIn('hazards.status', [...OPEN_STATUSES])
    if (status.includes('overdue')) either.orWhereRaw(OVERDUE, { today })
    if (status.includes('listed')) either.orWhereRaw(LISTED)
    if (status.includes('planned')) either.orWhereRaw(PLANNED)
    if (status.includes('provided')) either.orWhereRaw(PROVIDED)
  })
}

/** Areas with all that lie below them; 'none' stands for outside every area. */
export function applyArea(query: Knex.QueryBuilder, codes: string[] | undefined, column: string): void {
  if (!codes) return
  const named = codes.filter((code) => code !== NO_AREA)
  query.where((either) => {
    if (codes.includes(NO_AREA)) either.orWhereNull(column)
    if (named.length > 0) {
      either.orWhereRaw(
        `?? in (
          with recursive below as (
            select code from areas where code = any(?)
            union
            select areas.code from areas join below on areas.parent_code = below.code
          )
          select code from below)`,
        [column, named],
      )
    }
  })
}

/** A pattern that finds the text as written: % and _ are letters like others. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function applyText(db: Knex, query: Knex.QueryBuilder, request: FilterRequest): void {
  if (!request.filters.q) return
  const pattern = containing(request.filters.q)
  const named = db.from(sitesAt(db, request)).select('sites.id').whereILike('sites.name', pattern)
  query.where((either) => {
    for (const column of [
      'description',
      'number',
      'location_text',
      'responsible_unit',
      'responsible_person',
    ]) {
      either.orWhereILike(`hazards.${column}`, pattern)
    }
    either.orWhereIn('hazards.site_id', named)
  })
}

export function applyBbox(db: Knex, query: Knex.QueryBuilder, bbox: Filters['bbox'], column: string): void {
  if (bbox) query.where(isWithin(db, column, bbox))
}
