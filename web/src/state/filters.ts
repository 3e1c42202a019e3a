import { FILTER_NAMES, type FilterName, type Filters, readFilters, writeFilters } from '@contract'
import { computed } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { type AddressPatch, patchAddress } from './address.ts'

export interface FilterFault {
  name: FilterName
  value: string
  message: string
}

/** The filter that an address asks for. Words that cannot be read are left out and told, the rest still holds. */
export function filtersOfQuery(query: LocationQuery): { filters: Filters; faults: FilterFault[] } {
  const words = Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])),
  )
  try {
    return { filters: readFilters(words), faults: [] }
  } catch {
    return readOneByOne(words)
  }
}

function readOneByOne(words: Record<string, unknown>): { filters: Filters; faults: FilterFault[] } {
  const faults: FilterFault[] = []
  let filters: Filters = {}
  for (const name of FILTER_NAMES) {
    if (words[name] === undefined) continue
    try {
      // together with what was read before, so that a pair in the wrong order loses its second half
      filters = readFilters({ ...writeFilters(filters), [name]: words[name] })
    } catch (error) {
      faults.push({ name, value: String(words[name]), message: error instanceof Error ? error.message : '' })
    }
  }
  return { filters, faults }
}

/** The query of an address with another filter; words that are not of the filter stay. */
export function queryWithFilters(query: LocationQueryRaw, filters: Filters): LocationQueryRaw {
  const others = Object.entries(query).filter(([name]) => !(FILTER_NAMES as readonly string[]).includes(name))
  return { ...Object.fromEntries(others), ...writeFilters(filters) }
}

/** A filter with some words set anew; undefined or an empty list takes a word out. */
export function withWords(filters: Filters, words: { [K in FilterName]?: Filters[K] | undefined }): Filters {
  const next: Record<string, unknown> = { ...filters }
  for (const [name, value] of Object.entries(words)) {
    const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    if (isEmpty) delete next[name]
    else next[name] = value
  }
  return next as Filters
}

/** How many words narrow what is shown; the day of a past view and the box of the map are not counted. */
export function countOfWords(filters: Filters): number {
  return Object.keys(filters).filter((name) => name !== 'bbox' && name !== 'asOf').length
}

const NO_WORDS: AddressPatch = Object.fromEntries(FILTER_NAMES.map((name) => [name, undefined]))

/** The patch of the address that sets these words; words that are not among them stay as they are. */
function patchOf(words: { [K in FilterName]?: Filters[K] | undefined }): AddressPatch {
  const written = writeFilters(withWords({}, words))
  return Object.fromEntries(Object.keys(words).map((name) => [name, written[name as FilterName]]))
}

/** The one filter of every page: it lives in the address, so a link, a reload and the back button keep it. */
export function useFilters() {
  const route = useRoute()
  const router = useRouter()
  const read = computed(() => filtersOfQuery(route.query))
  const filters = computed(() => read.value.filters)
  const replace = (next: Filters) => patchAddress(router, { ...NO_WORDS, ...patchOf(next) })
  return {
    filters,
    faults: computed(() => read.value.faults),
    /** The words as a query for the server. */
    words: computed(() => writeFilters(filters.value)),
    set: (words: { [K in FilterName]?: Filters[K] | undefined }) => patchAddress(router, patchOf(words)),
    replace,
    clear: () => replace({}),
  }
}
