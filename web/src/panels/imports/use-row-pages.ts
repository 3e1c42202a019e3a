import type { ImportOutcome, ImportRowPage } from '@contract'
import { computed, ref, watch } from 'vue'
import { useAnswer } from '../../api/use-answer.ts'

const LIMIT = 50

/** The rows of an import in pages, read again when the report was made anew. */
export function useRowPages(
  asked: () => { importId: string; outcome: ImportOutcome | undefined; version: number },
) {
  const cursors = ref<(string | null)[]>([null])
  const { answer, error, reload } = useAnswer<ImportRowPage>(() => ({
    path: `/api/imports/${asked().importId}/rows`,
    query: { outcome: asked().outcome, limit: LIMIT, cursor: cursors.value.at(-1) },
  }))
  watch(
    () => asked().outcome,
    () => {
      cursors.value = [null]
    },
  )
  watch(
    () => asked().version,
    () => void reload(),
  )
  return {
    answer,
    error,
    reload,
    first: computed(() => (cursors.value.length - 1) * LIMIT + 1),
    isFirst: computed(() => cursors.value.length === 1),
    previous: () => {
      cursors.value = cursors.value.slice(0, -1)
    },
    next: () => {
      const cursor = answer.value?.nextCursor
      if (cursor) cursors.value = [...cursors.value, cursor]
    },
  }
}
