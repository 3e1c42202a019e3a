import type { FilterName, Hazard, HazardPage } from '@contract'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import type { Bounds } from '../../map/view.ts'
import { onChange } from '../../state/live.ts'

const PAGE = 100
const TOGETHER_MILLISECONDS = 300
/** Hazards without a place are looked for in the whole filter, in pages as large as the server gives. */
const WHOLE_PAGE = 1000
const MOST_PAGES = 20

/** What is in view; what of the filter has no place; or, where no map can be drawn, all of it. */
export type RowsMode = 'view' | 'unlocated' | 'all'

/** The rows beside the map: exactly what is in view, or what of the filter has no place. */
export function useMapRows(options: {
  words: Ref<Partial<Record<FilterName, string>>>
  bounds: Ref<Bounds | null>
  mode: Ref<RowsMode>
  /** How many have no place, so that the search can end when all are found. */
  unlocated: Ref<number>
}) {
  const { words, bounds, mode } = options
  const rows = shallowRef<Hazard[]>([])
  const total = shallowRef<number | null>(null)
  const cursor = shallowRef<string | null>(null)
  const error = shallowRef<unknown>(null)
  const isReading = shallowRef(false)
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const box = computed(() => (bounds.value ? intersect(bounds.value, words.value.bbox) : null))

  async function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    isReading.value = true
    try {
      await work(mine.signal)
      error.value = null
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    } finally {
      if (running === mine) isReading.value = false
    }
  }

  const ask = (query: Record<string, string | number>, signal: AbortSignal) =>
    call<HazardPage>('/api/hazards', { query: { ...words.value, sort: 'urgency', ...query }, signal })

  /** The box of the view; none where all is asked for, null while the map is not there yet. */
  const place = () => (mode.value === 'all' ? {} : box.value ? { bbox: box.value } : null)

  async function readPage(signal: AbortSignal): Promise<void> {
    const where = place()
    if (!where) return
    const page = await ask({ ...where, limit: PAGE }, signal)
    rows.value = page.items
    total.value = page.total
    cursor.value = page.nextCursor
  }

  async function readUnlocated(signal: AbortSignal): Promise<void> {
    const found: Hazard[] = []
    let next: string | null = ''
    for (
      let page = 0;
      next !== null && page < MOST_PAGES && found.length < options.unlocated.value;
      page += 1
    ) {
      const answer: HazardPage = await ask({ limit: WHOLE_PAGE, ...(next ? { cursor: next } : {}) }, signal)
      found.push(...answer.items.filter((hazard) => hazard.geometry === null))
      next = answer.nextCursor
    }
    rows.value = found
    total.value = found.length
    cursor.value = null
  }

  const read = () => run(mode.value === 'unlocated' ? readUnlocated : readPage)

  const readMore = () =>
    run(async (signal) => {
      const where = place()
      if (!where || !cursor.value) return
      const page = await ask({ ...where, limit: PAGE, cursor: cursor.value }, signal)
      rows.value = [...rows.value, ...page.items]
      cursor.value = page.nextCursor
    })

  function readSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), TOGETHER_MILLISECONDS)
  }

  watch(
    () =>
      JSON.stringify([words.value, mode.value === 'view' ? box.value : options.unlocated.value, mode.value]),
    (_now, before) => (before === undefined ? void read() : readSoon()),
    { immediate: true },
  )
  onChange('hazard', readSoon)
  return { rows, total, cursor, error, isReading, read, readMore }
}

/** The part of the view inside the box of the filter, as the server reads it. */
function intersect(view: Bounds, filterBox: string | undefined): string {
  const [west, south, east, north] = filterBox?.split(',').map(Number) ?? []
  const clip = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))
  const inner: Bounds = [
    Math.max(clip(view[0], 180), west ?? -180),
    Math.max(clip(view[1], 90), south ?? -90),
    Math.min(clip(view[2], 180), east ?? 180),
    Math.min(clip(view[3], 90), north ?? 90),
  ]
  // nothing in common: a box without inside at the filter's corner
  if (inner[0] > inner[2]) inner[2] = inner[0]
  if (inner[1] > inner[3]) inner[3] = inner[1]
  return inner.map((value) => Number(value.toFixed(6))).join(',')
}
