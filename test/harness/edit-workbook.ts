import { openXlsx, type RoundtripWorkbook, saveXlsx } from 'hucre/xlsx'
import { asWritten } from '../../server/exports/write-workbook.ts'

export interface CellEdit {
  /** Of the rows below the header, from 0. */
  row: number
  header: string
  value: string | number | null
}

/** The workbook as somebody would save it after typing into some of its cells. */
export async function editWorkbook(
  bytes: Buffer,
  sheetName: string,
  edits: readonly CellEdit[],
): Promise<Buffer> {
  const workbook = await openXlsx(new Uint8Array(bytes))
  const sheet = workbook.sheets.find(({ name }) => name === sheetName)
  if (!sheet) throw new Error(`no sheet ${sheetName}`)
  const headerAt = sheet.rows.findIndex((cells) => cells.includes('行标识'))
  for (const { row, header, value } of edits) {
    const column = sheet.rows[headerAt]?.indexOf(header) ?? -1
    const cells = sheet.rows[headerAt + 1 + row]
    if (column === -1 || !cells) throw new Error(`no cell ${row} ${header}`)
    cells[column] = value
    const styled = sheet.cells?.get(`${headerAt + 1 + row},${column}`)
    if (styled) styled.value = value
  }
  return save(workbook)
}

/** Spreadsheet programs write texts so that they are read back as they were. */
async function save(workbook: RoundtripWorkbook): Promise<Buffer> {
  for (const sheet of workbook.sheets) {
    for (const cells of sheet.rows) {
      for (const [column, cell] of cells.entries())
        if (typeof cell === 'string') cells[column] = asWritten(cell)
    }
    for (const cell of sheet.cells?.values() ?? []) {
      if (typeof cell.value === 'string') cell.value = asWritten(cell.value)
    }
  }
  return Buffer.from(await saveXlsx(workbook))
}

/** The workbook without some of its rows, counted below the header from 0. */
export async function dropRows(bytes: Buffer, sheetName: string, rows: readonly number[]): Promise<Buffer> {
  const workbook = await openXlsx(new Uint8Array(bytes))
  const sheet = workbook.sheets.find(({ name }) => name === sheetName)
  if (!sheet) throw new Error(`no sheet ${sheetName}`)
  const headerAt = sheet.rows.findIndex((cells) => cells.includes('行标识'))
  sheet.rows = sheet.rows.filter((_, index) => !rows.includes(index - headerAt - 1))
  sheet.cells?.clear()
  return save(workbook)
}
