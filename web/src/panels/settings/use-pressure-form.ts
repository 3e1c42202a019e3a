import type { PressurePreview, PressureSetting, PressureWeights } from '@contract'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { onChange } from '../../state/live.ts'

const PREVIEW_DELAY_MILLISECONDS = 400
const copyOf = (weights: PressureWeights): PressureWeights => JSON.parse(JSON.stringify(weights))

/** The weights being changed, with what the change would reorder. */
export function usePressureForm() {
  const { answer, error, reload } = useAnswer<PressureSetting>(() => ({ path: '/api/settings/pressure' }))
  const form = ref<PressureWeights | null>(null)
  const preview = shallowRef<PressurePreview | null>(null)
  const failure = ref('')
  const isSaving = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  const text = computed(() => JSON.stringify(form.value))
  const isChanged = computed(
    () => answer.value !== null && text.value !== JSON.stringify(answer.value.weights),
  )

  // what I am typing stays when somebody else saves
  watch(answer, (setting, before) => {
    const isUntouched = before === null || text.value === JSON.stringify(before?.weights)
    if (setting && (form.value === null || isUntouched)) form.value = copyOf(setting.weights)
  })
  onChange('setting', () => void reload())

  async function look(weights: PressureWeights): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    try {
      const options = { method: 'POST', body: { weights }, signal: mine.signal } as const
      preview.value = await call<PressurePreview>('/api/settings/pressure/preview', options)
      failure.value = ''
    } catch (cause) {
      if (mine.signal.aborted) return
      preview.value = null
      failure.value = explainError(cause).text
    }
  }

  watch(text, () => {
    clearTimeout(timer)
    running?.abort()
    preview.value = null
    failure.value = ''
    const weights = form.value
    if (!answer.value?.mayEdit || weights === null || !isChanged.value) return
    timer = setTimeout(() => void look(weights), PREVIEW_DELAY_MILLISECONDS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  /** Saves what is typed; answers whether it was saved. */
  async function save(): Promise<boolean> {
    isSaving.value = true
    failure.value = ''
    try {
      const saved = await call<PressureSetting>('/api/settings/pressure', {
        method: 'PUT',
        body: { weights: form.value },
      })
      answer.value = saved
      form.value = copyOf(saved.weights)
      return true
    } catch (cause) {
      failure.value = explainError(cause).text
      return false
    } finally {
      isSaving.value = false
    }
  }

  return {
    setting: answer,
    error,
    reload,
    form,
    preview,
    failure,
    isSaving,
    isChanged,
    save,
    takeDefaults: () => {
      if (answer.value) form.value = copyOf(answer.value.defaults)
    },
    undo: () => {
      if (answer.value) form.value = copyOf(answer.value.weights)
    },
  }
}
