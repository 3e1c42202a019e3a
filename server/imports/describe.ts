import { cellText, restoreCell } from './cells.ts'
import { fieldOf } from './fields.ts'
import { renameSiteChanges } from './model.ts'
import type { ImportRecord } from './queries.ts'
import type { StoredRow } from './row-queries.ts'
import type { ImportCounts, ImportReport, ImportRow, ImportSummary } from './schema.ts'

const UNCOUNTED = { noted: 0, cells: 0, conflicts: 0 }

export function asSummary(record: ImportRecord): ImportSummary {
  // reports from before cells were counted have none of them
  const counts: ImportCounts = { ...UNCOUNTED, ...record.report.counts }
  return {
    id: record.id,
    kind: record.kind,
    fileName: record.fileName,
    coordinateSystem: record.coordinateSystem,
    state: record.state,
    counts,
    createdByName: record.createdByName ?? '系统',
    createdAt: record.createdAt.toISOString(),
    committedAt: record.committedAt?.toISOString() ?? null,
    undoneAt: record.undoneAt?.toISOString() ?? null,
    mayCommit: record.state === 'checked' && counts.accepted > 0,
    mayUndo: record.state === 'committed' && counts.accepted > 0,
  }
}

export function asReport(record: ImportRecord): ImportReport {
  return { ...record.report, ...asSummary(record), options: record.options.chosen }
}

/** A row with its cells under the headers of its own sheet. */
export function asRow(record: ImportRecord, row: StoredRow): ImportRow {
  const layout = record.options.layouts.find(({ name }) => name === row.sheet)
  const cells = (layout?.columns ?? []).flatMap(({ header, index, field }) => {
    if (field !== null && fieldOf(record.kind, field)?.isKey) return []
    const text = cellText(restoreCell(row.cells.values[index]))
    return text === '' ? [] : [{ header, text }]
  })
  const place = 'site' in row.record ? row.record.site : row.record
  const isPlaced = typeof place.lng === 'number' && typeof place.lat === 'number'
  return {
    position: row.position,
    sheet: row.sheet,
    row: row.row,
    outcome: row.outcome,
    title: titleOf(record, row),
    cells,
    issues: row.issues,
    geometry: isPlaced ? { type: 'Point', coordinates: [place.lng as number, place.lat as number] } : null,
    changes: { ...row.before.changes, ...renameSiteChanges(row.before.site?.changes ?? {}) },
    targetId: row.targetId,
  }
}

const TITLE_FIELDS: Record<ImportRecord['kind'], readonly string[]> = {
  hazards: ['description', 'siteName', 'locationText'],
  risks: ['name', 'siteName'],
  sites: ['name'],
}

function titleOf(record: ImportRecord, row: StoredRow): string {
  const columns = record.options.layouts.find(({ name }) => name === row.sheet)?.columns ?? []
  for (const field of TITLE_FIELDS[record.kind]) {
    const column = columns.find((entry) => entry.field === field)
    const text = column ? cellText(restoreCell(row.cells.values[column.index])) : ''
    if (text !== '') return text.slice(0, 60)
  }
  return `第 ${row.row} 行`
}
