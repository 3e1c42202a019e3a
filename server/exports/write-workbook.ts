import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { cleanText } from '../core/plain-text.ts'

export type WorkbookCell = CellValue

export interface WorkbookColumn {
  header: string
  /** In characters of Excel's default font; a Chinese character takes two. */
  width?: number
  /** mixed: each cell as its value is, for showing someone's own table again. */
  kind?: 'text' | 'number' | 'day' | 'mixed'
  /** The words that Excel offers in a list. */
  choices?: readonly string[]
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
  footer?: string
}

/** Excel's own limit; the library writes longer text without complaint and Excel then calls the file broken. */
const MAX_CELL_CHARACTERS = 32_767
const HEADER_COLOR = 'E7EFEF'
const EDGE = { style: 'thin', color: { rgb: 'DDE1E2' } } as const
const BORDER = { top: EDGE, right: EDGE, bottom: EDGE, left: EDGE }

/**
 * Writes a sheet for each input: merged title, small print, framed header, rows; set up for A3 landscape with the
 * header on each page. Text stays text: a value that begins with = is never a formula.
 */
export async function writeWorkbook(...inputs: WorkbookInput[]): Promise<Buffer> {
  const taken = new Set<string>()
  const sheets = inputs.map((input) => ({ ...makeSheet(input), name: sheetNameOf(input.sheetName, taken) }))
  const bytes = await writeXlsx({ sheets, defaultFont: { name: '宋体', size: 11 } })
  return Buffer.from(bytes)
}

function makeSheet(input: WorkbookInput): Omit<WriteSheet, 'name'> {
  const { columns, rows } = input
  const lastColumn = Math.max(0, columns.length - 1)
  const headerIndex = input.subtitle === undefined ? 1 : 2
  const titles = input.subtitle === undefined ? [[input.title]] : [[input.title], [input.subtitle]]
  return {
    columns: columns.map((column) => ({
      width: column.width ?? 14,
      style: styleOf(column),
    })),
    rows: [
      ...titles,
      columns.map((column) => column.header),
      ...rows.map((row) => row.map((value, index) => asCell(value, columns[index]))),
    ],
    cells: styledCells(input, headerIndex),
    merges: titles.map((_, row) => ({ startRow: row, startCol: 0, endRow: row, endCol: lastColumn })),
    rowDefs: new Map([[0, { height: 30 }]]),
    freezePane: { rows: headerIndex + 1 },
    autoFilter: { range: `A${headerIndex + 1}:${letterOf(lastColumn)}${headerIndex + 1 + rows.length}` },
    dataValidations: validationsOf(input, headerIndex),
    pageSetup: {
      paperSize: 'a3',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${headerIndex + 1}:$${headerIndex + 1}`,
    },
    headerFooter: { oddFooter: `&L${(input.footer ?? '').replaceAll('&', '&&')}&R第 &P 页，共 &N 页` },
  }
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
  return cleanText(value).slice(0, MAX_CELL_CHARACTERS)
}

function styleOf(column: WorkbookColumn): CellStyle {
  const isMeasured = column.kind === 'number'
  return {
    alignment: { vertical: 'center', wrapText: true, horizontal: isMeasured ? 'right' : 'left' },
    border: BORDER,
    // @ keeps what is typed later, such as an 18-digit code, as text
    numFmt: column.kind === 'day' ? 'yyyy-mm-dd' : isMeasured || column.kind === 'mixed' ? 'General' : '@',
  }
}

function styledCells(input: WorkbookInput, headerIndex: number): NonNullable<WriteSheet['cells']> {
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
      style: {
        font: { bold: true },
        fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: HEADER_COLOR } },
        alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
        border: BORDER,
      },
    })
  }
  for (const { row, column, color } of input.fills ?? []) {
    const definition = input.columns[column]
    if (!definition) continue
    cells.set(`${headerIndex + 1 + row},${column}`, {
      value: asCell(input.rows[row]?.[column] ?? null, definition),
      style: {
        ...styleOf(definition),
        fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: color } },
      },
    })
  }
  return cells
}

function validationsOf(
  input: WorkbookInput,
  headerIndex: number,
): NonNullable<WriteSheet['dataValidations']> {
  const first = headerIndex + 2
  const last = headerIndex + 1 + Math.max(1, input.rows.length, input.rowsForChoices ?? 0)
  return input.columns.flatMap((column, index) => {
    // Excel keeps such a list in 255 characters
    if (!column.choices || column.choices.join(',').length > 255) return []
    const letter = letterOf(index)
    return [
      {
        type: 'list' as const,
        values: [...column.choices],
        range: `${letter}${first}:${letter}${last}`,
        allowBlank: true,
      },
    ]
  })
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

function letterOf(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
