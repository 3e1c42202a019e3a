import type { AreaCollection, AreaFeature } from '@contract'
import { computed, shallowRef } from 'vue'
import { call } from '../api/client.ts'
import { onChange } from './live.ts'
import { user } from './session.ts'

const collection = shallowRef<AreaCollection | null>(null)
let readFor: string | null = null

/** The areas that I may see, read once for all pages and again when an outline changes. */
export function useAreas() {
  const person = user.value?.id ?? null
  if (readFor !== person) {
    readFor = person
    void read()
  }
  onChange('area', () => void read())
  return {
    areas: computed<AreaFeature[]>(() => collection.value?.features ?? []),
    nameOf: (code: string) =>
      collection.value?.features.find(({ properties }) => properties.code === code)?.properties.name ?? code,
  }
}

async function read(): Promise<void> {
  try {
    collection.value = await call<AreaCollection>('/api/areas')
  } catch {
    // without names a filter still works by its codes; the next page that asks tries again
    readFor = null
  }
}
