import {
  GAP_KIND_TERMS,
  GAP_KINDS,
  type GapKind,
  RISK_LEVEL_TERMS,
  SECTOR_TERMS,
} from '../core/vocabulary.ts'
import type { Gap, GapItem } from '../gaps/schema.ts'
import { CHECK_SOURCE_WORDS } from '../gaps/sentences.ts'
import type { ExportColumn } from './table.ts'

type SiteColumn = ExportColumn<GapItem>

const levelWord = ({ site }: GapItem) => (site.riskLevel ? RISK_LEVEL_TERMS[site.riskLevel].zh : null)
const sentencesOf = (item: GapItem, kind: GapKind): string | null =>
  item.gaps
    .filter((gap) => gap.kind === kind)
    .map((gap) => gap.sentence)
    .join('\n') || null

/** 责任缺口: a row for each place, a column for each kind. */
export const GAP_COLUMNS: readonly SiteColumn[] = [
  { header: '序号', width: 7, kind: 'number', value: (_item, position) => position },
  { header: '场所名称', width: 26, value: ({ site }) => site.name },
  { header: '行业领域', width: 12, value: ({ site }) => SECTOR_TERMS[site.sector].zh },
  { header: '所属街镇', width: 14, value: ({ site }) => site.area?.name ?? null },
  { header: '风险等级', width: 10, value: levelWord },
  { header: '责任单位/责任人', width: 20, value: ({ site }) => site.responsible },
  { header: '缺口数', width: 8, kind: 'number', value: ({ kinds }) => kinds.length },
  ...GAP_KINDS.map(
    (kind): SiteColumn => ({
      header: GAP_KIND_TERMS[kind].zh,
      width: 36,
      value: (item) => sentencesOf(item, kind),
    }),
  ),
  { header: '上次检查', width: 12, kind: 'day', value: ({ lastCheck }) => lastCheck?.on ?? null },
  {
    header: '检查方式',
    width: 12,
    value: ({ lastCheck }) => (lastCheck ? CHECK_SOURCE_WORDS[lastCheck.source] : null),
  },
  { header: '距今天数', width: 10, kind: 'number', value: ({ lastCheck }) => lastCheck?.days ?? null },
  { header: '上次演练', width: 12, kind: 'day', value: ({ lastDrill }) => lastDrill?.on ?? null },
  { header: '演练名称', width: 26, value: ({ lastDrill }) => lastDrill?.title ?? null },
]

export interface GapRow {
  item: GapItem
  gap: Gap
}

/** 缺口明细: a row for each thing that is missing. */
export const GAP_DETAIL_COLUMNS: readonly ExportColumn<GapRow>[] = [
  { header: '序号', width: 7, kind: 'number', value: (_row, position) => position },
  { header: '场所名称', width: 26, value: ({ item }) => item.site.name },
  { header: '所属街镇', width: 14, value: ({ item }) => item.site.area?.name ?? null },
  { header: '行业领域', width: 12, value: ({ item }) => SECTOR_TERMS[item.site.sector].zh },
  { header: '风险名称', width: 22, value: ({ gap }) => gap.risk?.name ?? null },
  { header: '缺口', width: 16, value: ({ gap }) => GAP_KIND_TERMS[gap.kind].zh },
  { header: '事故类型', width: 14, value: ({ gap }) => gap.scenario },
  { header: '说明', width: 70, value: ({ gap }) => gap.sentence },
  { header: '上次', width: 12, kind: 'day', value: ({ gap }) => gap.lastOn },
  { header: '距今天数', width: 10, kind: 'number', value: ({ gap }) => gap.days },
  { header: '口径', width: 8, value: ({ gap }) => (gap.confirmed ? '已核' : '待核') },
]
