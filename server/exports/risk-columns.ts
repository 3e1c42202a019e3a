import { RISK_LEVEL_TERMS, SECTOR_TERMS } from '../core/vocabulary.ts'
import { METHOD_WORDS } from '../imports/words.ts'
import { formulaOf } from '../risk/model.ts'
import type { PressureFactorName } from '../risk/pressure-schema.ts'
import type { RiskRow } from '../risk/queries.ts'
import type { RankedRow } from '../risk/ranking.ts'
import type { RiskListItem } from '../risk/schema.ts'
import { positionOf, SITE_COLUMNS, type SiteExportRow } from './site-columns.ts'
import { type ExportColumn, importedColumn } from './table.ts'
import type { WorkbookCell, WorkbookColumn } from './write-workbook.ts'

/** A place of the risk list, as the database answers it and as the list shows it. */
export interface PlaceExportRow {
  row: RankedRow
  item: RiskListItem
}

/** A column of the place itself, which the import of places reads back. */
const place = ({
  value,
  ...column
}: (typeof SITE_COLUMNS)[keyof typeof SITE_COLUMNS]): ExportColumn<PlaceExportRow> => ({
  ...column,
  value: ({ row }, position) => value(row, position),
})
/** A column that only the ranking knows: it changes with every hazard and every day, so nobody reads it back. */
const ranked = (
  column: WorkbookColumn,
  value: ExportColumn<PlaceExportRow>['value'],
): ExportColumn<PlaceExportRow> => ({ ...column, value })
const count = (header: string, value: (item: RiskListItem) => number): ExportColumn<PlaceExportRow> =>
  ranked({ header, width: 10, kind: 'number' }, ({ item }) => value(item))

const FACTOR_WORDS: Record<PressureFactorName, string> = {
  level: '固有等级',
  hazards: '未销号隐患',
  exposure: '暴露人数',
  drill: '演练间隔',
}

/** 风险清单: a row for each place, in the order asked for. */
export const PLACE_COLUMNS: readonly ExportColumn<PlaceExportRow>[] = [
  ranked({ header: '排名', width: 7, kind: 'number' }, ({ item }) => item.rank),
  place(SITE_COLUMNS.name),
  place(SITE_COLUMNS.creditCode),
  place(SITE_COLUMNS.sector),
  place(SITE_COLUMNS.siteKind),
  place(SITE_COLUMNS.areaName),
  place(SITE_COLUMNS.address),
  place(SITE_COLUMNS.siteLevel),
  place(SITE_COLUMNS.siteColor),
  ranked({ header: '依据', width: 20 }, ({ item: { risks } }) =>
    risks[0] ? `${risks[0].formula}${risks[0].confirmed ? '' : '（待核）'}` : null,
  ),
  ranked({ header: '当前压力', width: 10, kind: 'number' }, ({ item }) => item.pressure.score),
  ranked({ header: '压力算式', width: 40 }, ({ item }) =>
    item.pressure.factors
      .map(({ name, value, text }) => `${FACTOR_WORDS[name]} ${value}：${text}`)
      .join('\n'),
  ),
  ranked({ header: '排名理由', width: 60 }, ({ item }) => item.why.join('\n')),
  count('风险项数', (item) => item.risks.length),
  count('未销号重大', (item) => item.openHazards.major),
  count('未销号疑似重大', (item) => item.openHazards.suspectedMajor),
  count('未销号一般', (item) => item.openHazards.general),
  count('逾期', (item) => item.openHazards.overdue),
  count('最长逾期工作日', (item) => item.openHazards.maxOverdueWorkingDays),
  ranked({ header: '上次演练', width: 12, kind: 'day' }, ({ item }) => item.lastDrillOn),
  place(SITE_COLUMNS.responsibleUnit),
  place(SITE_COLUMNS.responsiblePerson),
  place(SITE_COLUMNS.lng),
  place(SITE_COLUMNS.lat),
  place(SITE_COLUMNS.rowId),
  place(SITE_COLUMNS.rowVersion),
]

/** A risk with the place that carries it. */
export interface RiskExportRow {
  risk: RiskRow
  site: SiteExportRow
}

const risk = (name: string, value: ExportColumn<RiskExportRow>['value'], change?: Partial<WorkbookColumn>) =>
  importedColumn<RiskExportRow>('risks', name, value, change)
const input = (name: string): ExportColumn<RiskExportRow>['value'] => {
  return ({ risk: { inputs } }): WorkbookCell => {
    const value = inputs[name]
    return typeof value === 'number' ? value : null
  }
}
const numeric = { kind: 'number' } as const

/** The set of thresholds that was kept with the level; where none was kept, nobody can tell any more. */
function schemeText({ arithmetic }: RiskRow): string | null {
  const set = arithmetic?.thresholdSet
  return set ? `${set.name}${set.confirmed ? '' : '（待核）'}` : null
}

/** The clause that the level rests on, its number last as in the ledger of hazards. */
const citedText = ({ clause }: RiskRow): string | null =>
  clause && (clause.title === '' ? clause.id : `${clause.title}（${clause.id}）`)

/** Which figures of the arithmetic nobody compared with their original. */
function doubtText({ arithmetic }: RiskRow): string | null {
  const { confirmed, unconfirmed = [] } = arithmetic ?? {}
  if (confirmed === undefined) return null
  return confirmed ? '已核' : `待核：${unconfirmed.join('；')}`
}

/** 安全风险分级管控清单: the officials' columns, a row for each risk. */
export const RISK_COLUMNS: readonly ExportColumn<RiskExportRow>[] = [
  risk('sequence', (_row, number) => number, numeric),
  risk('siteName', ({ site }) => site.name),
  risk('creditCode', ({ site }) => site.creditCode),
  risk('sector', ({ site }) => SECTOR_TERMS[site.sector].zh),
  risk('areaName', ({ site }) => site.areaName),
  risk('name', (row) => row.risk.name),
  risk('riskKind', (row) => row.risk.kind),
  risk('address', ({ site }) => site.address),
  risk('hazardFactors', (row) => row.risk.hazardFactors),
  risk('accidentTypes', (row) => row.risk.accidentTypes),
  risk('method', (row) => METHOD_WORDS.label(row.risk.method)),
  risk('likelihood', input('L'), numeric),
  risk('exposure', input('E'), numeric),
  risk('consequence', input('C'), numeric),
  risk('severityScore', input('S'), numeric),
  risk('score', (row) => row.risk.score, { ...numeric, header: 'D/R' }),
  risk('level', (row) => RISK_LEVEL_TERMS[row.risk.level].zh),
  risk('color', (row) => RISK_LEVEL_TERMS[row.risk.level].colorZh),
  risk('formula', (row) => formulaOf(row.risk)),
  risk('scheme', (row) => schemeText(row.risk)),
  risk('doubt', (row) => doubtText(row.risk)),
  risk('engineeringControls', (row) => row.risk.engineeringControls),
  risk('managementControls', (row) => row.risk.managementControls),
  risk('trainingControls', (row) => row.risk.trainingControls),
  risk('protectionControls', (row) => row.risk.protectionControls),
  risk('emergencyControls', (row) => row.risk.emergencyControls),
  risk('controlLevel', (row) => row.risk.controlLevel),
  risk('responsibleUnit', (row) => row.risk.responsibleUnit),
  risk('responsiblePerson', (row) => row.risk.responsiblePerson),
  risk('checkFrequency', (row) => row.risk.checkFrequency),
  risk('assessedOn', (row) => row.risk.assessedOn),
  risk('assessedBy', (row) => row.risk.assessedBy),
  risk('nextReviewOn', (row) => row.risk.nextReviewOn),
  risk('residualLevel', ({ risk: { residualLevel } }) =>
    residualLevel === null ? null : RISK_LEVEL_TERMS[residualLevel].zh,
  ),
  risk('riskClause', (row) => citedText(row.risk)),
  risk('lng', ({ site }) => positionOf(site, 0), numeric),
  risk('lat', ({ site }) => positionOf(site, 1), numeric),
  risk('rowId', (row) => row.risk.id),
  risk('rowVersion', (row) => row.risk.version),
  risk('siteId', ({ site }) => site.id),
  risk('siteVersion', ({ site }) => site.version),
]
