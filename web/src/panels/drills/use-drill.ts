import type { Drill } from '@contract'
import { type Ref, ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import { onChange } from '../../state/live.ts'

/** One drill, kept right while others work on it; what is being edited does not change under one's hands. */
export function useDrill(id: Ref<string | null>, isEditing: Ref<boolean>) {
  const drill = shallowRef<Drill | null>(null)
  const error = shallowRef<unknown>(null)
  /** The newer state that another has made while I edit. */
  const newer = shallowRef<Drill | null>(null)
  const flashCount = ref(0)

  async function load(): Promise<void> {
    const wanted = id.value
    error.value = null
    newer.value = null
    if (drill.value?.id !== wanted) drill.value = null
    if (wanted === null) return
    try {
      const read = await call<Drill>(`/api/drills/${wanted}`)
      if (id.value === wanted) drill.value = read
    } catch (reason) {
      if (id.value === wanted) error.value = reason
    }
  }

  async function hear(): Promise<void> {
    const before = drill.value
    if (!before) return
    try {
      const read = await call<Drill>(`/api/drills/${before.id}`)
      if (id.value !== read.id || !drill.value || read.version <= drill.value.version) return
      if (isEditing.value) newer.value = read
      else {
        drill.value = read
        flashCount.value += 1
      }
    } catch {
      // a short break mends itself at the next change; the drill on the screen was right when it was read
    }
  }

  function accept(read: Drill): void {
    drill.value = read
    newer.value = null
  }

  onChange('drill', (change) => {
    if (change === null || change.id === id.value) void hear()
  })
  watch(id, load, { immediate: true })
  return { drill, error, newer, flashCount, load, accept }
}
