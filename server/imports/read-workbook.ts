import { EncryptedFileError } from 'hucre'
import { readXls, readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { type Archive, openArchive } from './archive.ts'
import { readMerges } from './read-merges.ts'
import { IMPORT_LIMITS } from './schema.ts'
import { fillMergesDown, type TableFile, type TableSheet, trimCells, UnreadableError } from './table.ts'

/** Titles and notes around the table do not count against the limit of rows. */
const ROWS_AROUND = 200
const WIDE_ROW_CELLS = 1_000
const MAX_WIDE_ROWS = 100
const PASSWORD_MESSAGE = '文件设有密码。请在 Excel 里取消密码后另存，再上传'

export function isZip(bytes: Buffer): boolean {
  return bytes.length > 3 && bytes.readUInt32BE(0) === 0x504b0304
}

/** The container of .xls, and of every Office file with a password. */
export function isOleContainer(bytes: Buffer): boolean {
  return bytes.length > 7 && bytes.readUInt32BE(0) === 0xd0cf11e0 && bytes.readUInt32BE(4) === 0xa1b11ae1
}

/** Reads an .xlsx row by row, so that memory stays low whatever the file claims about its cells. */
export async function readXlsxFile(bytes: Buffer): Promise<TableFile> {
  const archive = await openArchive(bytes)
  assertWorkbook(archive)
  const input = new Uint8Array(bytes)
  const infos: { name: string; isHidden: boolean }[] = []
  await readXlsx(input, {
    sheets: (info) => {
      infos.push({ name: info.name, isHidden: info.hidden === true || info.veryHidden === true })
      return false
    },
  })
  const merges = await readMerges(archive)
  const sheets: TableSheet[] = []
  let rowCount = 0
  let wideRowCount = 0
  for (const { name, isHidden } of infos) {
    const rows: TableSheet['rows'] = []
    if (!isHidden) {
      for await (const row of streamXlsxRows(input, { sheet: name })) {
        if (row.values.length > WIDE_ROW_CELLS) assertFewWideRows(++wideRowCount)
        const cells = trimCells(row.values, IMPORT_LIMITS.columns)
        if (cells.length === 0) continue
        rows.push({ number: row.index + 1, cells })
        rowCount++
        assertRowCount(rowCount)
      }
    }
    fillMergesDown(rows, merges.get(name) ?? [])
    sheets.push({ name, isHidden, rows })
  }
  return { format: 'xlsx', sheets, notes: [] }
}

/** A stray cell far to the right happens; thousands of them only cost time and memory. */
function assertFewWideRows(count: number): void {
  if (count <= MAX_WIDE_ROWS) return
  throw new UnreadableError(
    'FILE_DAMAGED',
    `很多行的内容在第 ${WIDE_ROW_CELLS} 列以后，不像台账。请删去右侧多余的列再上传`,
  )
}

function assertWorkbook(archive: Archive): void {
  if (archive.names.includes('xl/workbook.xml')) return
  if (archive.names.includes('xl/workbook.bin')) {
    throw new UnreadableError('UNSUPPORTED_FILE', '这是 .xlsb 文件。请在 Excel 里另存为 .xlsx 再上传')
  }
  throw new UnreadableError('UNSUPPORTED_FILE', '这不是 Excel 表格。可上传 .xlsx、.xls 或 .csv')
}

/** Reads an old .xls; its merges are not told, so a merged cell keeps its value in the first row only. */
export async function readXlsFile(bytes: Buffer): Promise<TableFile> {
  // with a password an .xlsx becomes such a container too; its stream is named in UTF-16 in the directory
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    throw new UnreadableError('FILE_HAS_PASSWORD', PASSWORD_MESSAGE)
  }
  const workbook = await readXls(new Uint8Array(bytes))
  let rowCount = 0
  const sheets = workbook.sheets.map(({ name, rows }) => {
    const kept = rows.flatMap((values, index) => {
      const cells = trimCells(values, IMPORT_LIMITS.columns)
      return cells.length > 0 ? [{ number: index + 1, cells }] : []
    })
    rowCount += kept.length
    assertRowCount(rowCount)
    return { name, isHidden: false, rows: kept }
  })
  return { format: 'xls', sheets, notes: ['.xls 的合并单元格只取第一行的值，建议另存为 .xlsx'] }
}

export function assertRowCount(count: number): void {
  if (count > IMPORT_LIMITS.rows + ROWS_AROUND) {
    throw new UnreadableError(
      'TOO_MANY_ROWS',
      `超过 ${IMPORT_LIMITS.rows.toLocaleString('en')} 行的上限。请按街镇或月份分成几个文件`,
    )
  }
}

/** What the library threw, in words for the person who chose the file. */
export function asUnreadable(error: unknown): UnreadableError {
  if (error instanceof UnreadableError) return error
  if (error instanceof EncryptedFileError) return new UnreadableError('FILE_HAS_PASSWORD', PASSWORD_MESSAGE)
  return new UnreadableError(
    'FILE_DAMAGED',
    '文件已损坏或不是完整的表格，打不开。请在 Excel 里打开后另存再上传',
  )
}
