import { RISK_LEVEL_TERMS, SECTOR_TERMS } from '../core/vocabulary.ts'
import { METHOD_WORDS } from '../imports/words.ts'
import { formulaOf } from '../risk/model.ts'
import type { PressureFactorName } from '../risk/pressure-schema.ts'
import type { RiskRow } from '../risk/queries.ts'
import type { RankedRow } from '../risk/ranking.ts'
import type { RiskListItem } from '../risk/schema.ts'
import { roundDegrees } from './hazard-columns.ts'
import { type ExportColumn, importedColumn } from './table.ts'
import type { WorkbookCell, WorkbookColumn } from './write-workbook.ts'

/** A place of the risk list, as the database answers it and as the list shows it. */
export interface PlaceExportRow {
  row: RankedRow
  item: RiskListItem
}

const place = (
  name: string,
  value: ExportColumn<PlaceExportRow>['value'],
  change?: Partial<WorkbookColumn>,
) => importedColumn<PlaceExportRow>('sites', name, value, change)
const count = (header: string, value: (item: RiskListItem) => number): ExportColumn<PlaceExportRow> => ({
  header,
  width: 10,
  kind: 'number',
  value: ({ item }) => value(item),
})

/** Where a place is a line or an area there is no one position to write. */
const position = (row: RankedRow, axis: 0 | 1): number | null =>
  row.geometry?.type === 'Point' ? roundDegrees(row.geometry.coordinates[axis] ?? null) : null

const FACTOR_WORDS: Record<PressureFactorName, string> = {
  level: '固有等级',
  hazards: '未销号隐患',
  exposure: '暴露人数',
  drill: '演练间隔',
}

/** 风险清单: a row for each place, in the order asked for. */
export const PLACE_COLUMNS: readonly ExportColumn<PlaceExportRow>[] = [
  { header: '排名', width: 7, kind: 'number', value: ({ item }) => item.rank },
  place('name', ({ item }) => item.name),
  place('creditCode', ({ item }) => item.creditCode),
  place('sector', ({ item }) => SECTOR_TERMS[item.sector].zh),
  place('siteKind', ({ item }) => item.kind),
  place('areaName', ({ item }) => item.area?.name ?? null),
  place('address', ({ item }) => item.address),
  place('siteLevel', ({ item }) => (item.riskLevel ? RISK_LEVEL_TERMS[item.riskLevel].zh : null), {
    width: 10,
  }),
  {
    header: '颜色',
    width: 7,
    value: ({ item }) => (item.riskLevel ? RISK_LEVEL_TERMS[item.riskLevel].colorZh : null),
  },
  { header: '依据', width: 20, value: ({ row }) => (row.risks[0] ? formulaOf(row.risks[0]) : null) },
  { header: '当前压力', width: 10, kind: 'number', value: ({ item }) => item.pressure.score },
  {
    header: '压力算式',
    width: 40,
    value: ({ item }) =>
      item.pressure.factors
        .map(({ name, value, text }) => `${FACTOR_WORDS[name]} ${value}：${text}`)
        .join('\n'),
  },
  { header: '排名理由', width: 60, value: ({ item }) => item.why.join('\n') },
  count('风险项数', (item) => item.risks.length),
  count('未销号重大', (item) => item.openHazards.major),
  count('未销号疑似重大', (item) => item.openHazards.suspectedMajor),
  count('未销号一般', (item) => item.openHazards.general),
  count('逾期', (item) => item.openHazards.overdue),
  count('最长逾期工作日', (item) => item.openHazards.maxOverdueWorkingDays),
  { header: '上次演练', width: 12, kind: 'day', value: ({ item }) => item.lastDrillOn },
  place('responsibleUnit', ({ row }) => row.responsibleUnit),
  place('responsiblePerson', ({ row }) => row.responsiblePerson),
  place('lng', ({ row }) => position(row, 0), { kind: 'number' }),
  place('lat', ({ row }) => position(row, 1), { kind: 'number' }),
]

/** A risk with the place that carries it. */
export interface RiskExportRow {
  risk: RiskRow
  site: RankedRow
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
  risk('lng', ({ site }) => position(site, 0), numeric),
  risk('lat', ({ site }) => position(site, 1), numeric),
]
