import type { ImportKind } from '../core/vocabulary.ts'
import { IMPORT_KIND_TERMS } from '../core/vocabulary.ts'
import { type WorkbookCell, type WorkbookInput, writeWorkbook } from '../exports/write-workbook.ts'
import { restoreCell } from './cells.ts'
import { FIELDS } from './fields.ts'
import { FAULTS_HEADER } from './fields-place.ts'
import type { SheetLayout } from './layout.ts'
import type { ImportRecord, StoredRow } from './queries.ts'

const ERROR_COLOR = 'FBE9EA'
const WARNING_COLOR = 'FFF3DC'

/** The rows as they were uploaded, with faulty cells coloured and what is wrong in a column of its own. */
export async function writeFaults(record: ImportRecord, rows: readonly StoredRow[]): Promise<Buffer> {
  const sheets = record.options.layouts.filter((layout) => layout.isRead)
  return writeWorkbook(
    ...sheets.map((layout) =>
      faultsSheet(
        record,
        layout,
        rows.filter((row) => row.sheet === layout.name),
      ),
    ),
  )
}

function faultsSheet(record: ImportRecord, layout: SheetLayout, rows: readonly StoredRow[]): WorkbookInput {
  const fills: NonNullable<WorkbookInput['fills']>[number][] = []
  const lastColumn = layout.columns.length + 1
  const cells = rows.map((row, index): WorkbookCell[] => {
    for (const issue of row.issues) {
      const column = layout.columns.findIndex((entry) => entry.header === issue.column)
      const color = issue.level === 'error' ? ERROR_COLOR : WARNING_COLOR
      fills.push({ row: index, column: column === -1 ? lastColumn : column + 1, color })
    }
    const values = layout.columns.map((column) => restoreCell(row.cells.values[column.index]))
    return [row.row, ...values, row.issues.map((issue) => describe(issue)).join('\n')]
  })
  const rejected = rows.filter((row) => row.outcome === 'rejected').length
  return {
    sheetName: layout.name,
    title: `${IMPORT_KIND_TERMS[record.kind].zh} 检查结果`,
    subtitle: `${record.fileName} · 工作表 ${layout.name} · ${rows.length} 行，不收 ${rejected} 行 · 红色为不收的原因，黄色为提醒。改好后可直接再上传`,
    columns: [
      { header: '原表行号', width: 9, kind: 'number' },
      ...layout.columns.map((column) => ({
        header: column.header,
        width: widthOf(record.kind, column.field),
        kind: 'mixed' as const,
      })),
      { header: FAULTS_HEADER, width: 60 },
    ],
    rows: cells,
    fills,
  }
}

const describe = (issue: StoredRow['issues'][number]): string =>
  `${issue.level === 'error' ? '不收' : '提醒'}${issue.column ? `「${issue.column}」` : ''}：${issue.reason}。${issue.remedy}`

const widthOf = (kind: ImportKind, name: string | null): number =>
  FIELDS[kind].find((field) => field.field === name)?.width ?? 16

/** An empty ledger with the officials' own headers, for filling in. */
export async function writeTemplate(kind: ImportKind): Promise<Buffer> {
  const fields = FIELDS[kind].filter(
    (field) => !TEMPLATE_OMITS.has(field.field) && !(kind === 'hazards' && SPLIT_FIELDS.has(field.field)),
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
    })),
    rows: [],
    rowsForChoices: 1_000,
  })
}

/** Columns that say the same as another one of the template, or that are not imported. */
const TEMPLATE_OMITS = new Set(['position', 'photo', 'faults', 'siteLevel', 'isMajor', 'number'])
/** The ledger's own sheet has 责任单位/责任人 in one column. */
const SPLIT_FIELDS = new Set(['responsibleUnit', 'responsiblePerson'])
