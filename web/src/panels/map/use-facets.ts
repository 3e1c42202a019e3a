import type { FilterName, HazardFacets } from '@contract'
import { type Ref, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { onChange } from '../../state/live.ts'

const TOGETHER_MILLISECONDS = 400

/** The counts of the filter panel: read anew with each filter and each change; the old ones stay until then. */
export function useFacets(words: Ref<Partial<Record<FilterName, string>>>) {
  const facets = shallowRef<HazardFacets | null>(null)
  const error = shallowRef<unknown>(null)
  const readAt = ref<Date | null>(null)
  let running: AbortController | null = null
  let isWaiting = false

  async function read(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    try {
      facets.value = await call<HazardFacets>('/api/hazards/facets', {
        query: words.value,
        signal: mine.signal,
      })
      error.value = null
      readAt.value = new Date()
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    }
  }

  watch(
    () => JSON.stringify(words.value),
    () => void read(),
    { immediate: true },
  )
  for (const kind of ['hazard', 'site', 'area', 'import'] as const) {
    onChange(kind, () => {
      if (isWaiting) return
      isWaiting = true
      setTimeout(() => {
        isWaiting = false
        void read()
      }, TOGETHER_MILLISECONDS)
    })
  }
  return { facets, error, readAt, read }
}
