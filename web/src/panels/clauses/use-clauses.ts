import type { Clause, ClausePage, Summary } from '@contract'
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { onChange } from '../../state/live.ts'
import { askFor, type ClauseFilter } from './clause-filter.ts'

const PAGE_SIZE = 50

/** The clauses of a filter, page after page, and how many hazards cite each. */
export function useClauses(filter: Ref<ClauseFilter>) {
  const query = computed(() => ({ ...askFor(filter.value), limit: PAGE_SIZE }))
  const { answer, error, isLoading, reload } = useAnswer<ClausePage>(() => ({
    path: '/api/clauses',
    query: query.value,
  }))
  const counts = useAnswer<Summary>(() => ({ path: '/api/summary', query: { by: 'clause' } }))
  const later = shallowRef<ClausePage[]>([])
  const isLoadingMore = ref(false)
  const moreError = shallowRef<unknown>(null)

  watch(answer, () => {
    later.value = []
    moreError.value = null
  })
  onChange('clause', () => void reload())
  onChange('hazard', () => void counts.reload())

  const items = computed<Clause[]>(() => [answer.value, ...later.value].flatMap((page) => page?.items ?? []))
  const nextCursor = computed(() => (later.value.at(-1) ?? answer.value)?.nextCursor ?? null)
  const hazardCounts = computed(
    () => new Map(counts.answer.value?.items.map((item) => [item.clause ?? '', item.count])),
  )

  async function loadMore(): Promise<void> {
    if (nextCursor.value === null || isLoadingMore.value) return
    const first = answer.value
    isLoadingMore.value = true
    moreError.value = null
    try {
      const page = await call<ClausePage>('/api/clauses', {
        query: { ...query.value, cursor: nextCursor.value },
      })
      // of another question meanwhile it would be a page of the wrong list
      if (first === answer.value) later.value = [...later.value, page]
    } catch (cause) {
      moreError.value = cause
    } finally {
      isLoadingMore.value = false
    }
  }

  return {
    items,
    total: computed(() => answer.value?.total ?? null),
    hasMore: computed(() => nextCursor.value !== null),
    hazardCounts,
    error,
    isLoading,
    isLoadingMore,
    moreError,
    loadMore,
    reload,
  }
}
