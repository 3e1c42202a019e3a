import { COORDINATE_SYSTEM_TERMS, type CoordinateSystem } from '../core/vocabulary.ts'
import { cellText, restoreCell } from './cells.ts'
import type { SheetLayout } from './layout.ts'
import type { CheckContext, CheckedRow, SourceRow } from './model.ts'

/** Exports write positions in this system, whatever the rest of a file is in. */
export const EXPORTED_SYSTEM: CoordinateSystem = 'WGS84'

/** How rows with a key are taken, said once for the whole report. */
export function notesOnKeyed(rows: readonly CheckedRow<unknown>[], context: CheckContext): string[] {
  if (rows.length === 0) return []
  const notes = [
    `${rows.length.toLocaleString('en')} 行带行标识：只更新改过的格，没改的格保持系统里现在的内容`,
  ]
  const isMoved = rows.some(({ changes, site }) => 'lng' in changes || 'lng' in (site?.changes ?? {}))
  if (isMoved && context.coordinateSystem !== EXPORTED_SYSTEM) {
    const { zh } = COORDINATE_SYSTEM_TERMS[context.coordinateSystem]
    notes.push(`带行标识的行，坐标按导出时的 WGS-84 读，不按所选的 ${zh}`)
  }
  return notes
}

/** What was exported and is in the file no more: that is no way to take something out of the system. */
export function notesOnMark(layouts: readonly SheetLayout[], sources: readonly SourceRow[]): string[] {
  const notes: string[] = []
  for (const { name, isRead, mark, columns } of layouts) {
    const key = columns.find(({ field }) => field === 'rowId')
    if (!isRead || !mark || !key) continue
    const left = sources.filter(
      ({ sheet, cells }) => sheet === name && cellText(restoreCell(cells[key.index])) !== '',
    ).length
    if (left < mark.rows) {
      notes.push(
        `导出时有 ${mark.rows.toLocaleString('en')} 行，表里还有 ${left.toLocaleString('en')} 行：删去的行在系统里原样保留`,
      )
    }
  }
  return notes
}
