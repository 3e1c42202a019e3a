import type { Knex } from 'knex'
import type { CoordinateSystem, Sector } from '../core/vocabulary.ts'
import type { SiteGeometry } from './position.ts'

/** A site as a person writes it. Its level is not among them: that comes from its risks. */
export interface SiteRecord {
  name: string
  sector: Sector
  creditCode: string | null
  kind: string | null
  address: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  responsiblePhone: string | null
  areaCode: string | null
  areaBasis: 'geometry' | 'named' | null
  geometry: SiteGeometry | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  isExample: boolean
}

const COLUMN_OF: Record<Exclude<keyof SiteRecord, 'geometry'>, string> = {
  name: 'name',
  sector: 'sector',
  creditCode: 'credit_code',
  kind: 'kind',
  address: 'address',
  responsibleUnit: 'responsible_unit',
  responsiblePerson: 'responsible_person',
  responsiblePhone: 'responsible_phone',
  areaCode: 'area_code',
  areaBasis: 'area_basis',
  coordinateText: 'coordinate_text',
  coordinateSystem: 'coordinate_system',
  isExample: 'is_example',
}

function asColumns(db: Knex, record: Partial<SiteRecord>): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = record[field as keyof typeof COLUMN_OF]
    if (value !== undefined) columns[column] = value
  }
  if (record.geometry !== undefined) {
    columns.geom = record.geometry
      ? db.raw('ST_SetSRID(ST_GeomFromGeoJSON(?), 4326)', [JSON.stringify(record.geometry)])
      : null
  }
  return columns
}

export async function insertSite(
  transaction: Knex,
  site: SiteRecord & { id: string },
  at: Date,
): Promise<void> {
  await transaction('sites').insert({
    id: site.id,
    ...asColumns(transaction, site),
    created_at: at,
    updated_at: at,
  })
}

/** Changes a site if it still has the version; answers whether it did. */
export async function updateSite(
  transaction: Knex,
  id: string,
  version: number,
  changes: Partial<SiteRecord>,
  at: Date,
): Promise<boolean> {
  const count = await transaction('sites')
    .where({ id, version })
    .whereNull('retired_at')
    .update({ ...asColumns(transaction, changes), version: version + 1, updated_at: at })
  return count === 1
}
