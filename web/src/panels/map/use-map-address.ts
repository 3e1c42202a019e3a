import { FILTER_NAMES } from '@contract'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { LAYER_IDS, type LayerId } from '../../map/layer.ts'
import {
  readSelection,
  readView,
  type Selection,
  type View,
  writeSelection,
  writeView,
} from '../../map/view.ts'
import { patchAddress } from '../../state/address.ts'
import type { RowsMode } from './use-map-rows.ts'

export const DEFAULT_LAYERS: readonly LayerId[] = ['hazards', 'sites', 'drills', 'areas', 'base']

/** The layers that an address names; without the word the usual ones, and words that nobody knows are left out. */
export function readLayers(text: unknown): readonly LayerId[] {
  if (typeof text !== 'string') return DEFAULT_LAYERS
  const wanted = text.split(',')
  return LAYER_IDS.filter((id) => wanted.includes(id))
}

/** The word for some layers, none for the usual ones. */
export function writeLayers(layers: readonly LayerId[]): string | undefined {
  const isUsual = layers.length === DEFAULT_LAYERS.length && DEFAULT_LAYERS.every((id) => layers.includes(id))
  return isUsual ? undefined : layers.join(',')
}

/** What of the map stands in the address beside the filter: where it looks, its layers, what is opened, the list. */
export function useMapAddress() {
  const route = useRoute()
  const router = useRouter()
  const patch = (words: Record<string, string | undefined>) => patchAddress(router, words)
  return {
    /** Nothing was asked for: the first visit, not a link. */
    isBare: Object.keys(route.query).every((name) => name !== 'at' && !isFilterName(name)),
    view: readView(route.query.at),
    setView: (view: View) => patch({ at: writeView(view) }),
    layers: computed(() => readLayers(route.query.layers)),
    setLayers: (layers: readonly LayerId[]) => patch({ layers: writeLayers(layers) }),
    baseMapId: computed(() => (typeof route.query.base === 'string' ? route.query.base : 'own')),
    setBaseMap: (id: string) => patch({ base: id === 'own' ? undefined : id }),
    selection: computed<Selection | null>(() => readSelection(route.query.select)),
    select: (selection: Selection | null) =>
      patch({ select: selection ? writeSelection(selection) : undefined }),
    list: computed<RowsMode | null>(() => {
      if (route.query.list === undefined) return null
      return route.query.list === 'unlocated' ? 'unlocated' : 'view'
    }),
    setList: (mode: RowsMode | null) =>
      patch({ list: mode === null ? undefined : mode === 'unlocated' ? 'unlocated' : '1' }),
  }
}

const isFilterName = (name: string): boolean => (FILTER_NAMES as readonly string[]).includes(name)
