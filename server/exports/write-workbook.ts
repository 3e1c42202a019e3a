import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { cleanText } from '../core/plain-text.ts'
import { type ChoiceLists, letterOf, makeChoiceLists, validationsOf } from './workbook-choices.ts'

export type WorkbookCell = CellValue

export interface WorkbookColumn {
  header: string
  /** In characters of Excel's default font; a Chinese character takes two. */
  width?: number
  /** mixed: each cell as its value is, for showing someone's own table again. */
  kind?: 'text' | 'number' | 'percent' | 'day' | 'mixed'
  /** The words that Excel offers in a list. */
  choices?: readonly string[]
  /** Other words than those of the list are fine, after a question. */
  isSuggestion?: boolean
  /** Written by the system for the import to know the row by: grey, narrow, not for people. */
  isKey?: boolean
  /** Stands on the header for whoever points at it. */
  comment?: string
  /** Written once over neighbouring columns of the same group. */
  group?: string
}

export interface WorkbookInput {
  sheetName: string
  title: string
  /** Small print under the title: when, by whom, with which filter. */
  subtitle?: string
  columns: readonly WorkbookColumn[]
  rows: readonly (readonly WorkbookCell[])[]
  /** Fills of single cells, by row and column of `rows`, as RRGGBB. */
  fills?: readonly { row: number; column: number; color: string }[]
  /** Rows below the header that get the lists of `choices`; at least those given. */
  rowsForChoices?: number
  /** Columns from the left that stay in view. */
  frozenColumns?: number
  /** The last row is a sum, and looks like one. */
  hasTotal?: boolean
  footer?: string
}

/** Excel's own limit; the library writes longer text without complaint and Excel then calls the file broken. */
const MAX_CELL_CHARACTERS = 32_767
const HEADER_COLOR = 'E7EFEF'
const KEY_COLOR = '8A9498'
const KEY_FILL = 'F2F4F4'
const EDGE = { style: 'thin', color: { rgb: 'DDE1E2' } } as const
const BORDER = { top: EDGE, right: EDGE, bottom: EDGE, left: EDGE }

/**
 * Writes a sheet for each input: merged title, small print, framed header, rows; set up for A3 landscape with the
 * header on each page. Text stays text: a value that begins with = is never a formula.
 */
export async function writeWorkbook(...inputs: WorkbookInput[]): Promise<Buffer> {
  const taken = new Set<string>()
  const lists = makeChoiceLists()
  const sheets: WriteSheet[] = inputs.map((input) => ({
    ...makeSheet(input, lists),
    name: sheetNameOf(input.sheetName, taken),
  }))
  const choices = lists.sheet()
  if (choices) sheets.push(choices)
  const bytes = await writeXlsx({ sheets, defaultFont: { name: '宋体', size: 11 } })
  return Buffer.from(bytes)
}

function makeSheet(input: WorkbookInput, lists: ChoiceLists): Omit<WriteSheet, 'name'> {
  const { columns, rows } = input
  const lastColumn = Math.max(0, columns.length - 1)
  const titles = input.subtitle === undefined ? [[input.title]] : [[input.title], [input.subtitle]]
  const groups = groupsOf(columns)
  const groupRows = groups.length === 0 ? [] : [columns.map((column) => column.group ?? column.header)]
  const headerIndex = titles.length + groupRows.length
  const firstIndex = titles.length
  return {
    columns: columns.map((column) => ({
      width: column.width ?? 14,
      style: styleOf(column),
    })),
    rows: [
      ...titles,
      ...groupRows,
      columns.map((column) => column.header),
      ...rows.map((row) => row.map((value, index) => asCell(value, columns[index]))),
    ],
    cells: styledCells(input, headerIndex, groups.length > 0),
    merges: [
      ...titles.map((_, row) => ({ startRow: row, startCol: 0, endRow: row, endCol: lastColumn })),
      ...groups.map(({ from, to, isNamed }) =>
        isNamed
          ? { startRow: firstIndex, startCol: from, endRow: firstIndex, endCol: to }
          : { startRow: firstIndex, startCol: from, endRow: headerIndex, endCol: to },
      ),
    ].filter(({ startRow, startCol, endRow, endCol }) => startRow !== endRow || startCol !== endCol),
    rowDefs: new Map([[0, { height: 30 }]]),
    freezePane: {
      rows: headerIndex + 1,
      ...(input.frozenColumns ? { columns: input.frozenColumns } : {}),
    },
    autoFilter: { range: `A${headerIndex + 1}:${letterOf(lastColumn)}${headerIndex + 1 + rows.length}` },
    dataValidations: validationsOf(input, headerIndex + 2, lists),
    pageSetup: {
      paperSize: 'a3',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${firstIndex + 1}:$${headerIndex + 1}`,
    },
    headerFooter: { oddFooter: `&L${(input.footer ?? '').replaceAll('&', '&&')}&R第 &P 页，共 &N 页` },
  }
}

/** Runs of columns under one heading; a column without one stands under its own. Empty if no column has a group. */
function groupsOf(columns: readonly WorkbookColumn[]): { from: number; to: number; isNamed: boolean }[] {
  if (columns.every((column) => column.group === undefined)) return []
  const groups: { from: number; to: number; isNamed: boolean; name: string | undefined }[] = []
  for (const [index, { group }] of columns.entries()) {
    const last = groups.at(-1)
    if (last && group !== undefined && last.name === group) last.to = index
    else groups.push({ from: index, to: index, isNamed: group !== undefined, name: group })
  }
  return groups
}

/** A day written YYYY-MM-DD becomes a date, so that Excel sorts and filters it as one. */
function asCell(value: WorkbookCell, column: WorkbookColumn | undefined): WorkbookCell {
  if (column?.kind === 'day' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return new Date(`${value}T00:00:00Z`)
  }
  return safeCell(value)
}

/** A value that any spreadsheet program opens: no control characters, not too long, finite. */
function safeCell(value: WorkbookCell): WorkbookCell {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return value
  return asWritten(cleanText(value).slice(0, MAX_CELL_CHARACTERS))
}

/** ECMA-376 22.9.2.19: _x0041_ in a cell means the character of that code, so its first mark is written as one itself. */
export const asWritten = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')

function styleOf(column: WorkbookColumn): CellStyle {
  const isMeasured = column.kind === 'number' || column.kind === 'percent'
  const style: CellStyle = {
    alignment: { vertical: 'center', wrapText: !column.isKey, horizontal: isMeasured ? 'right' : 'left' },
    border: BORDER,
    // @ keeps what is typed later, such as an 18-digit code, as text
    numFmt: NUMBER_FORMATS[column.kind ?? 'text'],
  }
  if (!column.isKey) return style
  return {
    ...style,
    font: { color: { rgb: KEY_COLOR }, size: 8 },
    fill: solid(KEY_FILL),
    protection: { locked: true },
  }
}

const NUMBER_FORMATS: Record<NonNullable<WorkbookColumn['kind']>, string> = {
  text: '@',
  number: 'General',
  percent: '0.0%',
  day: 'yyyy-mm-dd',
  mixed: 'General',
}

const solid = (rgb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } }) as const

const HEADER_STYLE: CellStyle = {
  font: { bold: true },
  fill: solid(HEADER_COLOR),
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  border: BORDER,
}

function styledCells(
  input: WorkbookInput,
  headerIndex: number,
  hasGroups: boolean,
): NonNullable<WriteSheet['cells']> {
  const cells: NonNullable<WriteSheet['cells']> = new Map()
  cells.set('0,0', {
    value: cleanText(input.title),
    style: { font: { bold: true, size: 16 }, alignment: { horizontal: 'center', vertical: 'center' } },
  })
  if (input.subtitle !== undefined) {
    cells.set('1,0', {
      value: cleanText(input.subtitle),
      style: { font: { color: { rgb: '606B70' } }, alignment: { horizontal: 'left', vertical: 'center' } },
    })
  }
  for (const [index, column] of input.columns.entries()) {
    cells.set(`${headerIndex},${index}`, {
      value: cleanText(column.header),
      style: HEADER_STYLE,
      ...(column.comment ? { comment: { author: '系统', text: column.comment } } : {}),
    })
    if (hasGroups) {
      cells.set(`${headerIndex - 1},${index}`, {
        value: cleanText(column.group ?? column.header),
        style: HEADER_STYLE,
      })
    }
  }
  const restyle = (row: number, column: number, style: CellStyle) => {
    const definition = input.columns[column]
    if (!definition) return
    cells.set(`${headerIndex + 1 + row},${column}`, {
      value: asCell(input.rows[row]?.[column] ?? null, definition),
      style: { ...styleOf(definition), ...style },
    })
  }
  for (const { row, column, color } of input.fills ?? []) restyle(row, column, { fill: solid(color) })
  if (input.hasTotal) {
    for (const column of input.columns.keys()) {
      restyle(input.rows.length - 1, column, { font: { bold: true }, fill: solid(HEADER_COLOR) })
    }
  }
  return cells
}

/** A name that Excel takes, and that no other sheet has. */
function sheetNameOf(wanted: string, taken: Set<string>): string {
  const allowed = wanted.replace(/[\\/?*[\]:']/g, ' ').trim()
  const name = allowed.slice(0, 28) || 'Sheet'
  let unique = name
  for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${name} ${count}`
  taken.add(unique.toLowerCase())
  return unique
}
