import { RISK_LEVEL_TERMS, SECTOR_TERMS } from '../core/vocabulary.ts'
import type { RankedRow } from '../risk/ranking.ts'
import { roundDegrees } from './hazard-columns.ts'
import { type ExportColumn, importedColumn } from './table.ts'
import type { WorkbookCell, WorkbookColumn } from './write-workbook.ts'

/** What a list tells of a place itself, whatever its rank. */
export type SiteExportRow = Pick<
  RankedRow,
  | 'id'
  | 'version'
  | 'name'
  | 'creditCode'
  | 'sector'
  | 'kind'
  | 'areaName'
  | 'address'
  | 'riskLevel'
  | 'responsibleUnit'
  | 'responsiblePerson'
  | 'geometry'
>

/** Where a place is a line or an area there is no one position to write. */
export const positionOf = (row: Pick<SiteExportRow, 'geometry'>, axis: 0 | 1): number | null =>
  row.geometry?.type === 'Point' ? roundDegrees(row.geometry.coordinates[axis] ?? null) : null

const site = (
  name: string,
  value: (row: SiteExportRow) => WorkbookCell,
  change?: Partial<WorkbookColumn>,
): ExportColumn<SiteExportRow> => importedColumn<SiteExportRow>('sites', name, value, change)

const levelTerm = (row: SiteExportRow) => (row.riskLevel ? RISK_LEVEL_TERMS[row.riskLevel] : null)

/** The columns of a place that the import of places reads back, by field. */
export const SITE_COLUMNS = {
  name: site('name', (row) => row.name),
  creditCode: site('creditCode', (row) => row.creditCode),
  sector: site('sector', (row) => SECTOR_TERMS[row.sector].zh),
  siteKind: site('siteKind', (row) => row.kind),
  areaName: site('areaName', (row) => row.areaName),
  address: site('address', (row) => row.address),
  siteLevel: site('siteLevel', (row) => levelTerm(row)?.zh ?? null, { width: 10 }),
  siteColor: site('siteColor', (row) => levelTerm(row)?.colorZh ?? null),
  responsibleUnit: site('responsibleUnit', (row) => row.responsibleUnit),
  responsiblePerson: site('responsiblePerson', (row) => row.responsiblePerson),
  lng: site('lng', (row) => positionOf(row, 0), { kind: 'number' }),
  lat: site('lat', (row) => positionOf(row, 1), { kind: 'number' }),
  rowId: site('rowId', (row) => row.id),
  rowVersion: site('rowVersion', (row) => row.version),
} as const satisfies Record<string, ExportColumn<SiteExportRow>>
