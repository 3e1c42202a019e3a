import { SECTOR_TERMS, SEVERITY_TERMS, STATUS_TERMS } from '../core/vocabulary.ts'
import type { HazardDetailRow } from '../hazards/model.ts'
import { type ExportColumn, importedColumn } from './table.ts'
import type { WorkbookColumn } from './write-workbook.ts'

export interface HazardExportRow extends HazardDetailRow {
  siteCreditCode: string | null
}

const DECIMALS = 1e6
/** A tenth of a metre, which the import takes for the same place. */
export const roundDegrees = (degrees: number | null): number | null =>
  degrees === null ? null : Math.round(degrees * DECIMALS) / DECIMALS

const column = (
  name: string,
  value: ExportColumn<HazardExportRow>['value'],
  change?: Partial<WorkbookColumn>,
) => importedColumn<HazardExportRow>('hazards', name, value, change)

/**
 * Document, article and our number: the first two for people, the last for certainty when it is read back. What nobody
 * compared with its original says so.
 */
export function clauseText(clause: {
  clauseId: string | null
  clauseDocument: string | null
  clauseArticle: string | null
  clauseConfirmed: boolean | null
}): string | null {
  if (clause.clauseId === null) return null
  const title = [clause.clauseDocument, clause.clauseArticle].filter(Boolean).join(' ')
  const text = title === '' ? clause.clauseId : `${title}（${clause.clauseId}）`
  return clause.clauseConfirmed ? text : `${text}待核`
}

const closedOn = (row: HazardExportRow) => (row.status === 'closed' ? row.closedOn : null)

/** 隐患排查治理台账: the officials' sixteen columns in their order, then what offices add to them. */
export const HAZARD_COLUMNS: readonly ExportColumn<HazardExportRow>[] = [
  column('sequence', (_row, position) => position, { kind: 'number' }),
  column('locationText', (row) => row.locationText),
  column('foundOn', (row) => row.foundOn),
  column('foundBy', (row) => row.foundBy),
  column('description', (row) => row.description),
  column('category', (row) => row.category),
  column('severity', (row) => SEVERITY_TERMS[row.severity].zh),
  column('measures', (row) => row.measures),
  column('responsible', (row) => [row.responsibleUnit, row.responsiblePerson].filter(Boolean).join('/')),
  column('fundsWan', (row) => row.fundsWan),
  column('dueOn', (row) => row.dueOn),
  column('contingencyPlan', (row) => row.contingencyPlan),
  column('supervisor', (row) => row.supervisor),
  column('acceptedOn', closedOn),
  column('acceptedBy', (row) => row.acceptedBy),
  column('result', (row) => row.result),
  column('areaName', (row) => row.areaName),
  column('siteName', (row) => row.siteName),
  column('creditCode', (row) => row.siteCreditCode),
  column('sector', (row) => SECTOR_TERMS[row.sector].zh),
  column('origin', (row) => row.origin),
  column('clause', clauseText),
  column('isListed', (row) => (row.isListed ? '是' : '否')),
  column('listingDocument', (row) => row.listingDocument),
  column('status', (row) => STATUS_TERMS[row.status].zh),
  column('closedOn', closedOn),
  column('number', (row) => row.number),
  // the officials' column joins unit and person, and no reader can part every such text again
  column('responsibleUnit', (row) => row.responsibleUnit, { width: 20 }),
  column('responsiblePerson', (row) => row.responsiblePerson, { width: 12 }),
  column('lng', (row) => roundDegrees(row.lng), { kind: 'number' }),
  column('lat', (row) => roundDegrees(row.lat), { kind: 'number' }),
  column('rowId', (row) => row.id),
  column('rowVersion', (row) => row.version),
]
