import type { ImportKind } from '../core/vocabulary.ts'
import { restoreCell, storeCell } from './cells.ts'
import { fieldOf } from './fields.ts'
import { type CellConflict, type Cells, compareCells, countEdits, meaningOf } from './keyed-cells.ts'
import type { RowKey } from './keyed-queries.ts'
import type { ColumnLayout, SheetLayout } from './layout.ts'
import type { CheckContext, SourceRow } from './model.ts'
import { makeRowReader, type RowReader } from './row-reader.ts'
import type { CellValue } from './table.ts'

/** A row of a file that names the thing and the version that it was exported from. */
export interface KeyedSource {
  source: SourceRow
  columns: readonly ColumnLayout[]
  /** Reads the cells as the file has them; what is said against the row gathers in its issues. */
  reader: RowReader
  /** Null: the key itself cannot be read. */
  key: RowKey | null
  siteKey: RowKey | null
}

/** A thing with its cells as an export writes them. */
export interface Standing<T> {
  facts: T
  cells: Cells
  isGone: boolean
}

/** A keyed row compared with what it was exported from. */
export interface KeyedRow<T> extends KeyedSource {
  /** The thing as it stands; null: the row is kept out. */
  facts: T | null
  edited: Set<string>
  merged: Map<string, CellValue>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Parts the rows that name what they were exported from; of a key that stands twice only the first row counts. */
export function partKeyed(
  kind: ImportKind,
  sources: readonly SourceRow[],
  layouts: readonly SheetLayout[],
): { plain: SourceRow[]; keyed: KeyedSource[] } {
  const columnsOf = new Map(layouts.map((layout) => [layout.name, layout.columns]))
  const plain: SourceRow[] = []
  const keyed: KeyedSource[] = []
  const seen = new Map<string, number>()
  for (const source of sources) {
    const columns = columnsOf.get(source.sheet) ?? []
    if (!columns.some(({ field }) => field === 'rowId')) {
      plain.push(source)
      continue
    }
    const reader = makeRowReader(kind, source, columns)
    if (reader.text('rowId') === null) {
      plain.push(source)
      continue
    }
    const key = readKey(reader, 'rowId', 'rowVersion')
    keyed.push({ source, columns, reader, key, siteKey: readKey(reader, 'siteId', 'siteVersion') })
    if (key === null) {
      reader.fault({
        code: 'BAD_ROW_KEY',
        field: 'rowId',
        reason: '行标识或版本不完整，认不出是哪一行',
        remedy: '请从导出文件里原样复制这两格；要作为新行导入，请把两格都清空',
      })
      continue
    }
    const first = seen.get(key.id)
    if (first === undefined) seen.set(key.id, source.row)
    else {
      reader.fault({
        code: 'DUPLICATE_KEY',
        field: 'rowId',
        reason: `行标识与第 ${first} 行相同`,
        remedy: '复制出来的新行，请清空行标识和版本两格',
      })
    }
  }
  return { plain, keyed }
}

function readKey(reader: RowReader, idField: string, versionField: string): RowKey | null {
  const id = (reader.text(idField) ?? '').toLowerCase()
  const version = Number(reader.text(versionField) ?? Number.NaN)
  return UUID.test(id) && Number.isInteger(version) && version > 0 && version < 2 ** 31
    ? { id, version }
    : null
}

/**
 * Finds the edits of a row. What it was exported from may have stood in several states of one version, of which the one
 * counts that the file differs least from. A thing that the asker may not see is answered like one that is not there.
 */
export function compareRow<T>(
  kind: ImportKind,
  row: KeyedSource,
  { was, now }: { was: readonly Standing<T>[]; now: Standing<T> | null },
  context: CheckContext,
): KeyedRow<T> {
  const file = fileCells(row)
  const refused = { ...row, facts: null, edited: new Set<string>(), merged: new Map(file) }
  if (row.reader.issues.length > 0) return refused
  const meaning = (field: string, cell: CellValue) => meaningOf(field, cell, context.areas)
  const [base] = [...was]
    .map((standing) => ({ standing, edits: countEdits(file, standing.cells, meaning) }))
    .sort((a, b) => a.edits - b.edits)
  if (!now || !base) {
    row.reader.fault({
      code: 'UNKNOWN_ROW',
      field: 'rowId',
      reason: '系统里没有这个行标识的这一版，或不在您的可见范围内',
      remedy: '请用自己导出的文件修改；要作为新行导入，请清空行标识和版本',
    })
    return refused
  }
  const decisions = row.source.corrections.conflicts ?? {}
  const compared = compareCells({ file, was: base.standing.cells, now: now.cells }, decisions, meaning)
  if (now.isGone && compared.edited.size + compared.conflicts.length > 0) {
    row.reader.fault({
      code: 'ROW_GONE',
      field: null,
      reason: '这一行导出以后在系统里已停用、撤下或被新的评估取代',
      remedy: '请重新导出后再改',
    })
    return refused
  }
  for (const { computed } of row.columns) {
    if (computed === undefined) continue
    if (compared.edited.delete(computed))
      tellComputed(row.reader, computed, fieldOf(kind, computed)?.computed ?? '')
  }
  const isComputed = (field: string) => fieldOf(kind, field)?.computed !== undefined
  for (const conflict of compared.conflicts)
    if (!isComputed(conflict.field)) tellConflict(row.reader, conflict)
  return { ...row, facts: now.facts, edited: compared.edited, merged: compared.merged }
}

/** The cells of a row under the fields of their columns; what a person took from the report stands over them. */
function fileCells({ source, columns }: KeyedSource): Map<string, CellValue> {
  const cells = new Map<string, CellValue>()
  for (const { index, field, computed } of columns) {
    const name = field ?? computed
    if (name === undefined || name === null) continue
    cells.set(name, source.corrections.values?.[name] ?? restoreCell(source.cells[index]))
  }
  return cells
}

/** Says of a cell that the system works out itself that its edit is not taken, and why. */
export function tellComputed(
  reader: RowReader,
  field: string,
  why: string,
  remedy = '要改请改它所依据的列',
): void {
  reader.fault({ level: 'warning', code: 'COMPUTED_CELL', field, reason: `${why}，手改的不收`, remedy })
}

const quoted = (text: string): string => (text === '' ? '空' : `「${text}」`)

function tellConflict(reader: RowReader, { field, was, file, system }: CellConflict): void {
  reader.fault({
    level: 'warning',
    code: 'CONFLICT_CELL',
    field,
    reason: `导出以后系统里也改过：导出时${quoted(was)}，系统里${quoted(system)}，表里${quoted(file)}`,
    remedy: '不选时保留系统里的；要用表里的请采用',
    proposal: { action: 'takeFileCell', label: '采用文件里的', field, value: file },
    alternative: { action: 'keepSystemCell', label: '保留系统里的', field, value: system },
    conflict: { was, file, system },
  })
}

/** A reader of the row as it will stand: the thing's present cells with the edits of the file. */
export function readerOf<T>(kind: ImportKind, row: KeyedRow<T>): RowReader {
  const headerOf = new Map(row.columns.flatMap(({ field, header }) => (field ? [[field, header]] : [])))
  const fields = [...row.merged.keys()].filter((field) => fieldOf(kind, field)?.computed === undefined)
  const columns = fields.map(
    (field, index): ColumnLayout => ({
      index,
      header: headerOf.get(field) ?? fieldOf(kind, field)?.header ?? field,
      field,
      ignored: null,
      sample: null,
    }),
  )
  const cells = fields.map((field) => storeCell(row.merged.get(field) ?? null))
  return makeRowReader(kind, { ...row.source, cells, corrections: {} }, columns)
}
