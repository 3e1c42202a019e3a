import {
  GAP_KINDS,
  type GapKind,
  type GapPage,
  type GapPoints,
  type GapSort,
  type GapSummary,
} from '@contract'
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useAnswer } from '../../api/use-answer.ts'
import { patchAddress } from '../../state/address.ts'
import { useFilters } from '../../state/filters.ts'
import { onChange } from '../../state/live.ts'

export const PAGE_SIZE = 50
const LIVE_DELAY_MILLISECONDS = 800
export const SORTS = [
  'riskLevel',
  'kinds',
  'lastCheck',
  'lastDrill',
  'name',
] as const satisfies readonly GapSort[]

/** The gaps of the filter in the address: a page of the list, the counts of the matrix, the places on the map. */
export function useGaps() {
  const route = useRoute()
  const router = useRouter()
  const { words, filters } = useFilters()

  const kinds = computed({
    get: (): GapKind[] => {
      const asked = typeof route.query.kind === 'string' ? route.query.kind.split(',') : []
      return GAP_KINDS.filter((kind) => asked.includes(kind))
    },
    set: (chosen) => void patchAddress(router, { kind: chosen.join(',') || undefined }),
  })
  const sort = computed({
    get: (): GapSort => SORTS.find((word) => word === route.query.sort) ?? 'riskLevel',
    set: (word) => void patchAddress(router, { sort: word === 'riskLevel' ? undefined : word }),
  })
  const question = computed(() => ({ ...words.value, kind: kinds.value.join(',') || undefined }))

  /** The cursors of the pages up to the one shown; the first page has none. */
  const cursors = ref<(string | null)[]>([null])
  watch([() => JSON.stringify(question.value), sort], () => {
    cursors.value = [null]
  })

  const list = useAnswer<GapPage>(() => ({
    path: '/api/gaps',
    query: { ...question.value, sort: sort.value, limit: PAGE_SIZE, cursor: cursors.value.at(-1) },
  }))
  const summary = useAnswer<GapSummary>(() => ({
    path: '/api/gaps/summary',
    query: { ...question.value, by: 'area,sector' },
  }))
  const points = useAnswer<GapPoints>(() => ({ path: '/api/gaps/points', query: question.value }))

  let timer: ReturnType<typeof setTimeout> | undefined
  for (const kind of ['hazard', 'site', 'risk', 'drill', 'import', 'area', 'setting'] as const) {
    onChange(kind, () => {
      // a past day does not change
      if (filters.value.asOf !== undefined) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        for (const { reload } of [list, summary, points]) void reload()
      }, LIVE_DELAY_MILLISECONDS)
    })
  }
  onScopeDispose(() => clearTimeout(timer))

  return {
    kinds,
    sort,
    list,
    summary,
    points,
    question,
    firstNumber: computed(() => (cursors.value.length - 1) * PAGE_SIZE + 1),
    hasPrevious: computed(() => cursors.value.length > 1),
    next: () => {
      const cursor = list.answer.value?.nextCursor
      if (cursor) cursors.value = [...cursors.value, cursor]
    },
    previous: () => {
      cursors.value = cursors.value.slice(0, -1)
    },
  }
}
