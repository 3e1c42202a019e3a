import type { Knex } from 'knex'
import type { RiskLevel, RiskMethod } from '../core/vocabulary.ts'
import type { Arithmetic } from '../risk/assess-schema.ts'

/** Where a risk hangs, whoever asks; whether the asker may see it is a question of its site. */
export async function findRiskStanding(
  db: Knex,
  id: string,
): Promise<{ siteId: string; unitId: string | null; assessedOn: string | null } | undefined> {
  return db('risks')
    .select('site_id as siteId', 'unit_id as unitId', 'assessed_on as assessedOn')
    .where({ id })
    .whereNull('retired_at')
    .first()
}

export interface PastRow {
  id: string
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  arithmetic: Arithmetic | null
  assessedOn: string | null
  assessedBy: string | null
  retiredOn: string | null
  retiredReason: string | null
}

/** The assessments that a risk took the place of, newest first. */
export async function listPastAssessments(db: Knex, id: string): Promise<PastRow[]> {
  const result = await db.raw(
    `with recursive chain as (
       select risks.*, 0 as age from risks where id = :id
       union all
       select risks.*, chain.age + 1 from risks join chain on risks.id = chain.supersedes_id
     )
     select id, method, inputs, score, level, arithmetic, assessed_on as "assessedOn", assessed_by as "assessedBy",
       (retired_at at time zone 'Asia/Shanghai')::date as "retiredOn", retired_reason as "retiredReason"
     from chain where age > 0 order by age`,
    { id },
  )
  return result.rows
}

export interface RiskState {
  id: string
  name: string
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  assessedOn: string | null
  isRetired: boolean
  recordedFrom: Date
  recordedTo: Date | null
}

/** How a site's risks stood, state by state, as far as was known at a moment. */
export async function listRiskStates(db: Knex, siteId: string, asOf: Date | null): Promise<RiskState[]> {
  const query = db('risk_states')
    .select(
      'id',
      'name',
      'method',
      'inputs',
      'score',
      'level',
      'assessed_on as assessedOn',
      db.raw('retired_at is not null as "isRetired"'),
      'recorded_from as recordedFrom',
      'recorded_to as recordedTo',
    )
    .where({ site_id: siteId })
    .orderBy([{ column: 'recorded_from' }, { column: 'id' }])
  return asOf === null ? query : query.where('recorded_from', '<', asOf)
}

export interface LevelState {
  level: RiskLevel | null
  recordedFrom: Date
}

export async function listLevelStates(db: Knex, siteId: string, asOf: Date | null): Promise<LevelState[]> {
  const query = db('site_states')
    .select('risk_level as level', 'recorded_from as recordedFrom')
    .where({ id: siteId })
    .orderBy('recorded_from')
  return asOf === null ? query : query.where('recorded_from', '<', asOf)
}
