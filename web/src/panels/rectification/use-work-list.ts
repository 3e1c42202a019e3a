import {
  type Hazard,
  type HazardActions,
  type HazardFacets,
  type HazardPage,
  type TransitionAction,
  writeFilters,
} from '@contract'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { withWords } from '../../state/filters.ts'
import { onChange } from '../../state/live.ts'
import { countOfQueue, QUEUES, type Queue } from './queues.ts'
import { useQueue } from './work-queue.ts'

export const PAGE_SIZE = 50
const MOST_ROWS = 1000
const LIVE_DELAY_MILLISECONDS = 600

/** The list of the chosen queue with the acts open to me on each row, and the counts of all queues. */
export function useWorkList() {
  const { queue, statuses, role, filters, set, clear, choose } = useQueue()
  const items = shallowRef<Hazard[]>([])
  const actions = shallowRef<ReadonlyMap<string, TransitionAction[]>>(new Map())
  const counts = shallowRef<Partial<Record<Queue, number>>>({})
  const total = ref(0)
  const nextCursor = ref<string | null>(null)
  const error = shallowRef<unknown>(null)
  const isLoading = ref(true)
  /** Rows that another person's work has just changed. */
  const flashed = shallowRef<ReadonlySet<string>>(new Set())
  let running: AbortController | undefined

  const words = computed(() =>
    writeFilters(withWords(filters.value, { status: statuses.value ?? [], asOf: undefined })),
  )
  const key = computed(() => JSON.stringify([words.value, statuses.value]))

  async function readPage(limit: number, cursor: string | null, signal: AbortSignal): Promise<HazardPage> {
    // a queue without statuses is empty, while a filter without them would be everything
    if (statuses.value === null) return { items: [], total: 0, nextCursor: null }
    return call<HazardPage>('/api/hazards', {
      query: { ...words.value, sort: 'urgency', limit, cursor },
      signal,
    })
  }

  async function readActions(hazards: readonly Hazard[], signal: AbortSignal): Promise<void> {
    const known = new Map(actions.value)
    for (let start = 0; start < hazards.length; start += 200) {
      const id = hazards
        .slice(start, start + 200)
        .map((hazard) => hazard.id)
        .join(',')
      const answer = await call<HazardActions>('/api/hazards/actions', { query: { id }, signal })
      for (const item of answer.items) known.set(item.id, item.actions)
    }
    actions.value = known
  }

  async function readCounts(): Promise<void> {
    try {
      const query = writeFilters(withWords(filters.value, { status: undefined, asOf: undefined }))
      const facets = await call<HazardFacets>('/api/hazards/facets', { query })
      const next = QUEUES.map((name) => [name, countOfQueue(name, role.value, facets)] as const)
      counts.value = { ...Object.fromEntries(next), ...(await exactCounts(query)) }
    } catch {
      // a queue without its number is still a queue; the list itself tells of its troubles
      counts.value = {}
    }
  }

  /** The quick counts of the facets ignore severity; where one is chosen these two are asked by themselves. */
  async function exactCounts(
    query: ReturnType<typeof writeFilters>,
  ): Promise<Partial<Record<Queue, number>>> {
    if (filters.value.severity === undefined) return {}
    const count = (status: 'overdue' | 'listed') =>
      call<HazardPage>('/api/hazards', { query: { ...query, status, limit: 1 } })
    const [overdue, listed] = await Promise.all([count('overdue'), count('listed')])
    return { overdue: overdue.total, listed: listed.total }
  }

  async function load(isLive = false): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    if (!isLive) isLoading.value = true
    const limit = isLive ? Math.min(MOST_ROWS, Math.max(PAGE_SIZE, items.value.length)) : PAGE_SIZE
    void readCounts()
    try {
      const page = await readPage(limit, null, mine.signal)
      if (isLive) flashed.value = changedRows(items.value, page.items)
      items.value = page.items
      total.value = page.total
      nextCursor.value = page.nextCursor
      error.value = null
      await readActions(page.items, mine.signal)
    } catch (reason) {
      if (!mine.signal.aborted) error.value = reason
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  async function loadMore(): Promise<void> {
    const signal = running?.signal ?? new AbortController().signal
    try {
      const page = await readPage(PAGE_SIZE, nextCursor.value, signal)
      const known = new Set(items.value.map((hazard) => hazard.id))
      items.value = [...items.value, ...page.items.filter((hazard) => !known.has(hazard.id))]
      total.value = page.total
      nextCursor.value = page.nextCursor
      await readActions(page.items, signal)
    } catch (reason) {
      if (!signal.aborted) error.value = reason
    }
  }

  watch(key, () => {
    items.value = []
    void load()
  })
  void load()

  let timer: ReturnType<typeof setTimeout> | undefined
  for (const kind of ['hazard', 'site', 'import', 'area'] as const) {
    onChange(kind, () => {
      clearTimeout(timer)
      timer = setTimeout(() => void load(true), LIVE_DELAY_MILLISECONDS)
    })
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return {
    queue,
    statuses,
    role,
    filters,
    set,
    clear,
    choose,
    items,
    actions,
    counts,
    total,
    nextCursor,
    error,
    isLoading,
    flashed,
    reload: () => load(),
    refresh: () => load(true),
    loadMore,
  }
}
export type WorkList = ReturnType<typeof useWorkList>

/** The rows that were there before in another version. */
export function changedRows(before: readonly Hazard[], after: readonly Hazard[]): Set<string> {
  const versions = new Map(before.map((hazard) => [hazard.id, hazard.version]))
  return new Set(
    after
      .filter((hazard) => versions.has(hazard.id) && versions.get(hazard.id) !== hazard.version)
      .map((hazard) => hazard.id),
  )
}
