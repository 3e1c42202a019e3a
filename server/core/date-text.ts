import { narrowText, shortenText } from './plain-text.ts'

/** A calendar day YYYY-MM-DD read from a cell, or why it is none. */
export type DayReading = { day: string } | { day: null; isEmpty: boolean; reason: string }

const FIRST_YEAR = 1990
const LAST_YEAR = 2099
/** Day 0 of Excel's 1900 system, moved by its 29 February 1900 that never was; right from March 1900 on. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30)
const DAY_MILLISECONDS = 86_400_000
const MAX_LENGTH = 60

const EMPTY = { day: null, isEmpty: true, reason: '没有填写' } as const
const refuse = (reason: string) => ({ day: null, isEmpty: false, reason }) as const

/** Reads a day from an Excel serial, a Date of a spreadsheet (midnight UTC) or the ways in which officials write it. */
export function readDay(cell: unknown): DayReading {
  if (cell === null || cell === undefined) return EMPTY
  if (cell instanceof Date) return readDate(cell)
  if (typeof cell === 'number') return readNumber(cell)
  if (typeof cell !== 'string') return refuse('不是日期')
  if (cell.length > MAX_LENGTH) return refuse('文字太长，不是日期')
  const text = narrowText(cell).replace(/\s+/g, ' ').trim()
  if (text === '' || /^(无|n\/a|-+|—+|\/)$/i.test(text)) return EMPTY
  if (/^\d{5}(\.\d+)?$/.test(text)) return readNumber(Number(text))
  return readWritten(text)
}

function readDate(date: Date): DayReading {
  // the half second mends 23:59:59.9995, which a serial with a fraction becomes
  const mended = new Date(date.getTime() + 500)
  if (Number.isNaN(mended.getTime())) return refuse('不是日期')
  return inRange(mended.toISOString().split('T')[0] ?? '')
}

function readNumber(value: number): DayReading {
  if (!Number.isFinite(value)) return refuse('不是日期')
  if (Number.isInteger(value) && value >= 19_000_000 && value < 22_000_000) return readWritten(String(value))
  // up to the last day of 9999 in Excel
  if (value < 1 || value >= 2_958_466) return refuse(`「${value}」不是日期`)
  return readDate(new Date(EXCEL_EPOCH + value * DAY_MILLISECONDS))
}

const TIME = String.raw`(?:[T ]?\d{1,2}(?:[:时点]\d{0,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?分?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
const WEEKDAY = String.raw`(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?`
const WRITTEN = new RegExp(
  String.raw`^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?${WEEKDAY}(?:${TIME})$`,
)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/

function readWritten(text: string): DayReading {
  const match = COMPACT.exec(text) ?? WRITTEN.exec(text)
  if (!match) return refuse(reasonAgainst(text))
  const [, year = '', month = '', day = ''] = match
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${written}T00:00:00Z`)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written)
  return exists ? inRange(written) : refuse(`「${shortenText(text, 20)}」没有这一天`)
}

function reasonAgainst(text: string): string {
  const shown = shortenText(text, 20)
  if (/^\d{1,2} ?[-/.月] ?\d{1,2} ?日?$/.test(text)) return `「${shown}」没有年份`
  if (/^\d{4} ?[-/.年] ?\d{1,2} ?月?$/.test(text)) return `「${shown}」没有写到日`
  if (/^\d{2} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?$/.test(text)) return `「${shown}」年份应写四位`
  return `「${shown}」不是日期`
}

function inRange(day: string): DayReading {
  const year = Number(day.slice(0, 4))
  if (year < FIRST_YEAR || year > LAST_YEAR || day.length !== 10) {
    return refuse(`「${day}」不在 ${FIRST_YEAR}–${LAST_YEAR} 年之间`)
  }
  return { day }
}
