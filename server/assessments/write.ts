import type { Knex } from 'knex'
import type { RiskLevel } from '../core/vocabulary.ts'
import type { Judgement } from './judge.ts'

/** What a person writes of a risk; fields that are left out stay as they are. */
export interface RiskTexts {
  name?: string
  kind?: string | null
  hazardFactors?: string | null
  accidentTypes?: string | null
  engineeringControls?: string | null
  managementControls?: string | null
  trainingControls?: string | null
  protectionControls?: string | null
  emergencyControls?: string | null
  controlLevel?: string | null
  responsibleUnit?: string | null
  responsiblePerson?: string | null
  checkFrequency?: string | null
  assessedBy?: string | null
  nextReviewOn?: string | null
  residualLevel?: RiskLevel | null
}

const COLUMN_OF: Record<keyof RiskTexts, string> = {
  name: 'name',
  kind: 'kind',
  hazardFactors: 'hazard_factors',
  accidentTypes: 'accident_types',
  engineeringControls: 'engineering_controls',
  managementControls: 'management_controls',
  trainingControls: 'training_controls',
  protectionControls: 'protection_controls',
  emergencyControls: 'emergency_controls',
  controlLevel: 'control_level',
  responsibleUnit: 'responsible_unit',
  responsiblePerson: 'responsible_person',
  checkFrequency: 'check_frequency',
  assessedBy: 'assessed_by',
  nextReviewOn: 'next_review_on',
  residualLevel: 'residual_level',
}
export const RISK_TEXT_FIELDS = Object.keys(COLUMN_OF) as (keyof RiskTexts)[]

function asColumns(texts: RiskTexts): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  for (const field of RISK_TEXT_FIELDS) {
    if (texts[field] !== undefined) columns[COLUMN_OF[field]] = texts[field]
  }
  return columns
}

const judgementColumns = (judgement: Judgement) => ({
  method: judgement.method,
  inputs: JSON.stringify(judgement.inputs),
  score: judgement.score,
  level: judgement.level,
  clause_id: judgement.clauseId,
  arithmetic: JSON.stringify(judgement.arithmetic),
})

export interface FreshRisk {
  id: string
  siteId: string
  unitId: string | null
  isExample: boolean
  assessedOn: string
  texts: RiskTexts & { name: string }
  judgement: Judgement
}

export async function insertRisk(transaction: Knex, risk: FreshRisk, at: Date): Promise<void> {
  await transaction('risks').insert({
    id: risk.id,
    site_id: risk.siteId,
    unit_id: risk.unitId,
    is_example: risk.isExample,
    assessed_on: risk.assessedOn,
    ...asColumns(risk.texts),
    ...judgementColumns(risk.judgement),
    created_at: at,
    updated_at: at,
  })
}

/** What goes over from an assessment to the one that takes its place. */
const INHERITED = `row_key, site_id, unit_id, is_example, name, kind, hazard_factors, accident_types,
  engineering_controls, management_controls, training_controls, protection_controls, emergency_controls,
  control_level, responsible_unit, responsible_person, check_frequency, residual_level`

export interface Superseding {
  oldId: string
  id: string
  assessedOn: string
  texts: RiskTexts
  judgement: Judgement
}

/** Puts a new assessment in the place of one that has just been retired. */
export async function insertSuperseding(transaction: Knex, fresh: Superseding, at: Date): Promise<void> {
  await transaction.raw(
    `insert into risks (id, supersedes_id, ${INHERITED}, method, level, assessed_on, created_at, updated_at)
     select :id::uuid, id, ${INHERITED}, :method, :level::int, :assessedOn::date, :at::timestamptz, :at::timestamptz
     from risks where id = :oldId::uuid`,
    {
      id: fresh.id,
      oldId: fresh.oldId,
      method: fresh.judgement.method,
      level: fresh.judgement.level,
      assessedOn: fresh.assessedOn,
      at,
    },
  )
  await transaction('risks')
    .where({ id: fresh.id })
    .update({ ...asColumns(fresh.texts), ...judgementColumns(fresh.judgement) })
}

/** Takes a risk out of the list if it still has the version; answers whether it did. */
export async function retireRisk(
  transaction: Knex,
  { id, version }: { id: string; version: number },
  at: Date,
  why: { reason: string; name: string } | null = null,
): Promise<boolean> {
  const count = await transaction('risks')
    .where({ id, version })
    .whereNull('retired_at')
    .update({
      retired_at: at,
      retired_reason: why?.reason ?? null,
      retired_by_name: why?.name ?? null,
      updated_at: at,
      version: version + 1,
    })
  return count === 1
}

/** Changes the texts of a risk if it still has the version; answers whether it did. */
export async function updateRiskTexts(
  transaction: Knex,
  { id, version }: { id: string; version: number },
  texts: RiskTexts,
  at: Date,
): Promise<boolean> {
  const count = await transaction('risks')
    .where({ id, version })
    .whereNull('retired_at')
    .update({ ...asColumns(texts), updated_at: at, version: version + 1 })
  return count === 1
}
