import type { GapRules, GapSettings, GapSettingsPreview } from '@contract'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { ApiProblem, call } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { t } from '../../messages/i18n.ts'

const PREVIEW_DELAY_MILLISECONDS = 400
const copyOf = (rules: GapRules): GapRules => JSON.parse(JSON.stringify(rules))
const sourceOf = (text: string | null): string | null => text?.trim() || null

/** The rules as they are sent: a source of blanks is none. */
const soundOf = (rules: GapRules): GapRules => ({
  ...rules,
  checkSource: sourceOf(rules.checkSource),
  drillSource: sourceOf(rules.drillSource),
})

const isWithin = (numbers: number[], most: number) =>
  numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= most)

/** The time limits being changed, with what the change would do. */
export function useGapRules() {
  const { answer, error, reload } = useAnswer<GapSettings>(() => ({ path: '/api/settings/gaps' }))
  const form = ref<GapRules | null>(null)
  const preview = shallowRef<GapSettingsPreview | null>(null)
  const failure = ref('')
  const isSaving = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  const text = computed(() => (form.value ? JSON.stringify(soundOf(form.value)) : ''))
  const isChanged = computed(
    () => answer.value !== null && text.value !== JSON.stringify(soundOf(answer.value.rules)),
  )
  const isSound = computed(() => {
    const rules = form.value
    if (rules === null) return false
    return isWithin(Object.values(rules.checkDays), 3650) && isWithin(Object.values(rules.drillMonths), 120)
  })

  watch(answer, (settings) => {
    // what I am typing stays
    if (settings && form.value === null) form.value = copyOf(settings.rules)
  })

  async function look(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    try {
      const body = { rules: JSON.parse(text.value) }
      const options = { method: 'POST', body, signal: mine.signal } as const
      preview.value = await call<GapSettingsPreview>('/api/settings/gaps/preview', options)
    } catch (cause) {
      if (!mine.signal.aborted) failure.value = explainError(cause).text
    }
  }

  watch(text, () => {
    clearTimeout(timer)
    running?.abort()
    preview.value = null
    failure.value = isSound.value || form.value === null ? '' : t('gapSettings.badNumber')
    if (isChanged.value && isSound.value) timer = setTimeout(() => void look(), PREVIEW_DELAY_MILLISECONDS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  /** Saves what is typed; answers whether it was saved. */
  async function save(): Promise<boolean> {
    if (!answer.value) return false
    isSaving.value = true
    try {
      const body = { rules: JSON.parse(text.value), version: answer.value.version }
      const saved = await call<GapSettings>('/api/settings/gaps', { method: 'PUT', body })
      answer.value = saved
      form.value = copyOf(saved.rules)
      return true
    } catch (cause) {
      if (cause instanceof ApiProblem && cause.status === 409) {
        await reload()
        failure.value = t('gapSettings.stale')
      } else failure.value = explainError(cause).text
      return false
    } finally {
      isSaving.value = false
    }
  }

  const fill = (rules: GapRules | undefined) => {
    if (rules) form.value = copyOf(rules)
  }
  return {
    settings: answer,
    error,
    reload,
    form,
    preview,
    failure,
    isSaving,
    isChanged,
    save,
    takeDefaults: () => fill(answer.value?.defaults),
    undo: () => fill(answer.value?.rules),
  }
}
