import type { Drill, HazardDetail, PointGeometry } from '@contract'
import { computed, onMounted, onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../api/client.ts'
import { type DrillForm, emptyDrillForm, formOfDrill } from './drill-form.ts'
import { formOfHazard } from './prefill.ts'

/** The form while it is open: where it came from, whether anything would be lost, and the place on the map. */
export function useDrillForm() {
  const { t } = useI18n()
  const form = ref<DrillForm | null>(null)
  const origin = shallowRef<string | null>(null)
  const start = ref('')
  const isOpen = computed(() => form.value !== null)
  const isDirty = computed(() => form.value !== null && JSON.stringify(form.value) !== start.value)

  function open(values: DrillForm): void {
    form.value = values
    start.value = JSON.stringify(values)
  }

  function close(): void {
    form.value = null
    origin.value = null
  }

  /** A new plan, empty or made from a hazard. */
  async function openNew(hazardId: string | null): Promise<HazardDetail | null> {
    open(emptyDrillForm())
    if (hazardId === null) return null
    try {
      const hazard = await call<HazardDetail>(`/api/hazards/${hazardId}`)
      const words = {
        title: (place: string) => t('drills.fromHazardTitle', { place }),
        scenario: (place: string, what: string) => t('drills.fromHazardScenario', { place, what }),
      }
      form.value = formOfHazard(hazard, words)
      origin.value = hazard.number
      return hazard
    } catch {
      // an empty form is still a way to begin; the hazard can be searched for in it
      return null
    }
  }

  const openFor = (drill: Drill): void => open(formOfDrill(drill))

  function place([lng, lat]: [number, number]): void {
    if (!form.value) return
    const coordinates: [number, number] = [Number(lng.toFixed(6)), Number(lat.toFixed(6))]
    form.value.geometry = { type: 'Point', coordinates } satisfies PointGeometry
  }

  function toggleHazard(id: string): void {
    if (!form.value) return
    const ids = form.value.hazardIds
    form.value.hazardIds = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
  }

  function warnBeforeUnload(event: BeforeUnloadEvent): void {
    if (isDirty.value) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warnBeforeUnload))
  onScopeDispose(() => removeEventListener('beforeunload', warnBeforeUnload))

  return { form, origin, isOpen, isDirty, openNew, openFor, close, place, toggleHazard }
}
