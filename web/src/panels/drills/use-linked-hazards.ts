import type { Hazard, HazardDetail } from '@contract'
import { shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'

/** The hazards that a drill takes up, by id; null where one is not visible to the person. */
export function useLinkedHazards(ids: () => readonly string[]) {
  const known = shallowRef<ReadonlyMap<string, Hazard | null>>(new Map())

  function remember(hazard: Hazard): void {
    known.value = new Map(known.value).set(hazard.id, hazard)
  }

  async function read(id: string): Promise<void> {
    try {
      remember(await call<HazardDetail>(`/api/hazards/${id}`))
    } catch {
      known.value = new Map(known.value).set(id, null)
    }
  }

  watch(
    () => ids().join(),
    () => {
      for (const id of ids()) if (!known.value.has(id)) void read(id)
    },
    { immediate: true },
  )
  return { known, remember }
}
