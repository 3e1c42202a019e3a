import { type Filters, writeFilters } from '@contract'
import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'

/** The map with the filter of the list, which shows the same places. */
export function mapOfFilter(filters: Filters): RouteLocationRaw {
  return { name: 'map', query: writeFilters(filters) as LocationQueryRaw }
}

/** The map with a place chosen. */
export function mapOfSite(id: string, filters: Filters): RouteLocationRaw {
  return { name: 'map', query: { ...(writeFilters(filters) as LocationQueryRaw), select: `site:${id}` } }
}
