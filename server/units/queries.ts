import type { Knex } from 'knex'
import type { RiskLevel } from '../core/vocabulary.ts'
import type { Arithmetic, SubstanceInput } from '../risk/assess-schema.ts'
import type { UnitRow } from './model.ts'

const COLUMNS = `site_units.id, site_units.site_id as "siteId", site_units.name, site_units.kind, site_units.substances,
  site_units.exposed_people as "exposedPeople", site_units.exposed_reason as "exposedReason",
  site_units.is_example as "isExample", site_units.version, site_units.updated_at as "updatedAt",
  sites.exposed_people as "countedPeople", sites.exposure`

const selectUnits = (db: Knex): Knex.QueryBuilder =>
  db('site_units')
    .join('sites', 'sites.id', 'site_units.site_id')
    .select(db.raw(COLUMNS))
    .whereNull('site_units.retired_at')
    .orderByRaw('site_units.created_at, site_units.id')

export async function listUnits(db: Knex, siteIds: readonly string[]): Promise<UnitRow[]> {
  return selectUnits(db).whereIn('site_units.site_id', [...siteIds])
}

export async function findUnit(db: Knex, siteId: string, id: string): Promise<UnitRow | undefined> {
  return selectUnits(db).where({ 'site_units.site_id': siteId, 'site_units.id': id }).first()
}

/** The standing risk that followed from a unit. */
export interface UnitRisk {
  id: string
  unitId: string
  version: number
  name: string
  score: number | null
  level: RiskLevel
  inputs: { exposedPeople?: number; units?: { substances: SubstanceInput[] }[] }
  arithmetic: Arithmetic | null
}

export async function listUnitRisks(db: Knex, unitIds: readonly string[]): Promise<UnitRisk[]> {
  return db('risks')
    .select('id', 'unit_id as unitId', 'version', 'name', 'score', 'level', 'inputs', 'arithmetic')
    .whereIn('unit_id', [...unitIds])
    .whereNull('retired_at')
}

/** Holds a site until the transaction ends, so that a unit is never judged by two writers at once. */
export async function lockSite(transaction: Knex, siteId: string): Promise<void> {
  await transaction('sites').select('id').where({ id: siteId }).forUpdate()
}
