import { onScopeDispose, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { call, type QueryValue } from './client.ts'

export interface Question {
  path: string
  query?: Record<string, QueryValue>
}

/**
 * The server's answer to a question that changes with the screen; null asks nothing. The old answer stays until the
 * new one is there, an overtaken question is dropped.
 */
export function useAnswer<T>(ask: () => Question | null) {
  const answer: ShallowRef<T | null> = shallowRef(null)
  const error = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let running: AbortController | undefined

  async function read(question: Question | null): Promise<void> {
    running?.abort()
    running = undefined
    if (question === null) {
      answer.value = null
      error.value = null
      isLoading.value = false
      return
    }
    const mine = new AbortController()
    running = mine
    isLoading.value = true
    try {
      const options = { signal: mine.signal, ...(question.query ? { query: question.query } : {}) }
      const next = await call<T>(question.path, options)
      if (mine.signal.aborted) return
      answer.value = next
      error.value = null
    } catch (cause) {
      if (!mine.signal.aborted) error.value = cause
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  // two questions that say the same are one: a new object alone asks nothing
  watch(
    () => JSON.stringify(ask()),
    (text, before) => {
      const next: Question | null = JSON.parse(text)
      const previous: Question | null = before ? JSON.parse(before) : null
      // of another thing the old answer would be a lie
      if (next?.path !== previous?.path) answer.value = null
      void read(next)
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())

  return { answer, error, isLoading, reload: () => read(ask()) }
}
