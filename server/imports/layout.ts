import { comparableText, shortenText } from '../core/plain-text.ts'
import type { ImportKind } from '../core/vocabulary.ts'
import { type ExportMark, readMark } from '../exports/export-mark.ts'
import { cellText } from './cells.ts'
import { FIELDS, type Field } from './fields.ts'
import { isRankedHeader, RANKED_REASON, reasonForeign } from './foreign-sheet.ts'
import { isEmptyCell, type TableFile, type TableRow, type TableSheet } from './table.ts'

/** What was found above the rows of a sheet: which column holds which field. */
export interface SheetLayout {
  name: string
  isRead: boolean
  reason: string | null
  headerRow: number | null
  rowCount: number
  columns: ColumnLayout[]
  /** What an export of ours says of itself above its header. */
  mark?: ExportMark | null
  /** A table of ours that another import reads, or none. */
  isForeign?: boolean
}

export interface ColumnLayout {
  index: number
  header: string
  /** null: the header is not known, or the column is left out. */
  field: string | null
  /** Why a known column is left out. */
  ignored: string | null
  /** The field of a column that the system works out itself: looked at only to tell who edited it. */
  computed?: string
  sample: string | null
}

/** The reading of the headers as a person corrected it: header to field, or to null to leave the column out. */
export type ColumnChoices = Record<string, string | null>

/** Titles, dates and notes stand above the header in most ledgers; further down it is not looked for. */
const HEADER_SEARCH_ROWS = 20
const MIN_MATCHES = 2
const SAMPLE_ROWS = 20

/** Lays out each sheet. Sheets that are hidden, have no header or lack a required column are passed over, and say why. */
export function layOutSheets(
  file: TableFile,
  kind: ImportKind,
  choices: ColumnChoices,
): { layouts: SheetLayout[]; rowsOf: TableRow[][] } {
  const laidOut = file.sheets.map((sheet) => layOutSheet(sheet, kind, choices))
  return { layouts: laidOut.map(({ layout }) => layout), rowsOf: laidOut.map(({ rows }) => rows) }
}

function layOutSheet(sheet: TableSheet, kind: ImportKind, choices: ColumnChoices) {
  const skip = (reason: string, headerRow: number | null = null, columns: ColumnLayout[] = []) => ({
    layout: { name: sheet.name, isRead: false, reason, headerRow, rowCount: 0, columns },
    rows: [],
  })
  if (sheet.isHidden) return skip('隐藏的工作表')
  const foreign = reasonOf(sheet.rows, kind)
  if (foreign) {
    const skipped = skip(foreign.reason, foreign.row.number, matchColumns(foreign.row, kind, choices))
    return { ...skipped, layout: { ...skipped.layout, isForeign: true } }
  }
  const headerRow = findHeaderRow(sheet.rows, kind, choices)
  if (!headerRow) return skip(sheet.rows.length === 0 ? '空的工作表' : '没有找到表头')
  const headerAt = sheet.rows.indexOf(headerRow)
  const after = sheet.rows.slice(headerAt + 1)
  const columns = matchColumns(headerRow, kind, choices)
  const rows = dropAround(after, columns)
  for (const column of columns) column.sample = sampleOf(rows, column.index)
  const missing = missingFields(columns, kind)
  if (missing.length > 0)
    return skip(`缺少必填列：${missing.map((field) => field.header).join('、')}`, headerRow.number, columns)
  return {
    layout: {
      name: sheet.name,
      isRead: true,
      reason: null,
      headerRow: headerRow.number,
      rowCount: rows.length,
      columns,
      mark: findMark(sheet.rows.slice(0, headerAt)),
    },
    rows,
  }
}

/** The row that tells a table of ours which is not the one to be read, and why. */
function reasonOf(rows: readonly TableRow[], kind: ImportKind): { row: TableRow; reason: string } | null {
  for (const row of rows.slice(0, HEADER_SEARCH_ROWS)) {
    const reason = reasonForeign(
      kind,
      row.cells.map((cell) => cellText(cell)),
    )
    if (reason !== null) return { row, reason }
  }
  return null
}

function findMark(rows: readonly TableRow[]): ExportMark | null {
  for (const { cells } of rows) {
    for (const cell of cells) {
      const mark = typeof cell === 'string' ? readMark(cell) : null
      if (mark) return mark
    }
  }
  return null
}

export function missingFields(columns: readonly ColumnLayout[], kind: ImportKind): Field[] {
  const present = new Set(columns.map((column) => column.field))
  return FIELDS[kind].filter((field) => field.isRequired && !present.has(field.field))
}

/** The row with most known headers among the first; of two neighbours alike the lower one, which says more. */
function findHeaderRow(rows: readonly TableRow[], kind: ImportKind, choices: ColumnChoices): TableRow | null {
  let best: { row: TableRow; index: number; score: number } | null = null
  for (const [index, row] of rows.slice(0, HEADER_SEARCH_ROWS).entries()) {
    const score = matchColumns(row, kind, choices).filter((column) => column.field ?? column.ignored).length
    const isBetter = score > (best?.score ?? MIN_MATCHES - 1)
    const isLowerHalf = best !== null && score === best.score && index === best.index + 1
    if (isBetter || isLowerHalf) best = { row, index, score }
  }
  return best?.row ?? null
}

function matchColumns(row: TableRow, kind: ImportKind, choices: ColumnChoices): ColumnLayout[] {
  const taken = new Map<string, string>()
  const columns: ColumnLayout[] = []
  for (const [index, cell] of row.cells.entries()) {
    const header = cellText(cell).replace(/\s+/g, ' ').trim().slice(0, 200)
    if (header === '') continue
    columns.push({ index, header, ...assignField(header, kind, choices, taken), sample: null })
  }
  return columns
}

function assignField(
  header: string,
  kind: ImportKind,
  choices: ColumnChoices,
  taken: Map<string, string>,
): Pick<ColumnLayout, 'field' | 'ignored' | 'computed'> {
  const chosen = Object.hasOwn(choices, header) ? choices[header] : undefined
  if (chosen === null) return { field: null, ignored: '您选择不导入这一列' }
  const known =
    chosen === undefined ? knownField(header, kind) : FIELDS[kind].find((field) => field.field === chosen)
  if (!known) return { field: null, ignored: isRankedHeader(kind, header) ? RANKED_REASON : null }
  if (known.ignored) return { field: null, ignored: known.ignored }
  if (known.computed) return { field: null, ignored: known.computed, computed: known.field }
  const first = taken.get(known.field)
  if (first !== undefined) return { field: null, ignored: `与「${first}」列重复，只取前一列` }
  taken.set(known.field, header)
  return { field: known.field, ignored: null }
}

const KNOWN_HEADERS = new Map<ImportKind, Map<string, Field>>()

/** The field that a header names, as written or without what stands in brackets: 资金（万元）, 时限(必填). */
function knownField(header: string, kind: ImportKind): Field | undefined {
  let known = KNOWN_HEADERS.get(kind)
  if (!known) {
    known = new Map()
    for (const field of FIELDS[kind]) {
      for (const name of [...field.synonyms, field.header]) known.set(comparableText(name), field)
    }
    KNOWN_HEADERS.set(kind, known)
  }
  const bare = header.replace(/[（(【[][^）)】\]]*[）)】\]]/g, '')
  return known.get(comparableText(header)) ?? known.get(comparableText(bare))
}

/** Leaves out headers that are repeated on each printed page, sums, and the signatures below the table. */
function dropAround(rows: readonly TableRow[], columns: readonly ColumnLayout[]): TableRow[] {
  return rows.filter((row) => {
    const repeated = columns.filter(
      (column) => comparableText(cellText(row.cells[column.index])) === comparableText(column.header),
    )
    if (repeated.length >= Math.max(2, columns.length / 2)) return false
    const filled = columns.filter((column) => !isEmptyCell(row.cells[column.index]))
    if (filled.length === 0) return false
    const first = cellText(row.cells.find((cell) => !isEmptyCell(cell)))
    return (
      filled.length > 3 ||
      !/^(合计|总计|小计|汇总|填表|制表|审核|审批|签字|备注|注|说明|单位负责人|填报)/.test(
        first.replace(/\s/g, ''),
      )
    )
  })
}

function sampleOf(rows: readonly TableRow[], index: number): string | null {
  const row = rows.slice(0, SAMPLE_ROWS).find((each) => !isEmptyCell(each.cells[index]))
  return row ? shortenText(cellText(row.cells[index]), 40) : null
}
