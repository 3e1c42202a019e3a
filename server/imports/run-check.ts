import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import type { CoordinateSystem, ImportKind } from '../core/vocabulary.ts'
import { currentSequence } from '../db/changes.ts'
import { readMethodSettings } from '../risk/method-settings.ts'
import { storeCell } from './cells.ts'
import { type CheckResult, checkRows } from './check.ts'
import { FIELDS, type Field, isChoosable } from './fields.ts'
import { notesOnMark } from './keyed-notes.ts'
import { layOutSheets, type SheetLayout } from './layout.ts'
import { listKnownAreas, listKnownClauses } from './lookup-queries.ts'
import type { CheckContext, SourceRow } from './model.ts'
import {
  discardWaitingSince,
  type ImportRecord,
  insertImport,
  lockImport,
  type StoredOptions,
  updateImport,
} from './queries.ts'
import { makeReport, type StoredReport } from './report.ts'
import { insertRows, listSources, updateRows } from './row-queries.ts'
import { IMPORT_LIMITS, type ImportOptions } from './schema.ts'
import { type TableFile, UnreadableError } from './table.ts'

/** A file whose headers do not make a ledger of this kind. */
export class LayoutError extends Error {
  readonly code: 'NO_HEADER' | 'MISSING_COLUMNS'
  readonly missing: string[]
  /** The names of the missing fields, for saying which column holds each. */
  readonly fields: string[]
  readonly headers: string[]
  constructor(code: LayoutError['code'], message: string, missing: Field[], headers: string[]) {
    super(message)
    this.name = 'LayoutError'
    this.code = code
    this.missing = missing.map((field) => field.header)
    this.fields = missing.map((field) => field.field)
    this.headers = headers
  }
}

export interface Upload {
  kind: ImportKind
  coordinateSystem: CoordinateSystem
  fileName: string
  bytes: Buffer
  options: ImportOptions
}

/** A draft is kept for seven days; after that the data has moved on, and uploading again is quicker than comparing. */
const DRAFT_MILLISECONDS = 7 * 86_400_000

/** Reads a table as an import of its kind and keeps what the check found. Nothing of it is on the map yet. */
export async function startImport(
  db: Knex,
  upload: Upload,
  file: TableFile,
  user: User,
  at: Date,
): Promise<string> {
  const { kind, coordinateSystem } = upload
  const { layouts, sources } = prepareRows(file, kind, upload.options)
  const checkedSequence = await currentSequence(db)
  const context = await makeContext(db, coordinateSystem, upload.options, user, at)
  const result = await checkRows(db, kind, sources, layouts, context)
  const id = uuid()
  const report = makeReport(
    kind,
    file.format,
    layouts,
    result.rows,
    withNotes(result, [...file.notes, ...notesOn(layouts), ...notesOnMark(layouts, sources)]),
  )
  await db.transaction(async (transaction) => {
    await discardWaitingSince(transaction, new Date(at.getTime() - DRAFT_MILLISECONDS))
    await insertImport(transaction, {
      id,
      kind,
      fileName: upload.fileName,
      fileSha256: createHash('sha256').update(upload.bytes).digest('hex'),
      coordinateSystem,
      options: { chosen: upload.options, layouts, checkedSequence },
      report,
      createdBy: user.id,
      createdAt: at,
    })
    await insertRows(transaction, id, result.rows)
  })
  return id
}

const withNotes = (result: CheckResult, notes: string[]): Pick<StoredReport, 'notes' | 'systems'> => ({
  notes: [...notes, ...result.notes],
  systems: result.systems,
})

function notesOn(layouts: readonly SheetLayout[]): string[] {
  return layouts.some(
    (layout) => layout.isRead && layout.columns.some((column) => column.field === 'creditCode'),
  )
    ? []
    : ['没有「统一社会信用代码」列：企业只能按名称对应']
}

/** The layouts of the sheets, and the rows of those that are read, numbered through. Throws LayoutError. */
function prepareRows(
  file: TableFile,
  kind: ImportKind,
  options: ImportOptions,
): { layouts: SheetLayout[]; sources: SourceRow[] } {
  const { layouts, rowsOf } = layOutSheets(file, kind, options.columns ?? {})
  if (!layouts.some((layout) => layout.isRead)) throw layoutRefusal(layouts, kind)
  const sources: SourceRow[] = []
  for (const [index, layout] of layouts.entries()) {
    if (!layout.isRead) continue
    for (const row of rowsOf[index] ?? []) {
      sources.push({
        position: sources.length,
        sheet: layout.name,
        row: row.number,
        cells: row.cells.map(storeCell),
        corrections: {},
      })
    }
  }
  if (sources.length === 0) throw new UnreadableError('EMPTY_FILE', '表头下面没有数据')
  if (sources.length > IMPORT_LIMITS.rows) {
    throw new UnreadableError(
      'TOO_MANY_ROWS',
      `有 ${sources.length.toLocaleString('en')} 行，超过 ${IMPORT_LIMITS.rows.toLocaleString('en')} 行的上限。请按街镇或月份分成几个文件`,
    )
  }
  return { layouts, sources }
}

function layoutRefusal(layouts: readonly SheetLayout[], kind: ImportKind): LayoutError {
  const best = [...layouts].sort((a, b) => b.columns.length - a.columns.length)[0]
  const foreign = layouts.find((layout) => layout.isForeign)
  if (foreign) return new LayoutError('MISSING_COLUMNS', `「${foreign.name}」${foreign.reason}`, [], [])
  const required = FIELDS[kind].filter((field) => field.isRequired)
  if (!best || best.columns.length === 0) {
    return new LayoutError(
      'NO_HEADER',
      `没有找到表头。前 20 行里应有一行写着列名，至少有：${required.map((field) => field.header).join('、')}`,
      required,
      [],
    )
  }
  const headers = best.columns.map((column) => column.header)
  const present = new Set(best.columns.map((column) => column.field))
  const missing = FIELDS[kind].filter((field) => field.isRequired && !present.has(field.field))
  return new LayoutError(
    'MISSING_COLUMNS',
    `「${best.name}」缺少必填列：${missing.map((field) => field.header).join('、')}`,
    missing,
    headers,
  )
}

async function makeContext(
  db: Knex,
  coordinateSystem: CoordinateSystem,
  options: ImportOptions,
  user: User,
  at: Date,
): Promise<CheckContext> {
  return {
    today: dayOf(at),
    coordinateSystem,
    defaultSector: options.defaultSector ?? null,
    role: user.role,
    scope: user.scope,
    areas: await listKnownAreas(db),
    clauses: await listKnownClauses(db),
    methods: await readMethodSettings(db),
  }
}

/** Checks the rows of an import again as things stand now. Writes nothing. */
export async function recheckRows(
  db: Knex,
  record: Pick<ImportRecord, 'id' | 'kind' | 'coordinateSystem' | 'options' | 'report'>,
  user: User,
  at: Date,
): Promise<{ result: CheckResult; report: StoredReport }> {
  const { kind, options } = record
  const context = await makeContext(db, record.coordinateSystem, options.chosen, user, at)
  const sources = await listSources(db, record.id)
  const result = await checkRows(db, kind, sources, options.layouts, context)
  const notes = withNotes(result, [...notesOn(options.layouts), ...notesOnMark(options.layouts, sources)])
  return { result, report: makeReport(kind, record.report.format, options.layouts, result.rows, notes) }
}

/** Checks again and keeps what was found; answers false if the import is no longer waiting for its commit. */
export async function recheckImport(
  db: Knex,
  record: ImportRecord,
  choice: { coordinateSystem?: CoordinateSystem | undefined; options?: ImportOptions | undefined },
  user: User,
  at: Date,
): Promise<boolean> {
  const chosen = choice.options ?? record.options.chosen
  const coordinateSystem = choice.coordinateSystem ?? record.coordinateSystem
  const layouts = chooseColumns(record.options.layouts, record.kind, chosen)
  const options: StoredOptions = { chosen, layouts, checkedSequence: await currentSequence(db) }
  const { result, report } = await recheckRows(db, { ...record, coordinateSystem, options }, user, at)
  return db.transaction(async (transaction) => {
    if ((await lockImport(transaction, record.id)) !== 'checked') return false
    await updateRows(transaction, record.id, result.rows)
    await updateImport(transaction, record.id, { coordinateSystem, options, report })
    return true
  })
}

/** The layouts with the columns as a person chose them; the rest stays as it was read. */
function chooseColumns(
  layouts: readonly SheetLayout[],
  kind: ImportKind,
  chosen: ImportOptions,
): SheetLayout[] {
  const choices = chosen.columns ?? {}
  return layouts.map((layout) => ({
    ...layout,
    columns: layout.columns.map((column) => {
      const choice = Object.hasOwn(choices, column.header) ? choices[column.header] : undefined
      if (choice === undefined) return column
      if (choice === null) return { ...column, field: null, ignored: '您选择不导入这一列' }
      const known = FIELDS[kind].some((field) => field.field === choice && isChoosable(field))
      return known ? { ...column, field: choice, ignored: null } : column
    }),
  }))
}
