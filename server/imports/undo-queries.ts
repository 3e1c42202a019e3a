import type { Knex } from 'knex'
import type { Severity, Status } from '../core/vocabulary.ts'

/** What stands in the way of undoing: the version now, and who came after. */
export interface Standing {
  id: string
  title: string
  version: number
  isGone: boolean
  /** Other things that hang on it, in words; null: none. */
  inUse: string | null
  lastActor: string | null
}

const idsOf = (ids: readonly string[]) => ({ ids: JSON.stringify(ids) })
const ASKED = `select jsonb_array_elements_text(:ids::jsonb)::uuid as id`

export async function listHazardStandings(
  db: Knex,
  ids: readonly string[],
): Promise<(Standing & { status: Status; severity: Severity })[]> {
  const result = await db.raw(
    `select hazards.id, hazards.number as title, hazards.version, hazards.withdrawn_at is not null as "isGone",
       hazards.status, hazards.severity,
       case when exists (select 1 from drill_hazards where hazard_id = hazards.id) then '已列入演练' end as "inUse",
       (select actor_name from hazard_events where hazard_id = hazards.id order by sequence desc limit 1) as "lastActor"
     from (${ASKED}) asked join hazards on hazards.id = asked.id`,
    idsOf(ids),
  )
  return result.rows
}

export async function listSiteStandings(db: Knex, ids: readonly string[]): Promise<Standing[]> {
  const result = await db.raw(
    `select sites.id, sites.name as title, sites.version, sites.retired_at is not null as "isGone",
       case
         when exists (select 1 from risks where site_id = sites.id and retired_at is null) then '还有风险挂在这处场所'
         when exists (select 1 from hazards where site_id = sites.id and withdrawn_at is null) then '还有隐患挂在这处场所'
         when exists (select 1 from drills where site_id = sites.id) then '已列入演练'
       end as "inUse",
       null as "lastActor"
     from (${ASKED}) asked join sites on sites.id = asked.id`,
    idsOf(ids),
  )
  return result.rows
}

export async function listRiskStandings(
  db: Knex,
  ids: readonly string[],
): Promise<(Standing & { siteId: string })[]> {
  const result = await db.raw(
    `select risks.id, risks.name as title, risks.version, risks.retired_at is not null as "isGone",
       null as "inUse", null as "lastActor", risks.site_id as "siteId"
     from (${ASKED}) asked join risks on risks.id = asked.id`,
    idsOf(ids),
  )
  return result.rows
}

/** The places that an import made on the way, untouched since. */
export async function listSitesMadeBy(db: Knex, importId: string): Promise<string[]> {
  return db('sites').where({ import_id: importId, version: 1 }).whereNull('retired_at').pluck('id')
}

export async function withdrawHazards(transaction: Knex, ids: readonly string[], at: Date): Promise<void> {
  await transaction.raw(
    `update hazards set withdrawn_at = :at::timestamptz, updated_at = :at::timestamptz, version = version + 1
     where id in (select jsonb_array_elements_text(:ids::jsonb)::uuid)`,
    { at, ...idsOf(ids) },
  )
}

export async function retire(
  transaction: Knex,
  table: 'sites' | 'risks',
  ids: readonly string[],
  at: Date,
): Promise<void> {
  await transaction.raw(
    `update ${table === 'sites' ? 'sites' : 'risks'}
     set retired_at = :at::timestamptz, updated_at = :at::timestamptz, version = version + 1
     where id in (select jsonb_array_elements_text(:ids::jsonb)::uuid)`,
    { at, ...idsOf(ids) },
  )
}
