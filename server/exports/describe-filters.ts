import { type Filters, NO_AREA } from '../core/filters.ts'
import { RISK_LEVEL_TERMS, SECTOR_TERMS, SEVERITY_TERMS, STATUS_FILTER_TERMS } from '../core/vocabulary.ts'

/** The filter in words, for the small print of what is handed on; empty for the whole list. */
export function describeFilters(filters: Filters, areaNames: ReadonlyMap<string, string>): string {
  const list = <T extends string | number>(values: T[] | undefined, label: (value: T) => string) =>
    values?.map(label).join('、')
  const parts: [string, string | undefined][] = [
    [
      '辖区',
      list(filters.area, (code) => (code === NO_AREA ? '区外或未定位' : (areaNames.get(code) ?? code))),
    ],
    ['行业', list(filters.sector, (sector) => SECTOR_TERMS[sector].zh)],
    ['风险等级', list(filters.riskLevel, (level) => RISK_LEVEL_TERMS[level].zh)],
    ['级别', list(filters.severity, (severity) => SEVERITY_TERMS[severity].zh)],
    ['状态', list(filters.status, (status) => STATUS_FILTER_TERMS[status].zh)],
    ['条款', filters.clauseId?.join('、')],
    ['场所', filters.siteId && `指定 ${filters.siteId.length} 处`],
    ['文字', filters.q && `「${filters.q}」`],
    ['发现', between(filters.foundFrom, filters.foundTo)],
    ['期限', between(filters.dueFrom, filters.dueTo)],
    [
      '范围',
      filters.bbox &&
        `经度 ${filters.bbox[0]}～${filters.bbox[2]}，纬度 ${filters.bbox[1]}～${filters.bbox[3]}`,
    ],
  ]
  return parts
    .filter(([, words]) => words)
    .map(([name, words]) => `${name} ${words}`)
    .join('；')
}

function between(from: string | undefined, to: string | undefined): string | undefined {
  if (from && to) return `${from} 至 ${to}`
  if (from) return `${from} 起`
  return to && `至 ${to}`
}
