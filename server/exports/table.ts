import type { ImportKind } from '../core/vocabulary.ts'
import type { Located } from '../http/list-reply.ts'
import { fieldOf } from '../imports/fields.ts'
import type { WorkbookCell, WorkbookColumn, WorkbookInput } from './write-workbook.ts'

/** A column of an export: how its cell comes out of a row; `position` counts the rows from 1. */
export interface ExportColumn<Row> extends WorkbookColumn {
  /** The field under which the import knows the column, if it is read back. */
  field?: string
  value: (row: Row, position: number) => WorkbookCell
}

/** A table whose rows come in batches, so that neither the database nor this process is held up for long. */
export interface ExportTable {
  head: Omit<WorkbookInput, 'rows'>
  batches: () => AsyncIterable<WorkbookCell[][]>
}

/** Everything that can be written from one list: as a workbook, as CSV (its first table), as GeoJSON. */
export interface ExportSource {
  /** Without ending: 隐患排查治理台账_2025-06-18. */
  fileName: string
  /** For clients that read no Chinese file name. */
  plainName: string
  total: number
  tables: [ExportTable, ...ExportTable[]]
  features: () => AsyncIterable<Located[]>
}

/** A column under the header that the import of this kind reads back. */
export function importedColumn<Row>(
  kind: ImportKind,
  name: string,
  value: ExportColumn<Row>['value'],
  change: Partial<WorkbookColumn> = {},
): ExportColumn<Row> {
  const field = fieldOf(kind, name)
  if (!field) throw new Error(`no column ${name} in imports of ${kind}`)
  const { header, width, kind: cellKind, choices, isSuggestion, isKey, comment } = field
  return {
    field: name,
    header,
    ...(width === undefined ? {} : { width }),
    ...(cellKind === undefined ? {} : { kind: cellKind }),
    ...(choices === undefined ? {} : { choices }),
    ...(isSuggestion ? { isSuggestion } : {}),
    ...(isKey ? { isKey } : {}),
    ...(comment === undefined ? {} : { comment }),
    ...change,
    value,
  }
}

/** The columns as the workbook takes them; areas are chosen among those that the asker may see. */
export function headOf<Row>(
  columns: readonly ExportColumn<Row>[],
  areaNames: readonly string[],
): WorkbookColumn[] {
  return columns.map(({ value: _value, field, ...column }) =>
    field === 'areaName' ? { ...column, choices: areaNames } : column,
  )
}

/** The cells of a batch of rows, numbered on from those before. */
export async function* cellBatches<Row>(
  columns: readonly ExportColumn<Row>[],
  batches: AsyncIterable<Row[]>,
): AsyncGenerator<WorkbookCell[][]> {
  let position = 0
  for await (const rows of batches) {
    yield rows.map((row) => {
      position++
      return columns.map((column) => column.value(row, position))
    })
  }
}
