import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { restrict } from '../access/restrict.ts'
import { LISTED, PLANNED, PROVIDED, selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { COUNTED_STATUSES, lastDayOf, type MonthCount, type ReportArea } from './monthly-model.ts'

const count = (condition: string): string => `count(*) filter (where ${condition})::int`
const general = `hazards.severity = 'general'`
const major = `hazards.severity = 'major'`
const closed = `hazards.status = 'closed'`

/** What was found in each of the months, by area, as it stands at the moment that the request asks for. */
export async function countMonths(
  db: Knex,
  request: FilterRequest,
  { from, to }: { from: string; to: string },
): Promise<MonthCount[]> {
  const filters = {
    ...request.filters,
    status: COUNTED_STATUSES,
    foundFrom: `${from}-01`,
    foundTo: lastDayOf(to),
  }
  return selectHazards(db, { ...request, filters })
    .select(
      db.raw(
        `to_char(hazards.found_on, 'YYYY-MM') as month, hazards.area_code as area,
         ${count(general)} as "generalFound", ${count(`${general} and ${closed}`)} as "generalClosed",
         ${count(major)} as "majorFound", ${count(`${major} and ${closed}`)} as "majorClosed",
         ${count(`${major} and ${PLANNED}`)} as planned, ${count(`${major} and ${PROVIDED}`)} as provided,
         ${count(`${major} and ${LISTED}`)} as listed,
         coalesce(sum(hazards.funds_wan), 0)::float8 as "fundsWan",
         ${count(`hazards.severity = 'suspected_major'`)} as "suspectedFound"`,
      ),
    )
    .groupByRaw('1, 2')
}

/** The areas that the scope may see, the zone first. */
export async function listReportAreas(db: Knex, scope: Scope): Promise<ReportArea[]> {
  return restrict(db('areas'), scope, { area: 'code', sector: null })
    .select('code', 'name', 'kind', 'parent_code as parentCode')
    .orderBy('code')
}
