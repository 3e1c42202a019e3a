import type { LiveChange } from '@contract'
import { getCurrentScope, onScopeDispose, readonly, ref } from 'vue'

export type LiveState = 'live' | 'reconnecting' | 'offline'
/** The kinds of change that the server tells of; `*` hears them all. */
export type LiveKind =
  | 'hazard'
  | 'site'
  | 'risk'
  | 'drill'
  | 'resource'
  | 'protectedPlace'
  | 'area'
  | 'base'
  | 'import'
  | 'clause'
  | 'setting'
/** A change, or null: the connection was away, so anything may have changed. */
export type LiveListener = (change: LiveChange | null) => void

const AFTER_REFUSAL_MILLISECONDS = 5_000
const UNTIL_OFFLINE_MILLISECONDS = 15_000

const state = ref<LiveState>('reconnecting')
const newest = ref(0)
const lostAt = ref<Date | null>(null)
const listeners = new Map<LiveKind | '*', Set<LiveListener>>()
let source: EventSource | null = null
let retry: ReturnType<typeof setTimeout> | undefined
let untilOffline: ReturnType<typeof setTimeout> | undefined

export const liveState = readonly(state)
/** The highest change number heard of; part of the tiles' addresses. */
export const liveSequence = readonly(newest)
/** When the connection was lost, while it is. */
export const liveLostAt = readonly(lostAt)

/** Calls back on each change of a kind; ends with the component that asked. */
export function onChange(kind: LiveKind | '*', listener: LiveListener): () => void {
  const group = listeners.get(kind) ?? new Set()
  listeners.set(kind, group.add(listener))
  const stop = () => {
    group.delete(listener)
  }
  if (getCurrentScope()) onScopeDispose(stop)
  return stop
}

export function startLive(): void {
  if (source) return
  source = new EventSource('/api/live')
  source.addEventListener('open', becomeLive)
  source.addEventListener('error', becomeLost)
  source.addEventListener('changed', (event) => hear(JSON.parse(event.data) as LiveChange))
}

export function stopLive(): void {
  source?.close()
  source = null
  clearTimeout(retry)
  clearTimeout(untilOffline)
  untilOffline = undefined
}

function becomeLive(): void {
  const wasAway = lostAt.value !== null
  clearTimeout(untilOffline)
  untilOffline = undefined
  lostAt.value = null
  state.value = 'live'
  if (wasAway) for (const group of listeners.values()) for (const listener of group) listener(null)
}

function becomeLost(): void {
  lostAt.value ??= new Date()
  if (state.value === 'live') state.value = 'reconnecting'
  untilOffline ??= setTimeout(() => {
    state.value = 'offline'
  }, UNTIL_OFFLINE_MILLISECONDS)
  // the browser tries again by itself after a break, but never after a refusal
  if (source?.readyState === EventSource.CLOSED) {
    source = null
    clearTimeout(retry)
    retry = setTimeout(startLive, AFTER_REFUSAL_MILLISECONDS)
  }
}

function hear(change: LiveChange): void {
  newest.value = Math.max(newest.value, change.sequence)
  const heard = [...(listeners.get(change.kind as LiveKind) ?? []), ...(listeners.get('*') ?? [])]
  for (const listener of heard) listener(change)
}
