/** A spreadsheet or CSV as rows of cells: what every reader answers and every check starts from. */
export type CellValue = string | number | boolean | Date | null

export interface TableRow {
  /** As the spreadsheet numbers it, from 1. */
  number: number
  cells: CellValue[]
}

export interface TableSheet {
  name: string
  isHidden: boolean
  rows: TableRow[]
}

export interface TableFile {
  /** xlsx, xls, csv (UTF-8), csv (GB18030) */
  format: string
  sheets: TableSheet[]
  notes: string[]
}

export type UnreadableCode =
  | 'EMPTY_FILE'
  | 'UNSUPPORTED_FILE'
  | 'FILE_HAS_PASSWORD'
  | 'FILE_DAMAGED'
  | 'ARCHIVE_TOO_LARGE'
  | 'TOO_MANY_ROWS'
  | 'UNKNOWN_ENCODING'
  | 'READING_TOO_LONG'

/** Why a file cannot be read, told to the person who chose it. */
export class UnreadableError extends Error {
  readonly code: UnreadableCode
  constructor(code: UnreadableCode, message: string) {
    super(message)
    this.name = 'UnreadableError'
    this.code = code
  }
}

export interface Merge {
  top: number
  bottom: number
  left: number
}

/** Gives each cell of a merge that runs downwards the value of its first; rows are numbered from 1, columns from 0. */
export function fillMergesDown(rows: TableRow[], merges: readonly Merge[]): void {
  if (merges.length === 0) return
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  for (const { top, bottom, left } of merges) {
    const value = byNumber.get(top)?.cells[left] ?? null
    if (value === null) continue
    for (let number = top + 1; number <= bottom; number++) {
      const row = byNumber.get(number)
      if (!row) continue
      while (row.cells.length < left) row.cells.push(null)
      row.cells[left] = value
    }
  }
}

export function isEmptyCell(cell: CellValue | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')
}

/** Cuts empty cells at the end, and columns beyond the limit. */
export function trimCells(cells: CellValue[], maxColumns: number): CellValue[] {
  let length = Math.min(cells.length, maxColumns)
  while (length > 0 && isEmptyCell(cells[length - 1])) length--
  return cells.slice(0, length)
}
