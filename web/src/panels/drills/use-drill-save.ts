import type { Drill, DrillPatch } from '@contract'
import { ref, shallowRef } from 'vue'
import { ApiProblem, call, ServerAway } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'
import { t } from '../../messages/i18n.ts'
import { type DrillForm, toDrillPatch, toNewDrill } from './drill-form.ts'

function notSavedText(error: unknown): string {
  if (error instanceof ServerAway) return t('drills.noAnswer')
  return t('drills.notSaved', { detail: explainError(error).text })
}

/** Writes a drill. A version that is no longer the newest is handed out as `stale`, and nothing is overwritten. */
export function useDrillSave() {
  const isSaving = ref(false)
  const fault = ref('')
  const stale = shallowRef<{ current: Drill; patch: DrillPatch } | null>(null)

  async function run(write: () => Promise<Drill>): Promise<Drill | null> {
    isSaving.value = true
    fault.value = ''
    try {
      const drill = await write()
      stale.value = null
      return drill
    } catch (error) {
      fault.value = notSavedText(error)
      return null
    } finally {
      isSaving.value = false
    }
  }

  const create = (form: DrillForm): Promise<Drill | null> =>
    run(() => call<Drill>('/api/drills', { method: 'POST', body: toNewDrill(form) }))

  async function patch(id: string, body: DrillPatch): Promise<Drill | null> {
    const path = `/api/drills/${id}`
    return run(async () => {
      try {
        return await call<Drill>(path, { method: 'PATCH', body })
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.code !== 'STALE_VERSION') throw error
        stale.value = { current: await call<Drill>(path), patch: body }
        throw error
      }
    })
  }

  async function edit(form: DrillForm, seen: Drill): Promise<Drill | null> {
    const body = toDrillPatch(form, seen)
    if (body) return patch(seen.id, body)
    fault.value = t('drills.noChange')
    return null
  }

  return { isSaving, fault, stale, create, patch, edit }
}
