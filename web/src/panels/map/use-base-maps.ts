import type { BaseMap, BaseMapList } from '@contract'
import { computed, type Ref, shallowRef } from 'vue'
import { call } from '../../api/client.ts'
import { onChange } from '../../state/live.ts'

/** The base maps that this server offers, and the chosen one; null is the product's own. */
export function useBaseMaps(chosenId: Ref<string>) {
  const baseMaps = shallowRef<BaseMap[]>([])
  async function read(): Promise<void> {
    try {
      baseMaps.value = (await call<BaseMapList>('/api/base-maps')).items
    } catch {
      // the own base map needs no list
      baseMaps.value = []
    }
  }
  void read()
  onChange('base', () => void read())
  const chosen = computed(
    () =>
      baseMaps.value.find((one) => one.id === chosenId.value) ??
      baseMaps.value.find((one) => one.kind === 'own'),
  )
  return { baseMaps, chosen, attribution: computed(() => chosen.value?.attribution ?? '') }
}
