import {
  type AreaCollection,
  FILTER_NAMES,
  MAX_PRINTED_ROWS,
  type PrintSettings,
  RISK_LIST_SORTS,
  type RiskListItem,
  type RiskListPage,
  type RiskListSort,
} from '@contract'
import { shallowRef } from 'vue'
import type { LocationQuery } from 'vue-router'
import { call } from '../../api/client.ts'

const ROWS_AT_ONCE = 1000

/** More rows than paper is for. */
export class TooManyRows extends Error {
  readonly total: number
  constructor(total: number) {
    super(`${total} rows`)
    this.name = 'TooManyRows'
    this.total = total
  }
}

async function readSheet(words: Record<string, string>, sort: RiskListSort) {
  const [areas, settings, first] = await Promise.all([
    call<AreaCollection>('/api/areas'),
    call<PrintSettings>('/api/settings/print'),
    call<RiskListPage>('/api/risk-list', { query: { ...words, sort, limit: ROWS_AT_ONCE } }),
  ])
  if (first.total > MAX_PRINTED_ROWS) throw new TooManyRows(first.total)
  const items: RiskListItem[] = [...first.items]
  let cursor = first.nextCursor
  while (cursor !== null) {
    const next: RiskListPage = await call('/api/risk-list', {
      query: { ...words, sort, limit: ROWS_AT_ONCE, cursor },
    })
    items.push(...next.items)
    cursor = next.nextCursor
  }
  return {
    areas: areas.features,
    settings,
    items,
    total: first.total,
    asOf: first.asOf,
    basis: first.basis,
    sort,
  }
}
export type RiskSheetData = Awaited<ReturnType<typeof readSheet>>

/** The whole list of the filter, read once: paper does not change. */
export function useRiskSheet(query: LocationQuery) {
  const sheet = shallowRef<RiskSheetData | null>(null)
  const error = shallowRef<unknown>(null)
  const words = Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (typeof query[name] === 'string' ? [[name, query[name]]] : [])),
  ) as Record<string, string>
  const sort = RISK_LIST_SORTS.find((known) => known === query.sort) ?? 'rank'
  async function read(): Promise<void> {
    error.value = null
    try {
      sheet.value = await readSheet(words, sort)
    } catch (cause) {
      error.value = cause
    }
  }
  void read()
  return { sheet, error, read }
}
