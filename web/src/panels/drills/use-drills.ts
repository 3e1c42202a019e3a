import {
  DRILL_FORMS,
  DRILL_STATES,
  type Drill,
  type DrillForm,
  type DrillPage,
  type DrillState,
  dayOf,
} from '@contract'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { call } from '../../api/client.ts'
import { patchAddress } from '../../state/address.ts'
import { useFilters } from '../../state/filters.ts'
import { onChange } from '../../state/live.ts'
import { DRILL_PERIODS, type DrillPeriod, daysOfPeriod } from './period.ts'

const PAGE_SIZE = 100
const LIVE_DELAY_MILLISECONDS = 400

function readWords<T extends string>(text: unknown, known: readonly T[]): T[] {
  if (typeof text !== 'string') return []
  return known.filter((word) => text.split(',').includes(word))
}

/** The list of drills; form, state and period stand in the address beside the words of the shared filter. */
export function useDrills() {
  const route = useRoute()
  const router = useRouter()
  const { words: sharedWords, set: setShared, filters } = useFilters()
  const items = shallowRef<Drill[]>([])
  const total = ref(0)
  const nextCursor = ref<string | null>(null)
  const error = shallowRef<unknown>(null)
  const isLoading = ref(true)
  let running: AbortController | undefined

  const forms = computed(() => readWords<DrillForm>(route.query.form, DRILL_FORMS))
  const states = computed(() => readWords<DrillState>(route.query.state, DRILL_STATES))
  const period = computed<DrillPeriod | null>(() => readWords(route.query.period, DRILL_PERIODS)[0] ?? null)

  /** One set of words for the list and the map, so that both show the same drills. */
  const words = computed(() => ({
    ...sharedWords.value,
    ...(forms.value.length > 0 && { form: forms.value.join(',') }),
    ...(states.value.length > 0 && { state: states.value.join(',') }),
    ...(period.value && daysOfPeriod(period.value, dayOf(new Date()))),
  }))
  const isFiltered = computed(() => Object.keys(words.value).some((name) => name !== 'asOf'))

  function setWord(name: 'form' | 'state' | 'period', values: readonly string[]): void {
    void patchAddress(router, { [name]: values.length > 0 ? values.join(',') : undefined })
  }

  async function load(isMore = false): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    isLoading.value = true
    const cursor = isMore ? nextCursor.value : undefined
    try {
      const page = await call<DrillPage>('/api/drills', {
        query: { ...words.value, limit: PAGE_SIZE, cursor },
        signal: mine.signal,
      })
      items.value = isMore ? [...items.value, ...page.items] : page.items
      total.value = page.total
      nextCursor.value = page.nextCursor
      error.value = null
    } catch (reason) {
      if (!mine.signal.aborted) error.value = reason
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  watch(
    () => JSON.stringify(words.value),
    () => void load(),
  )
  void load()

  let timer: ReturnType<typeof setTimeout> | undefined
  for (const kind of ['drill', 'site', 'area'] as const) {
    onChange(kind, () => {
      clearTimeout(timer)
      timer = setTimeout(() => void load(), LIVE_DELAY_MILLISECONDS)
    })
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return {
    items,
    total,
    nextCursor,
    error,
    isLoading,
    forms,
    states,
    period,
    words,
    filters,
    isFiltered,
    setWord,
    setShared,
    clear: () => void router.replace({ query: {} }),
    reload: () => load(),
    loadMore: () => load(true),
  }
}
export type DrillsList = ReturnType<typeof useDrills>
