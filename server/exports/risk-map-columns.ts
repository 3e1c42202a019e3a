import { RISK_LEVEL_TERMS } from '../core/vocabulary.ts'
import { AREA_RULE_TERMS, LEVEL_WEIGHTS } from '../risk-map/model.ts'
import type { AreaRule, Hexagon, RatedCounts, RiskMapCounts } from '../risk-map/schema.ts'
import type { ExportColumn } from './table.ts'

/** A line of the table of areas: an area, all of them together, or what lies outside. */
export interface AreaExportRow extends RatedCounts {
  code: string | null
  name: string
}
/** A hexagon, or what of the filter has no place on the grid. */
export type HexagonExportRow = RiskMapCounts & { hexagon: Hexagon | null }

const number = <Row>(header: string, value: (row: Row) => number | null, width = 10): ExportColumn<Row> => ({
  header,
  width,
  kind: 'number',
  value,
})

const COUNTS: readonly ExportColumn<RiskMapCounts>[] = [
  number('场所数', (row) => row.sites),
  number('重大', (row) => row.levels[1]),
  number('较大', (row) => row.levels[2]),
  number('一般', (row) => row.levels[3]),
  number('低', (row) => row.levels[4]),
  number('未定级', (row) => row.levels.none),
]
const HAZARD_COUNTS: readonly ExportColumn<RiskMapCounts>[] = [
  number('隐患数', (row) => row.hazards),
  number('未销号重大', (row) => row.openHazards.major, 12),
  number('未销号疑似重大', (row) => row.openHazards.suspectedMajor, 15),
  number('未销号一般', (row) => row.openHazards.general, 12),
  number('逾期', (row) => row.openHazards.overdue),
]

/** As many decimals as can be meant. */
const rounded = (value: number | null, decimals: number): number | null =>
  value === null ? null : Number(value.toFixed(decimals))

export const AREA_COLUMNS: readonly ExportColumn<AreaExportRow>[] = [
  { header: '辖区代码', width: 14, value: ({ code }) => code },
  { header: '辖区', width: 18, value: ({ name }) => name },
  { header: '辖区等级', width: 10, value: ({ level }) => (level ? RISK_LEVEL_TERMS[level].zh : null) },
  { header: '颜色', width: 7, value: ({ level }) => (level ? RISK_LEVEL_TERMS[level].colorZh : null) },
  { header: '依据', width: 60, value: ({ why }) => why },
  ...COUNTS,
  number('面积（km²）', (row) => rounded(row.areaSquareKilometers, 2), 12),
  number('权重之和', (row) => row.weight),
  number('每平方公里权重', (row) => rounded(row.density, 2), 15),
  ...HAZARD_COUNTS,
]

export const HEXAGON_COLUMNS: readonly ExportColumn<HexagonExportRow>[] = [
  { header: '格号', width: 18, value: ({ hexagon }) => hexagon?.id ?? '未定位或在网格以外' },
  ...COUNTS,
  {
    header: '最高等级',
    width: 10,
    value: ({ hexagon }) => (hexagon?.level ? RISK_LEVEL_TERMS[hexagon.level].zh : null),
  },
  number('权重之和', ({ hexagon }) => hexagon?.weight ?? null),
  number('每平方公里权重', ({ hexagon }) => rounded(hexagon?.density ?? null, 2), 15),
  ...HAZARD_COUNTS,
  number('中心经度', ({ hexagon }) => hexagon?.center[0] ?? null, 12),
  number('中心纬度', ({ hexagon }) => hexagon?.center[1] ?? null, 12),
]

/** The small print on how levels came about: an inspection reads it on the file itself. */
export const ruleText = (rule: AreaRule): string => {
  const { title, how, confirmed } = AREA_RULE_TERMS[rule]
  return `规则「${title.zh}」：${how.zh}${confirmed ? '' : '（待核）'}`
}
export const weightsText = (size: number): string => {
  const weights = Object.entries(LEVEL_WEIGHTS).map(
    ([level, weight]) => `${RISK_LEVEL_TERMS[Number(level) as keyof typeof LEVEL_WEIGHTS].zh} ${weight}`,
  )
  return `六边形边长 ${size} m（EPSG:4551）；权重：${weights.join('、')}（待核）`
}
