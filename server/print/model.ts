import { FilterError, readWords } from '../core/filters.ts'
import {
  DOTS_PER_INCH,
  MAX_TITLE,
  PAPER_MILLIMETERS,
  PAPERS,
  type Paper,
  SHEET_LANGUAGES,
  type SheetLanguage,
} from './schema.ts'

/** What a sheet is asked for beside the filter. */
export interface Sheet {
  paper: Paper
  language: SheetLanguage
  title: string | null
}

type Query = Record<string, unknown>
const MILLIMETERS_PER_INCH = 25.4
/** A pixel of a style sheet is a 96th of an inch. */
const CSS_DOTS_PER_INCH = 96

/** Reads the words of a sheet. Throws FilterError with what would be allowed. */
export function readSheet(query: Query): Sheet {
  return {
    paper: one(query, 'paper', PAPERS) ?? 'A3',
    language: one(query, 'lang', SHEET_LANGUAGES) ?? 'zh-CN',
    title: readTitle(query.title),
  }
}

function one<T extends string>(query: Query, name: string, known: readonly T[]): T | undefined {
  const values = readWords(query, name, known)
  if (values && values.length > 1) throw new FilterError(name, String(query[name]), '只能选一个', known)
  return values?.[0]
}

function readTitle(value: unknown): string | null {
  const title = typeof value === 'string' ? value.trim() : ''
  if (title.length > MAX_TITLE) throw new FilterError('title', title, `最多 ${MAX_TITLE} 个字`)
  return title || null
}

/** Dots per inch of a picture. Throws FilterError. */
export function readDotsPerInch(query: Query): number {
  const text = query.dpi
  if (text === undefined || text === '') return DOTS_PER_INCH.usual
  const { least, most } = DOTS_PER_INCH
  const dots = Number(text)
  if (!Number.isInteger(dots) || dots < least || dots > most) {
    throw new FilterError('dpi', String(text), `应为 ${least}–${most} 的整数`)
  }
  return dots
}

/** The box that a map must show. Throws FilterError. */
export function assertExtent(value: unknown): void {
  if (value === undefined || value === '') return
  const text = String(value)
  const [west = 0, south = 0, east = 0, north = 0, ...rest] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const isBox = text.split(',').length === 4 && rest.length === 0 && west < east && south < north
  if (
    !isBox ||
    Math.abs(west) > 180 ||
    Math.abs(east) > 180 ||
    Math.abs(south) > 85 ||
    Math.abs(north) > 85
  ) {
    throw new FilterError('extent', text, '应为 西,南,东,北，单位度，西小于东，南小于北')
  }
}

/** Whole pixels of a paper at a resolution: A3 at 200 dpi is 3307 by 2339. */
export function pixelsOf(paper: Paper, dotsPerInch: number): { width: number; height: number } {
  const { width, height } = PAPER_MILLIMETERS[paper]
  const pixels = (millimeters: number) => Math.round((millimeters / MILLIMETERS_PER_INCH) * dotsPerInch)
  return { width: pixels(width), height: pixels(height) }
}

/** The window of the browser that a paper fits into, in pixels of a style sheet. */
export function windowOf(paper: Paper): { width: number; height: number } {
  const { width, height } = PAPER_MILLIMETERS[paper]
  const pixels = (millimeters: number) => Math.ceil((millimeters / MILLIMETERS_PER_INCH) * CSS_DOTS_PER_INCH)
  return { width: pixels(width), height: pixels(height) }
}

/** The address of the viewer's page for a sheet, with the very words that were asked. */
export function pageAddress(path: string, query: Query, sheet: Sheet): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (name !== 'dpi' && typeof value === 'string' && value !== '') words.set(name, value)
  }
  words.set('paper', sheet.paper)
  words.set('lang', sheet.language)
  return `${path}?${words}`
}
