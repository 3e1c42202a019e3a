import { type Frame, ROLE_TERMS, SECTOR_TERMS, type Session } from '@contract'
import { computed, readonly, ref, shallowRef } from 'vue'
import { ApiProblem, call, onSessionEnded } from '../api/client.ts'
import { t, termOf } from '../messages/i18n.ts'

const current = shallowRef<Session | null>(null)
const hasEnded = ref(false)
let resume: (() => void) | null = null
let waiting: Promise<void> | null = null

/** Who is signed in; null before signing in. */
export const session = readonly(current)
export const user = computed(() => current.value?.user ?? null)
/** The session ended under an open screen: sign-in lies over it as a dialog. */
export const sessionHasEnded = readonly(hasEnded)

/** What the person may see, in words: their areas, their sectors, or the whole zone. */
export const scopeText = computed(() => {
  const person = user.value
  if (!person) return ''
  const parts = [
    ...person.areas.map((area) => area.name),
    ...person.sectors.map((sector) => termOf(SECTOR_TERMS[sector])),
  ]
  return parts.length > 0 ? parts.join('、') : t('frame.wholeZone')
})
export const roleText = computed(() => (user.value ? termOf(ROLE_TERMS[user.value.role]) : ''))

/** Whether the person's role may do something at all (see `actions` of the session). */
export const mayDo = (action: string): boolean => user.value?.actions.includes(action) ?? false

/** Asks who is signed in. A server that is away throws, since nobody knows then. */
export async function loadSession(): Promise<Session | null> {
  try {
    current.value = await call<Session>('/api/session', { isAboutSession: true })
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    current.value = null
  }
  return current.value
}

export const loadFrame = (): Promise<Frame> => call<Frame>('/api/frame', { isAboutSession: true })

/** Signs in. After a session had ended, the calls that were waiting go on, unless another person came. */
export async function signIn(username: string, password: string): Promise<Session> {
  const before = current.value?.user.id
  const next = await call<Session>('/api/session', {
    method: 'POST',
    body: { username, password },
    isAboutSession: true,
  })
  current.value = next
  if (hasEnded.value && before !== undefined && before !== next.user.id) {
    // another person must not see what the one before had open
    location.assign('/')
    return next
  }
  hasEnded.value = false
  resume?.()
  resume = null
  waiting = null
  return next
}

export async function signOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE', isAboutSession: true })
  current.value = null
}

onSessionEnded(() => {
  // every call that meets the end of the session waits for the same signing in
  waiting ??= new Promise((resolve) => {
    resume = resolve
  })
  hasEnded.value = true
  return waiting
})
