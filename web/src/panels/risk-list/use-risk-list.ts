import { dayOf, type RiskListItem, type RiskListPage, type RiskListSort } from '@contract'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { useFilters } from '../../state/filters.ts'
import { onChange } from '../../state/live.ts'

export const PAGE_SIZE = 50
const LIVE_DELAY_MILLISECONDS = 800

/** Where a person was in a list, so that coming back from a site finds the same page. */
interface Place {
  key: string
  cursors: (string | null)[]
}
let lastPlace: Place = { key: '', cursors: [null] }

/** A page of the risk list for the filter of the address, read anew when that or the data change. */
export function useRiskList() {
  const { filters, words } = useFilters()
  const sort = ref<RiskListSort>('rank')
  const page = shallowRef<RiskListPage | null>(null)
  const error = shallowRef<unknown>(null)
  const isLoading = ref(false)
  /** Rows that another person's work has just changed. */
  const flashed = shallowRef<ReadonlySet<string>>(new Set())
  const key = computed(() => JSON.stringify([words.value, sort.value]))
  /** The cursors of the pages up to the one shown; the first page has none. */
  const cursors = ref<(string | null)[]>(lastPlace.key === key.value ? lastPlace.cursors : [null])
  let running: AbortController | undefined

  async function load(isLive = false): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    if (!isLive) isLoading.value = true
    try {
      const next = await call<RiskListPage>('/api/risk-list', {
        query: {
          ...words.value,
          sort: sort.value,
          limit: PAGE_SIZE,
          cursor: cursors.value.at(-1) ?? undefined,
        },
        signal: mine.signal,
      })
      if (isLive) flashed.value = changedRows(page.value?.items ?? [], next.items)
      page.value = next
      error.value = null
    } catch (cause) {
      if (!mine.signal.aborted) error.value = cause
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  watch(key, () => {
    cursors.value = [null]
    void load()
  })
  watch([key, cursors], () => {
    lastPlace = { key: key.value, cursors: cursors.value }
  })
  void load()

  let timer: ReturnType<typeof setTimeout> | undefined
  for (const kind of ['hazard', 'site', 'risk', 'drill', 'import', 'area', 'setting'] as const) {
    onChange(kind, () => {
      // a past day does not change
      if (filters.value.asOf !== undefined) return
      clearTimeout(timer)
      timer = setTimeout(() => void load(true), LIVE_DELAY_MILLISECONDS)
    })
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  function turn(next: (string | null)[]): void {
    cursors.value = next
    void load()
  }

  return {
    page,
    error,
    isLoading,
    flashed,
    sort,
    /** The day against which "n months ago" is told. */
    today: computed(() => filters.value.asOf?.slice(0, 10) ?? dayOf(new Date())),
    firstNumber: computed(() => (cursors.value.length - 1) * PAGE_SIZE + 1),
    hasPrevious: computed(() => cursors.value.length > 1),
    hasNext: computed(() => page.value?.nextCursor != null),
    reload: () => load(),
    next: () => {
      const cursor = page.value?.nextCursor
      if (cursor) turn([...cursors.value, cursor])
    },
    previous: () => turn(cursors.value.slice(0, -1)),
  }
}

const FOUND_AT_ONCE = 1000

/** A place of the list that is not on the page shown, with its rank; null if the filter leaves it out. */
export function useListedSite(id: () => string | null, page: () => RiskListPage | null) {
  const { words } = useFilters()
  const found = shallowRef<RiskListItem | null>(null)
  let running: AbortController | undefined

  async function find(wanted: string): Promise<void> {
    const mine = new AbortController()
    running = mine
    let cursor: string | undefined
    try {
      do {
        const query = { ...words.value, limit: FOUND_AT_ONCE, cursor }
        const next: RiskListPage = await call<RiskListPage>('/api/risk-list', { query, signal: mine.signal })
        found.value = next.items.find((item) => item.id === wanted) ?? null
        cursor = next.nextCursor ?? undefined
      } while (!found.value && cursor)
    } catch {
      // the list itself tells of its troubles
      found.value = null
    }
  }

  watch(
    () => {
      const wanted = id()
      const shown = page()
      return wanted && shown && !shown.items.some((item) => item.id === wanted) ? wanted : null
    },
    (wanted) => {
      running?.abort()
      found.value = null
      if (wanted) void find(wanted)
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())
  return found
}

/** The rows that were there before and now say something else. */
function changedRows(before: readonly RiskListItem[], after: readonly RiskListItem[]): Set<string> {
  const known = new Map(before.map((item) => [item.id, JSON.stringify(item)]))
  return new Set(
    after
      .filter((item) => known.has(item.id) && known.get(item.id) !== JSON.stringify(item))
      .map(({ id }) => id),
  )
}
