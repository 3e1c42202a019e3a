import type { AssessReply, AssessRequest } from '@contract'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { faultOf } from './fault.ts'
import { isComplete, ofMethod } from './request.ts'

const TYPING_MILLISECONDS = 200

/** The live answer to a request: null while something is missing or refused; an overtaken question is dropped. */
export function useAssess(request: () => AssessRequest) {
  const reply = shallowRef<AssessReply | null>(null)
  const error = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function ask(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    try {
      const body = ofMethod(request())
      const next = await call<AssessReply>('/api/risk/assess', { method: 'POST', body, signal: mine.signal })
      if (mine.signal.aborted) return
      reply.value = next
      error.value = null
    } catch (cause) {
      if (mine.signal.aborted) return
      reply.value = null
      error.value = cause
    } finally {
      if (running === mine) isLoading.value = false
    }
  }

  watch(
    () => JSON.stringify(ofMethod(request())),
    () => {
      clearTimeout(timer)
      if (!isComplete(request())) {
        running?.abort()
        reply.value = null
        error.value = null
        isLoading.value = false
        return
      }
      isLoading.value = true
      timer = setTimeout(() => void ask(), TYPING_MILLISECONDS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return { reply, error, isLoading, fault: computed(() => faultOf(error.value)), retry: ask }
}
