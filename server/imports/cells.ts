import { cleanText } from '../core/plain-text.ts'
import type { CellValue } from './table.ts'

/** Longer than any field keeps, so that a cut text is still refused as too long. */
const STORED_CHARACTERS = 4_000

/** A cell as it is kept with the import: a date is marked, because JSON has none. */
export type StoredCell = string | number | boolean | null | { date: string }

export function storeCell(cell: CellValue | undefined): StoredCell {
  if (cell === undefined || cell === null) return null
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : { date: cell.toISOString() }
  if (typeof cell === 'string')
    return cleanText(cell.slice(0, STORED_CHARACTERS * 2)).slice(0, STORED_CHARACTERS)
  if (typeof cell === 'number' && !Number.isFinite(cell)) return String(cell)
  return cell
}

export function restoreCell(cell: StoredCell | undefined): CellValue {
  if (cell === undefined || cell === null) return null
  return typeof cell === 'object' ? new Date(cell.date) : cell
}

/** A cell as a person sees it: days without a time, numbers without noise. */
export function cellText(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return ''
    const text = cell.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
  }
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return cleanText(String(cell))
}
