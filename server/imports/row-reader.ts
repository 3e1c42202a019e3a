import { readDay } from '../core/date-text.ts'
import { cleanText, narrowText, shortenText } from '../core/plain-text.ts'
import type { ImportKind } from '../core/vocabulary.ts'
import { cellText, restoreCell } from './cells.ts'
import { fieldOf } from './fields.ts'
import type { ColumnLayout } from './layout.ts'
import type { SourceRow } from './model.ts'
import type { CellConflict, Proposal, RowIssue } from './schema.ts'
import type { CellValue } from './table.ts'
import { readWord, type WordTable } from './words.ts'

export interface Fault {
  level?: RowIssue['level']
  code: string
  field: string | null
  reason: string
  remedy: string
  proposal?: Proposal | null
  alternative?: Proposal
  conflict?: CellConflict
  move?: RowIssue['move']
}

/** Reads the cells of one row by field, and collects what is wrong with them. */
export interface RowReader {
  issues: RowIssue[]
  has(field: string): boolean
  header(field: string): string | null
  raw(field: string): CellValue
  text(field: string): string | null
  day(field: string): string | null
  number(field: string): number | null
  word<T extends string | number>(field: string, table: WordTable<T>, code: string): T | null
  fault(fault: Fault): void
}

const SHOWN_CHARACTERS = 60

export function makeRowReader(kind: ImportKind, row: SourceRow, columns: readonly ColumnLayout[]): RowReader {
  const columnOf = new Map(
    columns.flatMap((column) => (column.field ? [[column.field, column] as const] : [])),
  )
  const issues: RowIssue[] = []

  const raw = (field: string): CellValue => {
    const corrected = row.corrections.values?.[field]
    if (corrected !== undefined) return corrected
    const column = columnOf.get(field)
    return column ? restoreCell(row.cells[column.index]) : null
  }
  const text = (field: string): string | null => readText(field)
  const fault = (entry: Fault) => {
    const value = entry.field === null ? '' : cellText(raw(entry.field))
    issues.push({
      level: entry.level ?? 'error',
      code: entry.code,
      column:
        entry.field === null
          ? null
          : (columnOf.get(entry.field)?.header ?? fieldOf(kind, entry.field)?.header ?? null),
      field: entry.field,
      value: value === '' ? null : shortenText(value.replace(/\s+/g, ' '), SHOWN_CHARACTERS),
      reason: entry.reason,
      remedy: entry.remedy,
      proposal: entry.proposal ?? null,
      ...(entry.alternative ? { alternative: entry.alternative } : {}),
      ...(entry.conflict ? { conflict: entry.conflict } : {}),
      move: entry.move ?? null,
    })
  }

  function readText(field: string): string | null {
    const value = cellText(raw(field))
    if (value === '') return null
    const limit = fieldOf(kind, field)?.maxLength
    const { length } = [...value]
    if (limit !== undefined && length > limit) {
      fault({
        code: 'TEXT_TOO_LONG',
        field,
        reason: `文字太长（${length > 3_900 ? '超过 3,900' : length.toLocaleString('en')} 字），上限 ${limit.toLocaleString('en')} 字`,
        remedy: `请缩短到 ${limit.toLocaleString('en')} 字以内`,
      })
      return null
    }
    return value
  }

  function readDayOf(field: string): string | null {
    const reading = readDay(raw(field))
    if (reading.day !== null || reading.isEmpty) return reading.day
    fault({
      code: 'BAD_DATE',
      field,
      reason: reading.reason,
      remedy: '请核对原表，写成 2025-06-01 这样的日期',
    })
    return null
  }

  function readNumber(field: string): number | null {
    const value = raw(field)
    if (typeof value === 'number') return value
    const written = narrowText(cellText(value)).replaceAll(',', '')
    if (written === '' || /^[-—/无]+$/.test(written)) return null
    if (/^-?\d{1,12}(\.\d{1,10})?$/.test(written)) return Number(written)
    fault({ code: 'BAD_NUMBER', field, reason: '不是数', remedy: '请只写数字' })
    return null
  }

  function word<T extends string | number>(field: string, table: WordTable<T>, code: string): T | null {
    const value = cellText(raw(field))
    if (value === '' || /^[-—/]+$/.test(value)) return null
    const reading = readWord(table, value)
    if (reading.value !== null) return reading.value
    const proposed = reading.nearest === null ? null : table.label(reading.nearest)
    fault({
      code,
      field,
      reason: '不在词表内',
      remedy: proposed ? `改为「${proposed}」` : `可用：${table.values.map(table.label).join('、')}`,
      proposal: proposed
        ? { action: 'useProposedValue', label: `改为「${proposed}」`, field, value: proposed }
        : null,
    })
    return null
  }

  return {
    issues,
    has: (field) => columnOf.has(field),
    header: (field) => columnOf.get(field)?.header ?? null,
    raw,
    text,
    day: readDayOf,
    number: readNumber,
    word,
    fault,
  }
}

/** The text if it is there; else a fault, and an empty text in its place. */
export function requireText(reader: RowReader, kind: ImportKind, field: string): string {
  const before = reader.issues.length
  const value = reader.text(field)
  if (value === null && reader.issues.length === before) {
    const header = reader.header(field) ?? fieldOf(kind, field)?.header ?? field
    reader.fault({
      code: 'REQUIRED_EMPTY',
      field,
      reason: `「${header}」没有填写`,
      remedy: '请补上后重新上传',
    })
  }
  return value ?? ''
}

/** An 18-digit code that a spreadsheet took for a number has lost its last digits. */
export function readCreditCode(reader: RowReader): string | null {
  const value = reader.raw('creditCode')
  if (typeof value === 'number') {
    const isWhole = Number.isSafeInteger(value)
    reader.fault({
      code: 'ROUNDED_CODE',
      field: 'creditCode',
      reason: isWhole ? '信用代码是数字格式，可能丢了字母或前面的 0' : '信用代码被当成数字，后几位已丢失',
      remedy: '请在 Excel 里把这一列设为「文本」，重填后再上传',
    })
    return null
  }
  const text = reader.text('creditCode')
  if (text === null || /^(无|无照|暂无|[-—/]+)$/.test(text)) return null
  const code = narrowText(text).replace(/\s/g, '').toUpperCase()
  if (code.length === 18 && !isCreditCode(code)) {
    reader.fault({
      level: 'warning',
      code: 'DOUBTFUL_CREDIT_CODE',
      field: 'creditCode',
      reason: '统一社会信用代码的校验位不对，可能抄错',
      remedy: '请核对营业执照；也可先入库',
    })
  }
  return cleanText(code)
}

const CODE_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The check character of GB 32100-2015: weights are powers of 3, modulo 31. */
export function creditCodeCheck(first17: string): string {
  let sum = 0
  let weight = 1
  for (const letter of first17) {
    sum += CODE_LETTERS.indexOf(letter) * weight
    weight = (weight * 3) % 31
  }
  return CODE_LETTERS[(31 - (sum % 31)) % 31] ?? ''
}

function isCreditCode(code: string): boolean {
  return (
    [...code].every((letter) => CODE_LETTERS.includes(letter)) &&
    creditCodeCheck(code.slice(0, 17)) === code[17]
  )
}
