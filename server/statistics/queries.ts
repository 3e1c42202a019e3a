import type { Knex } from 'knex'
import { STATUSES, type SummaryDimension } from '../core/vocabulary.ts'
import { OVERDUE, selectHazards, sitesAt } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { atEndOf, foundWithin, type Period } from './model.ts'
import type { Statistics, SummaryItem } from './schema.ts'

interface Dimension {
  expressions: string[]
  columns: string[]
  join?: (db: Knex, query: Knex.QueryBuilder, request: FilterRequest) => void
}

const DIMENSIONS: Record<SummaryDimension, Dimension> = {
  area: {
    expressions: ['hazards.area_code', 'areas.name'],
    columns: ['area', 'areaName'],
    join: (_db, query) => query.leftJoin('areas', 'areas.code', 'hazards.area_code'),
  },
  sector: { expressions: ['hazards.sector'], columns: ['sector'] },
  severity: { expressions: ['hazards.severity'], columns: ['severity'] },
  status: { expressions: ['hazards.status'], columns: ['status'] },
  riskLevel: {
    expressions: ['sites.risk_level'],
    columns: ['riskLevel'],
    join: (db, query, request) => query.leftJoin(sitesAt(db, request), 'sites.id', 'hazards.site_id'),
  },
  month: { expressions: [`to_char(hazards.found_on, 'YYYY-MM')`], columns: ['month'] },
  clause: {
    expressions: [
      'hazards.clause_id',
      `nullif(concat_ws(' ', clauses.document_number, clauses.article), '')`,
    ],
    columns: ['clause', 'clauseTitle'],
    join: (_db, query) => query.leftJoin('clauses', 'clauses.id', 'hazards.clause_id'),
  },
}

/** The hazards of a filter counted by any dimensions; without any, one count. */
export async function countSummary(
  db: Knex,
  request: FilterRequest,
  by: readonly SummaryDimension[],
): Promise<SummaryItem[]> {
  const query = selectHazards(db, request).select(db.raw('count(*)::int as count'))
  for (const name of by) {
    const dimension = DIMENSIONS[name]
    dimension.join?.(db, query, request)
    dimension.expressions.forEach((expression, index) => {
      query.select(db.raw(`${expression} as "${dimension.columns[index]}"`)).groupByRaw(expression)
    })
  }
  return query
}

// what was looked into and found to be no hazard counts for nobody's figures, unless it is asked for by name
const FOUND = STATUSES.filter((status) => status !== 'rejected')

/** What was found in a period, as known now. */
function selectFound(db: Knex, request: FilterRequest, period: Period): Knex.QueryBuilder {
  const status = request.filters.status ?? FOUND
  return selectHazards(db, { ...request, filters: { ...foundWithin(request.filters, period), status } })
}

/** Of what was found in a period, what stood closed when it ended. */
function selectClosedAtEnd(db: Knex, request: FilterRequest, period: Period): Knex.QueryBuilder {
  const atEnd = atEndOf(request, period.to)
  return selectFound(db, atEnd, period).where('hazards.status', 'closed')
}

/** All that was open and overdue when the period ended, whenever it was found. */
function selectOverdueAtEnd(db: Knex, request: FilterRequest, period: Period): Knex.QueryBuilder {
  const atEnd = atEndOf(request, period.to)
  return selectHazards(db, atEnd).whereRaw(OVERDUE, { today: atEnd.today })
}

export async function readFigures(
  db: Knex,
  request: FilterRequest,
  period: Period,
): Promise<Statistics['figures']> {
  const found = await selectFound(db, request, period)
    .select(
      db.raw(`count(*)::int as found, count(*) filter (where hazards.severity = 'major')::int as major`),
    )
    .first()
  const closed = await selectClosedAtEnd(db, request, period)
    .select(
      db.raw(
        `count(*)::int as closed,
         round(avg(hazards.closed_on - hazards.found_on), 1)::float8 as "averageDaysToClose"`,
      ),
    )
    .first()
  const overdue = await selectOverdueAtEnd(db, request, period)
    .select(db.raw('count(*)::int as overdue'))
    .first()
  return { ...found, ...closed, ...overdue }
}

export async function readFiguresByArea(
  db: Knex,
  request: FilterRequest,
  period: Period,
): Promise<Statistics['byArea']> {
  const ones = (found: number, closed: number, overdue: number) =>
    db.raw(`hazards.area_code, ${found} as found, ${closed} as closed, ${overdue} as overdue`)
  const counted = selectFound(db, request, period)
    .select(ones(1, 0, 0))
    .unionAll([
      selectClosedAtEnd(db, request, period).select(ones(0, 1, 0)),
      selectOverdueAtEnd(db, request, period).select(ones(0, 0, 1)),
    ])
  return db
    .from(counted.as('counted'))
    .leftJoin('areas', 'areas.code', 'counted.area_code')
    .select(
      db.raw(
        `counted.area_code as area, areas.name as "areaName", sum(counted.found)::int as found,
         sum(counted.closed)::int as closed, sum(counted.overdue)::int as overdue`,
      ),
    )
    .groupByRaw('1, 2')
    .orderByRaw('1 nulls last')
}

export async function countAreaBySector(
  db: Knex,
  request: FilterRequest,
  period: Period,
): Promise<Statistics['areaBySector']> {
  return selectFound(db, request, period)
    .select(db.raw('hazards.area_code as area, hazards.sector, count(*)::int as count'))
    .groupByRaw('1, 2')
}

/** How many hazards stood open, overdue and major at the end of a day, from the states kept of each. */
export async function readTrendPoint(
  db: Knex,
  request: FilterRequest,
  day: string,
): Promise<Statistics['trend'][number]> {
  const atEnd = atEndOf(request, day)
  const { status, ...filters } = atEnd.filters
  const counts = await selectHazards(db, { ...atEnd, filters: { ...filters, status: ['open'] } })
    .select(
      db.raw(
        `count(*)::int as open, count(*) filter (where ${OVERDUE})::int as overdue,
         count(*) filter (where hazards.severity = 'major')::int as major`,
        { today: atEnd.today },
      ),
    )
    .first()
  return { day, ...counts }
}
