import type { AvailableAction, HazardDetail, HazardEvent, HazardHistory } from '@contract'
import { type Ref, ref, shallowRef } from 'vue'
import { ApiProblem, call, ServerAway } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'
import { t } from '../../messages/i18n.ts'
import { type ActValues, toTransition } from './act-form.ts'
import { compareVersions, type FieldDifference } from './compare.ts'

export interface Stale {
  current: HazardDetail
  event: HazardEvent | null
  differences: FieldDifference[]
}

/** The hazard as it now stands and who brought it there, after a write that came too late. */
export async function readStale(
  seen: HazardDetail,
  mine: Parameters<typeof compareVersions>[2],
): Promise<Stale> {
  const [current, history] = await Promise.all([
    call<HazardDetail>(`/api/hazards/${seen.id}`),
    call<HazardHistory>(`/api/hazards/${seen.id}/history`),
  ])
  const event = history.items.at(-1) ?? null
  return { current, event, differences: compareVersions({ ...seen }, { ...current }, mine) }
}

/** Why a write was not taken, in one sentence that says that nothing was lost. */
export function notSavedText(error: unknown): string {
  if (error instanceof ServerAway) return t('hazardDrawer.noAnswer')
  return t('hazardDrawer.notSaved', { detail: explainError(error).text })
}

/** Takes one step of the loop; a version that is no longer the newest is shown, never overwritten. */
export function useAct(seen: Ref<HazardDetail>, write: <T>(run: () => Promise<T>) => Promise<T>) {
  const isSaving = ref(false)
  const fault = ref('')
  const stale = shallowRef<Stale | null>(null)

  async function take(
    action: AvailableAction,
    values: ActValues,
    version: number,
  ): Promise<HazardDetail | null> {
    isSaving.value = true
    fault.value = ''
    const body = toTransition(action.action, version, action.fields, values)
    try {
      const path = `/api/hazards/${seen.value.id}/transitions`
      const detail = await write(() => call<HazardDetail>(path, { method: 'POST', body }))
      stale.value = null
      return detail
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'STALE_VERSION') {
        stale.value = await readStale(seen.value, factsOf(body)).catch((reason: unknown) => {
          fault.value = notSavedText(reason)
          return null
        })
      } else fault.value = notSavedText(error)
      return null
    } finally {
      isSaving.value = false
    }
  }

  return { isSaving, fault, stale, take }
}

/** What an act writes into the hazard itself; note and photos belong to its history. */
function factsOf(body: object): Record<string, unknown> {
  const names = ['dueOn', 'responsibleUnit', 'responsiblePerson', 'measures', 'fundsWan', 'contingencyPlan']
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))
}
