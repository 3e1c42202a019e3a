import { parse } from 'csv-parse/sync'
import { assertRowCount } from './read-workbook.ts'
import { IMPORT_LIMITS } from './schema.ts'
import { type TableFile, trimCells, UnreadableError } from './table.ts'

const MAX_RECORD_CHARACTERS = 500_000
const DELIMITERS = [',', '\t', ';', '，'] as const

/** Reads a CSV in UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030, which holds GBK and GB2312. */
export function readCsvFile(bytes: Buffer): TableFile {
  const { text, encoding } = decode(bytes)
  if (text.includes('\u0000'))
    throw new UnreadableError('UNSUPPORTED_FILE', '这不是文字文件。可上传 .xlsx、.xls 或 .csv')
  const records = parseRecords(text)
  const rows = records.flatMap((record, index) => {
    const cells = trimCells(record.map(withoutGuard), IMPORT_LIMITS.columns)
    return cells.length > 0 ? [{ number: index + 1, cells }] : []
  })
  assertRowCount(rows.length)
  return { format: `csv (${encoding})`, sheets: [{ name: 'CSV', isHidden: false, rows }], notes: [] }
}

/** The apostrophe that keeps a spreadsheet from taking a text for a formula is no part of the text. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?='*[=+\-@\t\r＝＋－＠])/, '')

function decode(bytes: Buffer): { text: string; encoding: string } {
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0xfffe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' }
  }
  // text in GB18030 is almost never valid UTF-8, so UTF-8 is tried first and strictly
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return {
        text: new TextDecoder(encoding, { fatal: true }).decode(bytes),
        encoding: encoding.toUpperCase(),
      }
    } catch {
      // not in this encoding
    }
  }
  throw new UnreadableError(
    'UNKNOWN_ENCODING',
    '文字编码不是 UTF-8，也不是 GB18030（GBK）。请用 Excel 另存为「CSV UTF-8」',
  )
}

function parseRecords(text: string): string[][] {
  try {
    return parse(text, {
      delimiter: guessDelimiter(text),
      relax_column_count: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      to: IMPORT_LIMITS.rows + 1_000,
    })
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number }
    const where = lines ? `第 ${lines} 行附近` : ''
    const reason =
      code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED'
        ? '引号没有成对，后面的内容都连成了一格'
        : '引号或分隔符写法不对'
    throw new UnreadableError('FILE_DAMAGED', `CSV ${where}${reason}，请改好后重新上传`)
  }
}

/** The mark that the first lines use most. */
function guessDelimiter(text: string): string {
  const start = text.slice(0, 5_000)
  const counts = DELIMITERS.map((delimiter) => start.split(delimiter).length - 1)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
