import type { Drill } from '@contract'
import { type ComputedRef, type Ref, ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { toast } from '../../parts/toast.ts'
import type { DrillForm } from './drill-form.ts'
import { useDrillSave } from './use-drill-save.ts'

interface Page {
  form: Ref<DrillForm | null>
  drill: ShallowRef<Drill | null>
  isNew: ComputedRef<boolean>
  close: () => void
  accept: (drill: Drill) => void
  finished: (saved: Drill, wasNew: boolean) => Promise<void>
}

/** What can be done to a drill on its page: saving, choosing between two versions, cancelling, taking up again. */
export function useDrillActs({ form, drill, isNew, close, accept, finished }: Page) {
  const { t } = useI18n()
  const { isSaving, fault, stale, create, patch, edit } = useDrillSave()
  const isCancelling = ref(false)

  async function finish(saved: Drill, sentence: string): Promise<void> {
    const wasNew = isNew.value
    close()
    stale.value = null
    accept(saved)
    toast(sentence)
    await finished(saved, wasNew)
  }

  async function save(state: 'draft' | 'planned' | null): Promise<void> {
    if (!form.value) return
    if (state) form.value.state = state
    const seen = isNew.value ? null : drill.value
    const saved = seen ? await edit(form.value, seen) : await create(form.value)
    if (saved) await finish(saved, seen ? t('drills.saved') : t('drills.created', { number: saved.number }))
  }

  async function saveMine(): Promise<void> {
    if (!stale.value || !drill.value) return
    const saved = await patch(drill.value.id, { ...stale.value.patch, version: stale.value.current.version })
    if (saved) await finish(saved, t('drills.saved'))
  }

  function takeTheirs(current: Drill | null): void {
    close()
    stale.value = null
    fault.value = ''
    if (current) accept(current)
  }

  /** Outside the form there is nothing of one's own to compare: the newer state is shown, and the person asks again. */
  async function move(
    body: Omit<Parameters<typeof patch>[1], 'version'>,
    sentence: string,
  ): Promise<boolean> {
    if (!drill.value) return false
    const saved = await patch(drill.value.id, { ...body, version: drill.value.version })
    if (saved) await finish(saved, sentence)
    else if (stale.value) {
      accept(stale.value.current)
      stale.value = null
    }
    return saved !== null
  }

  async function cancelDrill(reason: string): Promise<void> {
    const notes = [drill.value?.note, reason && t('drills.cancelNote', { reason })].filter(Boolean).join('\n')
    const isDone = await move({ state: 'cancelled', ...(reason && { note: notes }) }, t('drills.cancelled'))
    if (isDone) isCancelling.value = false
  }

  async function reopen(): Promise<void> {
    await move({ state: 'draft' }, t('drills.saved'))
  }

  return { isSaving, fault, stale, isCancelling, save, saveMine, takeTheirs, cancelDrill, reopen }
}
