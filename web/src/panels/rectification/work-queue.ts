import type { StatusFilter } from '@contract'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { queryWithFilters, useFilters, withWords } from '../../state/filters.ts'
import { user } from '../../state/session.ts'
import { QUEUES, type Queue, statusesOfQueue, waitingStatuses } from './queues.ts'

/** The queue lives in the address; where the address names statuses instead, it is a list of one's own choice. */
export function useQueue() {
  const route = useRoute()
  const router = useRouter()
  const { filters, set, clear } = useFilters()
  const role = computed(() => user.value?.role ?? 'commander')
  const first = computed<Queue>(() => (waitingStatuses(role.value).length > 0 ? 'mine' : 'overdue'))
  const queue = computed<Queue | null>(() => {
    const named = QUEUES.find((one) => one === route.query.queue)
    if (named) return named
    return filters.value.status === undefined ? first.value : null
  })
  const statuses = computed<StatusFilter[] | null>(() =>
    queue.value === null ? (filters.value.status ?? []) : statusesOfQueue(queue.value, role.value),
  )

  function choose(next: Queue): void {
    const query = queryWithFilters(route.query, withWords(filters.value, { status: undefined }))
    void router.replace({ name: 'rectification', query: { ...query, queue: next } })
  }

  return { queue, statuses, role, filters, set, clear, choose }
}
