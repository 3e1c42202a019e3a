import type { Geometry } from 'geojson'
import type { CoordinateSystem, RiskLevel, Sector } from '../core/vocabulary.ts'
import { responsibleText } from '../hazards/model.ts'
import type { Site, SiteDetail } from './schema.ts'

/** A site as the database answers it in a list. */
export interface SiteRow {
  id: string
  name: string
  creditCode: string | null
  sector: Sector
  kind: string | null
  riskLevel: RiskLevel | null
  areaCode: string | null
  areaName: string | null
  address: string | null
  geometry: Geometry | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  isExample: boolean
  version: number
  updatedAt: Date
}

export interface SiteDetailRow extends SiteRow {
  responsiblePhone: string | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
}

/** What the contract calls a site. */
export function asSite(row: SiteRow): Site {
  return {
    id: row.id,
    name: row.name,
    creditCode: row.creditCode,
    sector: row.sector,
    kind: row.kind,
    riskLevel: row.riskLevel,
    area: row.areaCode === null ? null : { code: row.areaCode, name: row.areaName ?? row.areaCode },
    address: row.address,
    geometry: row.geometry,
    responsible: responsibleText(row.responsibleUnit, row.responsiblePerson),
    isExample: row.isExample,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  }
}

export function asSiteDetail(row: SiteDetailRow, mayEdit: boolean): SiteDetail {
  return {
    ...asSite(row),
    responsibleUnit: row.responsibleUnit,
    responsiblePerson: row.responsiblePerson,
    responsiblePhone: row.responsiblePhone,
    coordinateText: row.coordinateText,
    coordinateSystem: row.coordinateSystem,
    mayEdit,
  }
}
