import {
  AREA_RULES,
  type AreaRule,
  DEFAULT_HEXAGON_SIZE,
  FILTER_NAMES,
  HEXAGON_MEASURES,
  HEXAGON_SIZES,
  type HexagonMeasure,
  type HexagonSize,
} from '@contract'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { LAYER_IDS, type LayerId, withOneSurface } from '../../map/layer.ts'
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
  return withOneSurface(LAYER_IDS.filter((id) => wanted.includes(id)))
}

/** The word for some layers, none for the usual ones. */
export function writeLayers(layers: readonly LayerId[]): string | undefined {
  const isUsual = layers.length === DEFAULT_LAYERS.length && DEFAULT_LAYERS.every((id) => layers.includes(id))
  return isUsual ? undefined : layers.join(',')
}

/** One of the known words, or the usual one where the address has none that is known. */
export const readChoice = <T extends string | number>(text: unknown, known: readonly T[], usual: T): T =>
  known.find((one) => String(one) === text) ?? usual

export interface RiskMapChoice {
  rule?: AreaRule
  size?: HexagonSize
  measure?: HexagonMeasure
}
const USUAL: Required<RiskMapChoice> = { rule: 'highest', size: DEFAULT_HEXAGON_SIZE, measure: 'risk' }

/** How the coloured surface is made, as the address says. */
export const readRiskMapChoice = (query: Record<string, unknown>): Required<RiskMapChoice> => ({
  rule: readChoice(query.rule, AREA_RULES, USUAL.rule),
  size: readChoice(query.size, HEXAGON_SIZES, USUAL.size),
  measure: readChoice(query.measure, HEXAGON_MEASURES, USUAL.measure),
})

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
    rule: computed(() => readRiskMapChoice(route.query).rule),
    hexagonSize: computed(() => readRiskMapChoice(route.query).size),
    measure: computed(() => readRiskMapChoice(route.query).measure),
    setRiskMap: (choice: RiskMapChoice) =>
      patch(
        Object.fromEntries(
          Object.entries(choice).map(([name, value]) => [
            name,
            value === USUAL[name as keyof RiskMapChoice] ? undefined : String(value),
          ]),
        ),
      ),
    baseMapId: computed(() => (typeof route.query.base === 'string' ? route.query.base : 'own')),
    setBaseMap: (id: string) => patch({ base: id === 'own' ? undefined : id }),
    selection: computed<Selection | null>(() => readSelection(route.query.select)),
    select: (selection: Selection | null) =>
      patch({ select: selection ? writeSelection(selection) : undefined }),
    list: computed<RowsMode | null>(() => {
      const { list } = route.query
      if (list === undefined) return null
      return list === 'unlocated' || list === 'all' ? list : 'view'
    }),
    /** The list is that of the areas or hexagons, as long as one of them is on. */
    isSurfaceList: computed(() => route.query.list === 'surface'),
    setList: (mode: RowsMode | 'surface' | null) =>
      patch({ list: mode === null ? undefined : mode === 'view' ? '1' : mode }),
  }
}

const isFilterName = (name: string): boolean => (FILTER_NAMES as readonly string[]).includes(name)
