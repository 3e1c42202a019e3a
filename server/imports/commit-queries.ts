import type { Knex } from 'knex'
import { STATE_COLUMNS } from '../hazards/write.ts'
import type { RiskReading } from './match-risks.ts'
import type { SiteReading } from './match-sites.ts'

const BATCH = 500

async function inBatches<T>(values: readonly T[], write: (batch: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < values.length; start += BATCH) await write(values.slice(start, start + BATCH))
}

/** The change sequence, held until the transaction ends: nobody else can change map data meanwhile. */
export async function holdSequence(transaction: Knex): Promise<number> {
  const row = await transaction('change_sequence').select('value').where({ id: 1 }).forUpdate().first()
  return row.value
}

/**
 * The past of imported hazards as far as a ledger tells it: as found from the day of finding, and closed from the day
 * of closing. Before the closing they were being rectified; more the ledger does not say.
 */
export async function recordImportedStates(
  transaction: Knex,
  moments: readonly { id: string; foundAt: Date; closedAt: Date | null }[],
  at: Date,
): Promise<void> {
  const columns = STATE_COLUMNS.split(', ')
  const present = columns.map((column) => `hazards.${column}`).join(', ')
  const beforeClosing: Record<string, string> = {
    status: `'rectifying'`,
    closed_on: 'null::date',
    accepted_by: 'null',
    result: 'null',
  }
  const past = columns.map((column) => beforeClosing[column] ?? `hazards.${column}`).join(', ')
  await inBatches(moments, async (batch) => {
    const bindings = { moments: JSON.stringify(batch), at }
    const source = `jsonb_to_recordset(:moments::jsonb) as moment(id uuid, "foundAt" timestamptz, "closedAt" timestamptz)
      join hazards on hazards.id = moment.id`
    await transaction.raw(
      `insert into hazard_states (${STATE_COLUMNS}, valid_from, valid_to, recorded_from, recorded_to)
       select ${past}, moment."foundAt", moment."closedAt", :at::timestamptz, :at::timestamptz from ${source} where moment."closedAt" is not null`,
      bindings,
    )
    await transaction.raw(
      `insert into hazard_states (${STATE_COLUMNS}, valid_from, recorded_from)
       select ${present}, coalesce(moment."closedAt", moment."foundAt"), :at::timestamptz from ${source}`,
      bindings,
    )
  })
}

type NewSite = SiteReading & { id: string }

export async function insertSites(
  transaction: Knex,
  importId: string,
  at: Date,
  sites: readonly NewSite[],
): Promise<void> {
  await inBatches(sites, (batch) =>
    transaction.raw(
      `insert into sites (id, row_key, name, credit_code, kind, sector, area_code, area_basis, address,
         responsible_unit, responsible_person, responsible_phone, geom, coordinate_text, coordinate_system,
         is_example, import_id, created_at, updated_at)
       select id, "rowKey", name, "creditCode", kind, sector, "areaCode", "areaBasis", address,
         "responsibleUnit", "responsiblePerson", "responsiblePhone",
         case when lng is not null then ST_SetSRID(ST_MakePoint(lng, lat), 4326) end,
         "coordinateText", "coordinateSystem", "isExample", :importId::uuid, :at::timestamptz, :at::timestamptz
       from jsonb_to_recordset(:sites::jsonb) as site(id uuid, "rowKey" text, name text, "creditCode" text, kind text,
         sector text, "areaCode" text, "areaBasis" text, address text, "responsibleUnit" text,
         "responsiblePerson" text, "responsiblePhone" text, lng float8, lat float8, "coordinateText" text,
         "coordinateSystem" text, "isExample" boolean)`,
      { importId, at, sites: JSON.stringify(batch) },
    ),
  )
}

type NewRisk = Omit<RiskReading, 'site'> & { id: string; siteId: string }

export async function insertRisks(
  transaction: Knex,
  importId: string,
  at: Date,
  risks: readonly NewRisk[],
): Promise<void> {
  await inBatches(risks, (batch) =>
    transaction.raw(
      `insert into risks (id, row_key, site_id, name, kind, hazard_factors, accident_types, method, inputs, score, level,
         engineering_controls, management_controls, training_controls, protection_controls, emergency_controls,
         control_level, responsible_unit, responsible_person, check_frequency, assessed_on, assessed_by, next_review_on,
         residual_level, arithmetic, is_example,
         import_id, created_at, updated_at)
       select id, "rowKey", "siteId", name, kind, "hazardFactors", "accidentTypes", method, inputs, score, level,
         "engineeringControls", "managementControls", "trainingControls", "protectionControls", "emergencyControls",
         "controlLevel", "responsibleUnit", "responsiblePerson", "checkFrequency", "assessedOn", "assessedBy",
         "nextReviewOn", "residualLevel", arithmetic, "isExample", :importId::uuid, :at::timestamptz, :at::timestamptz
       from jsonb_to_recordset(:risks::jsonb) as risk(id uuid, "rowKey" text, "siteId" uuid, name text, kind text,
         "hazardFactors" text, "accidentTypes" text, method text, inputs jsonb, score float8, level int,
         "engineeringControls" text, "managementControls" text, "trainingControls" text, "protectionControls" text,
         "emergencyControls" text, "controlLevel" text, "responsibleUnit" text, "responsiblePerson" text,
         "checkFrequency" text, "assessedOn" date, "assessedBy" text, "nextReviewOn" date,
         "residualLevel" int, arithmetic jsonb, "isExample" boolean)`,
      { importId, at, risks: JSON.stringify(batch) },
    ),
  )
}

const SITE_COLUMNS: Record<string, string> = {
  name: 'name',
  creditCode: 'credit_code',
  sector: 'sector',
  kind: 'kind',
  address: 'address',
  responsibleUnit: 'responsible_unit',
  responsiblePerson: 'responsible_person',
  responsiblePhone: 'responsible_phone',
  areaCode: 'area_code',
  areaBasis: 'area_basis',
  coordinateText: 'coordinate_text',
  coordinateSystem: 'coordinate_system',
  rowKey: 'row_key',
  importId: 'import_id',
}
const RISK_COLUMNS: Record<string, string> = {
  name: 'name',
  kind: 'kind',
  hazardFactors: 'hazard_factors',
  accidentTypes: 'accident_types',
  method: 'method',
  inputs: 'inputs',
  score: 'score',
  level: 'level',
  engineeringControls: 'engineering_controls',
  managementControls: 'management_controls',
  trainingControls: 'training_controls',
  protectionControls: 'protection_controls',
  emergencyControls: 'emergency_controls',
  controlLevel: 'control_level',
  responsibleUnit: 'responsible_unit',
  responsiblePerson: 'responsible_person',
  checkFrequency: 'check_frequency',
  assessedOn: 'assessed_on',
  assessedBy: 'assessed_by',
  nextReviewOn: 'next_review_on',
  residualLevel: 'residual_level',
  arithmetic: 'arithmetic',
  importId: 'import_id',
}

export interface VersionedChange {
  id: string
  version: number
  values: Record<string, unknown>
}

/** Changes a site or risk if it still has the version; answers whether it did. */
export async function updateVersioned(
  transaction: Knex,
  table: 'sites' | 'risks',
  { id, version, values }: VersionedChange,
  at: Date,
): Promise<boolean> {
  const names = table === 'sites' ? SITE_COLUMNS : RISK_COLUMNS
  const columns: Record<string, unknown> = { version: version + 1, updated_at: at }
  for (const [field, value] of Object.entries(values)) {
    const column = names[field]
    if (column) columns[column] = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  }
  if (table === 'sites' && 'lng' in values) {
    const { lng, lat } = values as { lng: number | null; lat: number | null }
    columns.geom = lng === null ? null : transaction.raw('ST_SetSRID(ST_MakePoint(?, ?), 4326)', [lng, lat])
  }
  const count = await transaction(table).where({ id, version }).whereNull('retired_at').update(columns)
  return count === 1
}

/** The areas and sectors that things belong to, for telling who is concerned by a change. */
export async function listWhereabouts(
  db: Knex,
  table: 'sites' | 'hazards',
  ids: readonly string[],
): Promise<{ areaCode: string | null; sector: string }[]> {
  if (ids.length === 0) return []
  return db(table)
    .distinct('area_code as areaCode', 'sector')
    .whereRaw('id in (select jsonb_array_elements_text(?::jsonb)::uuid)', [JSON.stringify(ids)])
}
