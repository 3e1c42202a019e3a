import {
  type Drill,
  type DrillPage,
  type HazardDetail,
  type HazardEvent,
  type HazardHistory,
  instantOfAsOf,
  type Photo,
  type PhotoList,
} from '@contract'
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { call } from '../../api/client.ts'
import { filtersOfQuery } from '../../state/filters.ts'
import { onChange } from '../../state/live.ts'

/** What another has just done to the hazard that is open here. */
export interface OthersChange {
  before: HazardDetail
  after: HazardDetail
  event: HazardEvent | null
}

/**
 * One hazard with its history, photos and drills, kept right while others work on it. While `isEditing` holds, a
 * change of another is told but not put under the hands of the person.
 */
export function useHazard(id: Ref<string>, isEditing: Ref<boolean>) {
  const hazard = shallowRef<HazardDetail | null>(null)
  const events = shallowRef<HazardEvent[]>([])
  const photos = shallowRef<Photo[]>([])
  const drills = shallowRef<Drill[]>([])
  const error = shallowRef<unknown>(null)
  const others = shallowRef<OthersChange | null>(null)
  const flashCount = ref(0)
  const route = useRoute()
  const asOf = computed(() => filtersOfQuery(route.query).filters.asOf)
  let isWriting = false
  let isChangeWaiting = false

  const path = () => `/api/hazards/${id.value}`
  const readHazard = () => call<HazardDetail>(path(), { query: { asOf: asOf.value } })

  async function readAround(wanted: string): Promise<void> {
    const [history, pictures, exercises] = await Promise.allSettled([
      call<HazardHistory>(`/api/hazards/${wanted}/history`),
      call<PhotoList>(`/api/hazards/${wanted}/photos`),
      call<DrillPage>('/api/drills', { query: { hazardId: wanted, limit: 20 } }),
    ])
    if (id.value !== wanted) return
    if (history.status === 'fulfilled') events.value = newestFirst(history.value.items, asOf.value)
    if (pictures.status === 'fulfilled') photos.value = pictures.value.items
    if (exercises.status === 'fulfilled') drills.value = exercises.value.items
  }

  async function load(): Promise<void> {
    const wanted = id.value
    error.value = null
    others.value = null
    if (hazard.value?.id !== wanted) {
      hazard.value = null
      events.value = []
      photos.value = []
      drills.value = []
    }
    try {
      const [detail] = await Promise.all([readHazard(), readAround(wanted)])
      if (id.value === wanted) hazard.value = detail
    } catch (reason) {
      if (id.value === wanted) error.value = reason
    }
  }

  /** After a write of our own, whose answer is the newest state. */
  function accept(detail: HazardDetail): void {
    hazard.value = detail
    others.value = null
    void readAround(detail.id)
  }

  /** Runs a write; what the live line tells meanwhile is looked at afterwards, when our own version is known. */
  async function write<T>(run: () => Promise<T>): Promise<T> {
    isWriting = true
    try {
      return await run()
    } finally {
      isWriting = false
      if (isChangeWaiting) {
        isChangeWaiting = false
        void hear()
      }
    }
  }

  async function hear(): Promise<void> {
    const before = hazard.value
    if (!before || asOf.value) return
    if (isWriting) {
      isChangeWaiting = true
      return
    }
    try {
      const after = await readHazard()
      await readAround(before.id)
      if (id.value !== after.id || hazard.value?.version !== before.version) return
      if (after.version === before.version) return
      others.value = { before: others.value?.before ?? before, after, event: events.value[0] ?? null }
      flashCount.value += 1
      if (!isEditing.value) hazard.value = after
    } catch (reason) {
      // a hazard that left the person's scope is gone like any other; a short break mends itself
      if (!isEditing.value) error.value = reason
    }
  }

  onChange('hazard', (change) => {
    if (change === null || change.id === id.value) void hear()
  })
  onChange('drill', () => {
    if (hazard.value) void readAround(hazard.value.id)
  })
  watch([id, asOf], load, { immediate: true })

  return {
    hazard,
    events,
    photos,
    drills,
    error,
    others,
    flashCount,
    isPast: computed(() => asOf.value !== undefined),
    load,
    accept,
    write,
    readPhotos: () => readAround(id.value),
  }
}

/** The history as of a past moment holds nothing that came later. */
function newestFirst(items: readonly HazardEvent[], asOf: string | undefined): HazardEvent[] {
  const end = asOf ? instantOfAsOf(asOf).toISOString() : null
  return items.filter((event) => end === null || event.occurredAt < end).toReversed()
}
