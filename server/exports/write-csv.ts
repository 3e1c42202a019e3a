import { stringify } from 'csv-stringify/sync'
import { cleanText } from '../core/plain-text.ts'
import type { ExportTable } from './table.ts'
import type { WorkbookCell } from './write-workbook.ts'

/**
 * A table as CSV, batch by batch: with the mark by which Excel knows UTF-8, lines ended as RFC 4180 has it. A text that a
 * spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
 */
export async function* writeCsv(table: ExportTable): AsyncGenerator<string> {
  yield `\ufeff${line([table.head.columns.map((column) => column.header)])}`
  for await (const rows of table.batches()) yield line(rows)
}

function line(rows: readonly (readonly WorkbookCell[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? guarded(cleanText(cell)) : (cell ?? ''))),
  )
  return stringify(cells, { record_delimiter: '\r\n' })
}

/** A text that stands behind an apostrophe of its own gets one more, so that the reader takes away only ours. */
const guarded = (text: string): string => (/^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)
