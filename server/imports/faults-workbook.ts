import type { Knex } from 'knex'
import type { ImportKind } from '../core/vocabulary.ts'
import { IMPORT_KIND_TERMS } from '../core/vocabulary.ts'
import type { ExportTable } from '../exports/table.ts'
import { writeTables } from '../exports/workbook-thread.ts'
import { type WorkbookCell, type WorkbookInput, writeWorkbook } from '../exports/write-workbook.ts'
import { restoreCell } from './cells.ts'
import { FIELDS } from './fields.ts'
import { FAULTS_HEADER } from './fields-place.ts'
import type { SheetLayout } from './layout.ts'
import type { ImportRecord } from './queries.ts'
import { type StoredRow, sliceRows } from './row-queries.ts'

const ERROR_COLOR = 'FBE9EA'
const WARNING_COLOR = 'FFF3DC'

type Fill = NonNullable<WorkbookInput['fills']>[number]

/**
 * The rows as they were uploaded, with faulty cells coloured and what is wrong in a column of its own. The rows are read
 * twice, so that a long list never stands in memory as a whole. Rejects when the signal tells that nobody waits.
 */
export async function writeFaults(db: Knex, record: ImportRecord, signal: AbortSignal): Promise<Buffer> {
  const layouts = record.options.layouts.filter((layout) => layout.isRead)
  const tables: ExportTable[] = []
  for (const layout of layouts) {
    const fills = await readFills(db, record, layout)
    tables.push({ head: headOf(record, layout, fills), batches: () => readCells(db, record, layout) })
  }
  return writeTables(tables, record.report.counts.total, signal)
}

async function readFills(db: Knex, record: ImportRecord, layout: SheetLayout): Promise<Fill[]> {
  const lastColumn = layout.columns.length + 1
  const fills: Fill[] = []
  let index = 0
  for await (const rows of sliceRows(db, record.id)) {
    for (const row of rows) {
      if (row.sheet !== layout.name) continue
      for (const issue of row.issues) {
        const column = layout.columns.findIndex((entry) => entry.header === issue.column)
        const color = issue.level === 'error' ? ERROR_COLOR : WARNING_COLOR
        fills.push({ row: index, column: column === -1 ? lastColumn : column + 1, color })
      }
      index++
    }
  }
  return fills
}

function headOf(record: ImportRecord, layout: SheetLayout, fills: Fill[]): ExportTable['head'] {
  const { rejected, total } = record.report.counts
  return {
    sheetName: layout.name,
    title: `${IMPORT_KIND_TERMS[record.kind].zh} 检查结果`,
    subtitle: `${record.fileName} · 共 ${total} 行，不收 ${rejected} 行 · 红色为不收的原因，黄色为提醒。改好后可直接再上传`,
    columns: [
      { header: '原表行号', width: 9, kind: 'number' },
      ...layout.columns.map((column) => ({
        header: column.header,
        width: widthOf(record.kind, column.field),
        kind: 'mixed' as const,
      })),
      { header: FAULTS_HEADER, width: 60 },
    ],
    fills,
  }
}

async function* readCells(
  db: Knex,
  record: ImportRecord,
  layout: SheetLayout,
): AsyncGenerator<WorkbookCell[][]> {
  for await (const rows of sliceRows(db, record.id)) {
    yield rows
      .filter((row) => row.sheet === layout.name)
      .map((row) => [
        row.row,
        ...layout.columns.map((column) => restoreCell(row.cells.values[column.index])),
        row.issues.map((issue) => describe(issue)).join('\n'),
      ])
  }
}

const describe = (issue: StoredRow['issues'][number]): string =>
  `${issue.level === 'error' ? '不收' : '提醒'}${issue.column ? `「${issue.column}」` : ''}：${issue.reason}。${issue.remedy}`

const widthOf = (kind: ImportKind, name: string | null): number =>
  FIELDS[kind].find((field) => field.field === name)?.width ?? 16

/** An empty ledger with the officials' own headers, for filling in. */
export async function writeTemplate(kind: ImportKind): Promise<Buffer> {
  const fields = FIELDS[kind].filter(
    (field) =>
      !field.isKey &&
      !field.computed &&
      !TEMPLATE_OMITS.has(field.field) &&
      !(kind === 'hazards' && SPLIT_FIELDS.has(field.field)),
  )
  return writeWorkbook({
    sheetName: IMPORT_KIND_TERMS[kind].zh,
    title: IMPORT_KIND_TERMS[kind].zh,
    subtitle: `必填：${fields
      .filter((field) => field.isRequired)
      .map((field) => field.header)
      .join('、')}。统一社会信用代码请保持「文本」格式；经度、纬度写小数度，上传时选坐标系`,
    columns: fields.map((field) => ({
      header: field.header,
      width: field.width ?? 16,
      ...(field.kind ? { kind: field.kind } : {}),
      ...(field.choices ? { choices: field.choices } : {}),
      ...(field.isSuggestion ? { isSuggestion: true } : {}),
    })),
    rows: [],
    rowsForChoices: 1_000,
  })
}

/** Columns that say the same as another one of the template, or that are not imported. */
const TEMPLATE_OMITS = new Set(['position', 'photo', 'faults', 'isMajor', 'number'])
/** The ledger's own sheet has 责任单位/责任人 in one column. */
const SPLIT_FIELDS = new Set(['responsibleUnit', 'responsiblePerson'])
