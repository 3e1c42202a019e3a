import {
  RISK_LEVELS,
  type RiskLevel,
  SECTORS,
  SEVERITIES,
  type Sector,
  type Severity,
  STATUS_FILTERS,
  type StatusFilter,
} from './vocabulary.ts'

/**
 * The one filter of the product: the same words in lists, tiles, summaries, exports and the viewer's address.
 * Values of one word are alternatives; different words must all hold.
 */
export interface Filters {
  sector?: Sector[]
  severity?: Severity[]
  riskLevel?: RiskLevel[]
  status?: StatusFilter[]
  /** Area codes, each with its descendants; 'none' is outside every area or not located. */
  area?: string[]
  siteId?: string[]
  clauseId?: string[]
  q?: string
  foundFrom?: string
  foundTo?: string
  dueFrom?: string
  dueTo?: string
  /** west, south, east, north in degrees. */
  bbox?: [number, number, number, number]
  /** A calendar day (its end, Asia/Shanghai) or an instant. */
  asOf?: string
}

export const FILTER_NAMES = [
  'sector',
  'severity',
  'riskLevel',
  'status',
  'area',
  'siteId',
  'clauseId',
  'q',
  'foundFrom',
  'foundTo',
  'dueFrom',
  'dueTo',
  'bbox',
  'asOf',
] as const satisfies readonly (keyof Filters)[]
export type FilterName = (typeof FILTER_NAMES)[number]

/** The code of hazards outside every area in the `area` filter. */
export const NO_AREA = 'none'
const MAX_TEXT = 100
const MAX_VALUES = 200

/** A filter that cannot be read: which parameter, what it said, and what would be allowed. */
export class FilterError extends Error {
  readonly parameter: string
  readonly value: string
  readonly known: readonly string[]
  constructor(parameter: string, value: string, expectation: string, known: readonly string[] = []) {
    super(`${parameter}「${value.slice(0, 80)}」${expectation}`)
    this.name = 'FilterError'
    this.parameter = parameter
    this.value = value
    this.known = known
  }
}

type Query = Record<string, unknown>

/** Reads the filter words of a query string. Throws FilterError; other parameters are left to the caller. */
export function readFilters(query: Query): Filters {
  const filters: Filters = {}
  set(filters, 'sector', readWords(query, 'sector', SECTORS))
  set(filters, 'severity', readWords(query, 'severity', SEVERITIES))
  set(filters, 'riskLevel', readWords(query, 'riskLevel', RISK_LEVELS))
  set(filters, 'status', readWords(query, 'status', STATUS_FILTERS))
  set(filters, 'area', readList(query, 'area', /^[0-9A-Za-z-]{1,32}$/, '不是辖区代码'))
  set(filters, 'siteId', readList(query, 'siteId', UUID, '不是场所编号'))
  set(filters, 'clauseId', readList(query, 'clauseId', /^[\w.-]{1,64}$/, '不是条款编号'))
  set(filters, 'q', readSearchText(query))
  for (const name of ['foundFrom', 'foundTo', 'dueFrom', 'dueTo'] as const)
    set(filters, name, readDay(query, name))
  set(filters, 'bbox', readBbox(query))
  set(filters, 'asOf', readAsOf(query))
  assertOrder(filters, 'foundFrom', 'foundTo')
  assertOrder(filters, 'dueFrom', 'dueTo')
  return filters
}

/** The query words of a filter; reading them again gives the same filter. */
export function writeFilters(filters: Filters): Partial<Record<FilterName, string>> {
  const words: Partial<Record<FilterName, string>> = {}
  for (const name of FILTER_NAMES) {
    const value = filters[name]
    if (value === undefined) continue
    words[name] = Array.isArray(value) ? value.join(',') : value
  }
  return words
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function set<K extends keyof Filters>(filters: Filters, name: K, value: Filters[K] | undefined): void {
  if (value !== undefined) filters[name] = value
}

function readText(query: Query, name: string): string | undefined {
  const value = query[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw new FilterError(name, String(value), '只能写一次，多个值用逗号分开')
  return value
}

/** The words of a parameter, each of the known ones, or undefined if it is not there. Throws FilterError. */
export function readWords<T extends string | number>(
  query: Query,
  name: string,
  known: readonly T[],
): T[] | undefined {
  const text = readText(query, name)
  if (text === undefined) return undefined
  const words = known.map(String)
  return [...new Set(text.split(','))].map((word) => {
    const index = words.indexOf(word.trim())
    const value = known[index]
    if (value === undefined) throw new FilterError(name, word, `不在词表内，可用：${words.join('、')}`, words)
    return value
  })
}

function readList(query: Query, name: string, pattern: RegExp, expectation: string): string[] | undefined {
  const text = readText(query, name)
  if (text === undefined) return undefined
  const values = [...new Set(text.split(',').map((value) => value.trim()))]
  if (values.length > MAX_VALUES) throw new FilterError(name, text, `最多 ${MAX_VALUES} 个值`)
  for (const value of values) if (!pattern.test(value)) throw new FilterError(name, value, expectation)
  return values
}

function readSearchText(query: Query): string | undefined {
  const text = readText(query, 'q')?.trim()
  if (!text) return undefined
  if (text.length > MAX_TEXT) throw new FilterError('q', text, `最多 ${MAX_TEXT} 个字`)
  // PostgreSQL text cannot hold it, and nobody types it
  if (text.includes('\u0000')) throw new FilterError('q', text, '含有不能使用的字符')
  return text
}

/** The uuids of a parameter. Throws FilterError. */
export const readIds = (query: Query, name: string): string[] | undefined =>
  readList(query, name, UUID, '不是编号')

/** Whether the text is a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The day of a parameter. Throws FilterError. */
export function readDay(query: Query, name: string): string | undefined {
  const text = readText(query, name)
  if (text === undefined) return undefined
  if (!isDay(text)) throw new FilterError(name, text, '不是日期，应写成 2025-06-18')
  return text
}

function readAsOf(query: Query): string | undefined {
  const text = readText(query, 'asOf')
  if (text === undefined) return undefined
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  if (!isDay(text) && !(isInstant && !Number.isNaN(Date.parse(text)))) {
    throw new FilterError('asOf', text, '应写成 2025-06-18 或 2025-06-18T09:00:00+08:00')
  }
  return text
}

function readBbox(query: Query): [number, number, number, number] | undefined {
  const text = readText(query, 'bbox')
  if (text === undefined) return undefined
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [west, south, east, north] = parts
  if (
    parts.length !== 4 ||
    west === undefined ||
    south === undefined ||
    east === undefined ||
    north === undefined
  ) {
    throw new FilterError('bbox', text, '应为 西,南,东,北 四个数')
  }
  const isInRange =
    Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90
  if (!isInRange || west > east || south > north) {
    throw new FilterError('bbox', text, '应为 西,南,东,北，单位度，西不大于东，南不大于北')
  }
  return [west, south, east, north]
}

function assertOrder(filters: Filters, from: 'foundFrom' | 'dueFrom', to: 'foundTo' | 'dueTo'): void {
  const start = filters[from]
  const end = filters[to]
  if (start !== undefined && end !== undefined && start > end) {
    throw new FilterError(from, start, `晚于 ${to}「${end}」`)
  }
}
