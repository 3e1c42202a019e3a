import type { Knex } from 'knex'
import type { UnitKind } from '../core/vocabulary.ts'
import type { SubstanceInput } from '../risk/assess-schema.ts'

export interface UnitRecord {
  name: string
  kind: UnitKind
  substances: SubstanceInput[]
  exposedPeople: number | null
  exposedReason: string | null
}

const asColumns = (record: UnitRecord) => ({
  name: record.name,
  kind: record.kind,
  substances: JSON.stringify(record.substances),
  exposed_people: record.exposedPeople,
  exposed_reason: record.exposedReason,
})

export async function insertUnit(
  transaction: Knex,
  unit: UnitRecord & { id: string; siteId: string; isExample: boolean },
  at: Date,
): Promise<void> {
  await transaction('site_units').insert({
    id: unit.id,
    site_id: unit.siteId,
    is_example: unit.isExample,
    ...asColumns(unit),
    created_at: at,
    updated_at: at,
  })
}

interface Seen {
  id: string
  version: number
}

/** Changes a unit if it still has the version; answers whether it did. */
export async function updateUnit(
  transaction: Knex,
  { id, version }: Seen,
  record: UnitRecord,
  at: Date,
): Promise<boolean> {
  const count = await transaction('site_units')
    .where({ id, version })
    .whereNull('retired_at')
    .update({ ...asColumns(record), updated_at: at, version: version + 1 })
  return count === 1
}

/** Takes a unit out of use if it still has the version; answers whether it did. */
export async function retireUnit(
  transaction: Knex,
  { id, version }: Seen,
  at: Date,
  why: { reason: string; name: string },
): Promise<boolean> {
  const count = await transaction('site_units')
    .where({ id, version })
    .whereNull('retired_at')
    .update({
      retired_at: at,
      retired_reason: why.reason,
      retired_by_name: why.name,
      updated_at: at,
      version: version + 1,
    })
  return count === 1
}
