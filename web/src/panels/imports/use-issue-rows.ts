import type { FoldedIssue, ImportRow, ImportRowPage } from '@contract'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'

const AT_ONCE = 500
/** No file has more rows than this many pages of them. */
const MAX_PAGES = 100

/** The rows of a folded fault, read until the last of them is there. */
export function useIssueRows(importId: () => string, issue: () => FoldedIssue | null) {
  const rows = shallowRef<ImportRow[]>([])
  const error = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let running: AbortController | undefined

  async function read(): Promise<void> {
    running?.abort()
    rows.value = []
    error.value = null
    const wanted = issue()
    isLoading.value = wanted !== null
    if (!wanted) return
    const mine = new AbortController()
    running = mine
    try {
      await readUntil(wanted, mine.signal)
    } catch (cause) {
      if (!mine.signal.aborted) error.value = cause
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  async function readUntil(wanted: FoldedIssue, signal: AbortSignal): Promise<void> {
    let cursor: string | undefined
    for (let count = 0; count < MAX_PAGES; count++) {
      const page: ImportRowPage = await call<ImportRowPage>(`/api/imports/${importId()}/rows`, {
        query: { code: wanted.code, level: wanted.level, limit: AT_ONCE, cursor },
        signal,
      })
      const inRange = page.items.filter(
        ({ position }) => position >= wanted.firstPosition && position <= wanted.lastPosition,
      )
      if (signal.aborted) return
      rows.value = [...rows.value, ...inRange]
      const last = page.items.at(-1)
      if (!page.nextCursor || !last || last.position >= wanted.lastPosition) return
      cursor = page.nextCursor
    }
  }

  watch([importId, issue], () => void read(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { rows, error, isLoading, reload: read }
}
