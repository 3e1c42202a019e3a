import { readWords } from '../core/filters.ts'
import { type CursorValue, decodeCursor, encodeCursor } from '../core/paging.ts'
import { GAP_KINDS, type GapKind, SECTORS } from '../core/vocabulary.ts'
import { badRequest } from '../http/problems.ts'
import type { SiteGaps } from './model.ts'
import {
  GAP_DIMENSIONS,
  type GapCounts,
  type GapDimension,
  type GapSort,
  type GapSummaryItem,
} from './schema.ts'

/** The kinds asked for, or all. Throws FilterError with the known words. */
export function readKinds(query: Record<string, unknown>): readonly GapKind[] {
  return readWords(query, 'kind', GAP_KINDS) ?? GAP_KINDS
}

/** The dimensions of a summary, in the order asked for. Throws FilterError with the known words. */
export function readGapDimensions(by: string | undefined): GapDimension[] {
  return readWords({ by }, 'by', GAP_DIMENSIONS) ?? []
}

/** The sites that have a gap of one of these kinds. */
export const withKinds = (sites: readonly SiteGaps[], kinds: readonly GapKind[]): SiteGaps[] =>
  sites.filter((site) => site.kinds.some((kind) => kinds.includes(kind)))

/** How many sites have a gap of each kind. */
export function countKinds(sites: readonly SiteGaps[]): GapCounts {
  const counts: GapCounts = { no_person: 0, no_check: 0, no_drill: 0, no_position: 0, no_arithmetic: 0 }
  for (const { kinds } of sites) for (const kind of kinds) counts[kind]++
  return counts
}

/** What a site is sorted by; smaller first. Days of never come before all others. */
const SORT_VALUES: Record<string, (site: SiteGaps) => number | string> = {
  riskLevel: ({ site }) => site.riskLevel ?? 9,
  kinds: ({ kinds }) => -kinds.length,
  lastCheck: ({ lastCheck }) => lastCheck?.on ?? '',
  lastDrill: ({ lastDrill }) => lastDrill?.on ?? '',
  name: ({ site }) => site.name,
}

/** The keys of a place in the order: the value asked for, then level, most kinds, name, id. */
const keysOf =
  (sort: string) =>
  (site: SiteGaps): (number | string)[] => [
    SORT_VALUES[sort]?.(site) ?? 0,
    site.site.riskLevel ?? 9,
    -site.kinds.length,
    site.site.name,
    site.site.id,
  ]

function compareKeys(a: readonly CursorValue[], b: readonly CursorValue[], direction: 1 | -1): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? ''
    if (value === null || value === other) continue
    // only the value asked for is turned round; what follows stays as people read it
    return (value < other ? -1 : 1) * (index === 0 ? direction : 1)
  }
  return 0
}

/** A page of sites in an order, and where the next begins. Throws 400 for a cursor of another order. */
export function pageOfGaps(
  sites: readonly SiteGaps[],
  page: { limit: number; cursor?: string | undefined; sort: GapSort },
): { rows: SiteGaps[]; nextCursor: string | null } {
  const direction = page.sort.startsWith('-') ? -1 : 1
  const keys = keysOf(page.sort.replace(/^-/, ''))
  const sorted = sites
    .map((site) => ({ site, keys: keys(site) }))
    .sort((a, b) => compareKeys(a.keys, b.keys, direction))
  let start = 0
  if (page.cursor) {
    const after = readCursor(page.cursor, page.sort)
    const found = sorted.findIndex((row) => compareKeys(row.keys, after, direction) > 0)
    start = found === -1 ? sorted.length : found
  }
  const shown = sorted.slice(start, start + page.limit)
  const last = start + page.limit < sorted.length ? shown.at(-1) : undefined
  return { rows: shown.map(({ site }) => site), nextCursor: last ? encodeCursor(last.keys) : null }
}

function readCursor(cursor: string, sort: GapSort): CursorValue[] {
  const values = decodeCursor(cursor, 5)
  const isText = /lastCheck|lastDrill|name/.test(sort)
  const types = [isText ? 'string' : 'number', 'number', 'number', 'string', 'string']
  if (!values?.every((value, index) => typeof value === types[index]))
    throw badRequest('BAD_CURSOR', '翻页位置无效，请从第一页重新查')
  return values
}

/** Areas as a summary sees them: each with the unit that it belongs to. */
export type UnitOfArea = ReadonlyMap<string, { code: string; name: string }>

/**
 * The units of areas: a grid belongs to its subdistrict or town, so that a count by area is the number of rows that the
 * filter `area` gives, which takes what lies below.
 */
export function unitsOfAreas(
  areas: readonly { code: string; name: string; kind: string; parentCode: string | null }[],
): UnitOfArea {
  const byCode = new Map(areas.map((area) => [area.code, area]))
  const units = areas.map((area): [string, { code: string; name: string }] => {
    let unit = area
    while (unit.kind === 'grid') {
      const parent = byCode.get(unit.parentCode ?? '')
      if (!parent || parent.kind === 'zone') break
      unit = parent
    }
    return [area.code, { code: unit.code, name: unit.name }]
  })
  return new Map(units)
}

/** Sites counted by any dimensions, each once for each of the kinds asked for that it has. */
export function summarizeGaps(
  sites: readonly SiteGaps[],
  by: readonly GapDimension[],
  kinds: readonly GapKind[],
  units: UnitOfArea,
): GapSummaryItem[] {
  const counts = new Map<string, GapSummaryItem>()
  for (const site of withKinds(sites, kinds)) {
    const own = by.includes('kind') ? site.kinds.filter((kind) => kinds.includes(kind)) : [undefined]
    for (const kind of own) {
      const item = valuesOf(site, by, kind, units)
      const key = JSON.stringify(item)
      const counted = counts.get(key) ?? { ...item, count: 0 }
      counts.set(key, { ...counted, count: counted.count + 1 })
    }
  }
  return [...counts.values()].sort((a, b) => compareItems(a, b, by))
}

function valuesOf(
  { site }: SiteGaps,
  by: readonly GapDimension[],
  kind: GapKind | undefined,
  units: UnitOfArea,
): Omit<GapSummaryItem, 'count'> {
  const unit = units.get(site.areaCode ?? '')
  return {
    ...(by.includes('area') ? { area: unit?.code ?? site.areaCode, areaName: unit?.name ?? null } : {}),
    ...(by.includes('sector') ? { sector: site.sector } : {}),
    ...(by.includes('riskLevel') ? { riskLevel: site.riskLevel } : {}),
    ...(kind === undefined ? {} : { kind }),
  }
}

const ORDERS: Partial<Record<GapDimension, readonly string[]>> = { sector: SECTORS, kind: GAP_KINDS }

/** In the order in which people read each word; what has none comes last. */
function compareItems(a: GapSummaryItem, b: GapSummaryItem, by: readonly GapDimension[]): number {
  for (const dimension of by) {
    const [one, other] = [a[dimension] ?? null, b[dimension] ?? null]
    if (one === other) continue
    if (one === null) return 1
    if (other === null) return -1
    const order = ORDERS[dimension]
    if (order) return order.indexOf(String(one)) - order.indexOf(String(other))
    return one < other ? -1 : 1
  }
  return 0
}
