import type { ImportKind } from '../core/vocabulary.ts'

/** What an exported table says of itself, so that the import of the same file knows what it looks at. */
export interface ExportMark {
  kind: ImportKind
  /** UTC, to the second. */
  at: string
  rows: number
}

const LETTERS: Record<ImportKind, string> = { sites: 'CS', risks: 'FX', hazards: 'YH' }
const MARK = /导出编号\s*(CS|FX|YH)-(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})-(\d{1,6})/

/** 导出编号 YH-20250618014200-5: a ledger of five rows, of this moment. */
export function writeMark(kind: ImportKind, at: Date, rows: number): string {
  const moment = at.toISOString().slice(0, 19).replace(/\D/g, '')
  return `导出编号 ${LETTERS[kind]}-${moment}-${rows}`
}

export function readMark(text: string): ExportMark | null {
  const match = MARK.exec(text)
  if (!match) return null
  const [, letters, year, month, day, hour, minute, second, rows] = match
  const kind = (Object.keys(LETTERS) as ImportKind[]).find((each) => LETTERS[each] === letters)
  if (!kind) return null
  return { kind, at: `${year}-${month}-${day}T${hour}:${minute}:${second}Z`, rows: Number(rows) }
}

/** Said above every table that the import reads back. */
export const MARK_ADVICE = '改好可直接导入，只更新改过的格；新增的行，最右的行标识和版本留空'
