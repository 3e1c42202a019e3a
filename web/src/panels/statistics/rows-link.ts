import { type Filters, STATUSES, writeFilters } from '@contract'
import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { FigureName } from './figures.ts'
import type { Period } from './period.ts'

/** The statistics leave out what was looked into and found to be no hazard; so do the rows behind a figure. */
const COUNTED = STATUSES.filter((status) => status !== 'rejected')

/** The filter whose hazards are the ones that a figure counts. */
export function filterOfFigure(name: FigureName, filters: Filters, period: Period, today: string): Filters {
  const { asOf: _, ...scope } = filters
  // what was overdue or closed when a past period ended is asked of that day
  const atEnd = period.to < today ? { asOf: period.to } : {}
  if (name === 'overdue') return { ...scope, status: ['overdue'], ...atEnd }
  const found = foundInPeriod(scope, period)
  if (name === 'closed' || name === 'days') return { ...found, status: ['closed'], ...atEnd }
  return name === 'major' ? { ...found, severity: ['major'] } : found
}

/** What was found in the period, without what was rejected. */
export function foundInPeriod(filters: Filters, period: Period): Filters {
  return { ...filters, status: filters.status ?? COUNTED, foundFrom: period.from, foundTo: period.to }
}

/** The list beside the map for a filter: the rows behind a number. */
export function rowsLink(filters: Filters): RouteLocationRaw {
  return { name: 'map', query: { ...(writeFilters(filters) as LocationQueryRaw), list: '1' } }
}
