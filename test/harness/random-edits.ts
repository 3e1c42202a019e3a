import { readXlsx } from 'hucre/xlsx'
import { addDays } from '../../server/core/calendar.ts'
import { cleanText } from '../../server/core/plain-text.ts'
import { SECTOR_TERMS, SEVERITY_TERMS, type Sector } from '../../server/core/vocabulary.ts'
import { assessProduct } from '../../server/risk/methods/product.ts'
import { DEFAULT_METHOD_SETTINGS } from '../../server/risk/methods/settings.ts'
import { LEC } from '../../server/risk/model.ts'
import type { Plan } from './random-data.ts'

/** An edit that may be tried: of a column, to a value, which makes these facts. */
export interface Edit {
  header: string
  /** Null: nothing to be tried in this row. */
  make: (
    choice: { text: string | null; pick: number },
    cells: (header: string) => unknown,
  ) => { value: string | number | null; facts: Record<string, unknown> } | null
}
export interface TriedEdit {
  row: number
  id: string
  header: string
  value: string | number | null
  facts: Record<string, unknown>
}

const plain = (header: string, column: string, limit = 90): Edit => ({
  header,
  make: ({ text: written }, cells) => {
    const value = written === null ? null : [...written].slice(0, limit).join('')
    const fact = value === null ? null : cleanText(value)
    const present = cells(header)
    const isSame = (fact ?? '') === (typeof present === 'string' ? cleanText(present) : '')
    return isSame || fact === '' ? null : { value, facts: { [column]: fact } }
  },
})
const oneOf = <T extends string>(header: string, column: string, words: Record<T, { zh: string }>): Edit => ({
  header,
  make: ({ pick }, cells) => {
    const known = Object.keys(words) as T[]
    const word = known[pick % known.length]
    if (word === undefined || words[word].zh === cells(header)) return null
    return { value: words[word].zh, facts: { [column]: word } }
  },
})

const { major: _, ...unjudged } = SEVERITY_TERMS
export const HAZARD_EDITS: readonly Edit[] = [
  plain('排查地点', 'location_text'),
  plain('排查人员', 'found_by'),
  plain('类别', 'category'),
  plain('整改措施', 'measures'),
  plain('预案', 'contingency_plan'),
  plain('督办部门/人员', 'supervisor'),
  plain('验收部门/人员', 'accepted_by'),
  plain('整改结果', 'result'),
  plain('隐患来源', 'origin'),
  plain('挂牌文号', 'listing_document'),
  plain('责任单位', 'responsible_unit'),
  plain('责任人', 'responsible_person'),
  {
    ...plain('存在的隐患及问题', 'description'),
    make: (choice, cells) =>
      choice.text === null ? null : plain('存在的隐患及问题', 'description').make(choice, cells),
  },
  oneOf<Sector>('行业领域', 'sector', SECTOR_TERMS),
  {
    header: '等级',
    make: (choice, cells) =>
      cells('等级') === SEVERITY_TERMS.major.zh ||
      cells('是否挂牌') === '是' ||
      cells('判定依据条款') !== null
        ? null
        : oneOf('等级', 'severity', unjudged).make(choice, cells),
  },
  {
    header: '时限',
    make: ({ pick }, cells) => {
      const found = cells('排查时间')
      if (!(found instanceof Date)) return null
      const due = addDays(found.toISOString().slice(0, 10), pick % 400)
      const present = cells('时限')
      if (present instanceof Date && present.toISOString().startsWith(due)) return null
      return { value: due.replaceAll('-', '/'), facts: { due_on: due } }
    },
  },
  {
    header: '资金',
    make: ({ pick }, cells) => {
      const value = (pick % 9_000_000) / 10_000
      return value === cells('资金') ? null : { value, facts: { funds_wan: value } }
    },
  },
]

export const RISK_EDITS: readonly Edit[] = [
  plain('类型（设备设施/作业活动/场所）', 'kind'),
  plain('危险源/危险有害因素', 'hazard_factors'),
  plain('可能导致的事故类型', 'accident_types'),
  plain('工程技术措施', 'engineering_controls'),
  plain('管理措施', 'management_controls'),
  plain('培训教育', 'training_controls'),
  plain('个体防护', 'protection_controls'),
  plain('应急处置措施', 'emergency_controls'),
  plain('管控层级', 'control_level'),
  plain('责任部门', 'responsible_unit'),
  plain('责任人', 'responsible_person'),
  plain('排查频次', 'check_frequency'),
  plain('评估人', 'assessed_by'),
  {
    header: 'L',
    make: ({ pick }, cells) => {
      const [E, C] = [cells('E'), cells('C')]
      const value = LEC.L[pick % LEC.L.length]?.value ?? 1
      const isOnScale = LEC.E.some((entry) => entry.value === E) && LEC.C.some((entry) => entry.value === C)
      if (cells('评价方法') !== 'LEC' || !isOnScale || value === cells('L')) return null
      const { inputs, score, level, arithmetic } = assessProduct(
        'lec',
        { L: value, E, C },
        DEFAULT_METHOD_SETTINGS,
      )
      return { value, facts: { inputs, score, level, arithmetic } }
    },
  },
]

/** The chosen edits of a workbook: at most one for each cell, each to something that the cell does not say yet. */
export async function tryEdits(
  bytes: Buffer,
  sheetName: string,
  edits: readonly Edit[],
  choices: Plan['choices'],
): Promise<TriedEdit[]> {
  const workbook = await readXlsx(new Uint8Array(bytes))
  const rows = workbook.sheets.find(({ name }) => name === sheetName)?.rows ?? []
  const headerAt = rows.findIndex((cells) => cells.includes('行标识'))
  const body = rows.slice(headerAt + 1)
  const tried = new Map<string, TriedEdit>()
  for (const { row, column, ...choice } of choices) {
    const edit = edits[column % edits.length]
    const index = row % body.length
    const cells = (header: string) => body[index]?.[rows[headerAt]?.indexOf(header) ?? -1] ?? null
    const made = edit?.make(choice, cells)
    if (edit && made)
      tried.set(`${index} ${edit.header}`, {
        row: index,
        id: String(cells('行标识')),
        header: edit.header,
        ...made,
      })
  }
  return [...tried.values()]
}
