import type { ImportKind } from '../core/vocabulary.ts'
import type { AnyReading } from './check.ts'
import { FIELDS, isChoosable } from './fields.ts'
import type { SheetLayout } from './layout.ts'
import { type CheckedRow, renameSiteChanges } from './model.ts'
import type { FoldedIssue, ImportCounts, ImportReport, RowIssue } from './schema.ts'

const MAX_ISSUES = 1_000
const MAX_MOVES = 200

export function countRows(rows: readonly CheckedRow<AnyReading>[]): ImportCounts {
  const counts = {
    total: rows.length,
    accepted: 0,
    new: 0,
    changed: 0,
    unchanged: 0,
    rejected: 0,
    warned: 0,
    noted: 0,
    unlocated: 0,
    cells: 0,
    conflicts: 0,
  }
  for (const row of rows) {
    counts[row.outcome]++
    const isAccepted = row.outcome === 'new' || row.outcome === 'changed'
    if (isAccepted) counts.accepted++
    if (isAccepted && row.issues.length > 0) counts.warned++
    if (row.outcome === 'unchanged' && row.issues.length > 0) counts.noted++
    if (isAccepted && row.placed.point === null) counts.unlocated++
    if (row.outcome === 'changed') counts.cells += countShown(row)
    counts.conflicts += row.issues.filter(({ code }) => code === 'CONFLICT_CELL').length
  }
  return counts
}

/** What goes with another fact: on what an area rests, the text of a position, the arithmetic of a score. */
const UNSHOWN = new Set(['areaBasis', 'coordinateText', 'coordinateSystem', 'arithmetic', 'siteId'])
const countShown = ({ changes, site }: CheckedRow<AnyReading>): number =>
  Object.keys({ ...changes, ...renameSiteChanges(site?.changes ?? {}) }).filter((name) => !UNSHOWN.has(name))
    .length

/** Like faults of neighbouring rows become one line; errors stand before warnings, each in the order of the file. */
export function foldIssues(rows: readonly CheckedRow<AnyReading>[]): FoldedIssue[] {
  const open = new Map<string, FoldedIssue & { lastIndex: number; lastRow: number; firstRow: number }>()
  const folded: (FoldedIssue & { lastIndex: number; lastRow: number; firstRow: number })[] = []
  for (const [index, { source, issues }] of rows.entries()) {
    for (const issue of issues) {
      // each cell in conflict is decided by itself
      const own = issue.conflict ? `\u0001${index}` : ''
      const key = keyOf(source.sheet, issue) + own
      const line = open.get(key)
      if (line && line.lastIndex === index - 1) {
        extend(line, source, issue)
        line.lastIndex = index
        line.lastRow = source.row
        line.lastPosition = source.position
        line.rows = `${line.firstRow}–${source.row}`
        line.rowCount++
        continue
      }
      const first = { ...begin(source, issue), lastIndex: index, lastRow: source.row, firstRow: source.row }
      open.set(key, first)
      folded.push(first)
    }
  }
  return folded
    .map(({ lastIndex: _index, lastRow: _last, firstRow: _first, ...line }) => line)
    .sort(
      (a, b) =>
        Number(a.level === 'warning') - Number(b.level === 'warning') || a.firstPosition - b.firstPosition,
    )
}

/** The same kind of fault for the same reason, with the same way out; numbers and what the cells say may differ. */
function keyOf(sheet: string, issue: RowIssue): string {
  const way = issue.proposal ? `${issue.proposal.action} ${issue.proposal.label}` : issue.remedy
  const reason = issue.reason.replace(/「[^」]*」|[\d.,-]+/g, '#')
  return [sheet, issue.level, issue.code, issue.field, reason, way].join('\u0001')
}

function begin(source: { sheet: string; row: number; position: number }, issue: RowIssue): FoldedIssue {
  const { move, ...rest } = issue
  return {
    ...rest,
    sheet: source.sheet,
    rows: String(source.row),
    rowCount: 1,
    firstPosition: source.position,
    lastPosition: source.position,
    moves: move ? [{ row: source.row, ...move }] : [],
  }
}

function extend(line: FoldedIssue, source: { row: number }, issue: RowIssue): void {
  if (line.value !== issue.value) line.value = null
  if (issue.move && line.moves.length < MAX_MOVES) line.moves.push({ row: source.row, ...issue.move })
}

export function describeColumns(layouts: readonly SheetLayout[], kind: ImportKind): ImportReport['columns'] {
  const columns = layouts.filter((layout) => layout.isRead).flatMap((layout) => layout.columns)
  const distinct = [...new Map(columns.map((column) => [column.header, column])).values()]
  const fieldOf = new Map(FIELDS[kind].map((field) => [field.field, field]))
  return {
    matched: distinct.flatMap((column) => {
      const field = column.field === null ? undefined : fieldOf.get(column.field)
      if (!field) return []
      return [
        {
          header: column.header,
          field: field.field,
          label: field.header,
          isRequired: field.isRequired === true,
          sample: column.sample,
        },
      ]
    }),
    unknown: distinct.flatMap(({ field, ignored, header, sample }) =>
      field === null && ignored === null ? [{ header, sample }] : [],
    ),
    ignored: distinct.flatMap(({ ignored, header }) =>
      ignored === null ? [] : [{ header, reason: ignored }],
    ),
    available: FIELDS[kind].flatMap((field) =>
      isChoosable(field)
        ? [{ field: field.field, label: field.header, isRequired: field.isRequired === true }]
        : [],
    ),
  }
}

/** The part of a report that the check makes; it is kept with the import. */
export interface StoredReport {
  format: string
  counts: ImportCounts
  sheets: ImportReport['sheets']
  headerRow: number | null
  columns: ImportReport['columns']
  issues: FoldedIssue[]
  issueCount: number
  notes: string[]
  systems: ImportReport['systems']
  result: ImportReport['result']
}

export function makeReport(
  kind: ImportKind,
  format: string,
  layouts: readonly SheetLayout[],
  rows: readonly CheckedRow<AnyReading>[],
  rest: Pick<StoredReport, 'notes' | 'systems'>,
): StoredReport {
  const issues = foldIssues(rows)
  return {
    format,
    counts: countRows(rows),
    sheets: layouts.map(({ name, isRead, reason, headerRow, rowCount }) => ({
      name,
      isRead,
      reason,
      headerRow,
      rowCount,
    })),
    headerRow: layouts.find((layout) => layout.isRead)?.headerRow ?? null,
    columns: describeColumns(layouts, kind),
    issues: issues.slice(0, MAX_ISSUES),
    issueCount: issues.length,
    ...rest,
    result: null,
  }
}
