import type { FilterName, Hexagon, Hexagons, RiskArea, RiskAreas } from '@contract'
import { computed, type Ref, ref, shallowRef } from 'vue'
import { useAnswer } from '../../api/use-answer.ts'
import { placeWords } from '../../map/layer.ts'
import { areaSurface, hexagonSurface, type RiskSurface } from '../../map/risk-surface.ts'
import { onChange } from '../../state/live.ts'
import { isPhone } from '../../state/screen.ts'
import type { useMapAddress } from './use-map-address.ts'

type Words = Partial<Record<FilterName, string>>
const TOGETHER_MILLISECONDS = 400

/** The four-colour map: the surface that is on, with its counts for the filter and the day of the page. */
export function useRiskMap(address: ReturnType<typeof useMapAddress>, words: Ref<Words>) {
  const kind = computed(() => {
    if (address.layers.value.includes('risk-areas')) return 'areas' as const
    return address.layers.value.includes('hexagons') ? ('hexagons' as const) : null
  })
  /** Levels and densities are of sites: words that speak of hazards narrow them no more than the sites' own layer. */
  const isOfHazards = computed(() => kind.value === 'hexagons' && address.measure.value === 'hazards')
  const ownWords = computed<Words>(() => (isOfHazards.value ? words.value : placeWords(words.value)))
  const choice = computed<Record<string, string | number>>(() =>
    kind.value === 'areas'
      ? { rule: address.rule.value }
      : { size: address.hexagonSize.value, measure: address.measure.value },
  )
  const path = computed(() => (kind.value === null ? null : `/api/risk-map/${kind.value}`))

  const { answer, error, isLoading, reload } = useAnswer<RiskAreas | Hexagons>(() =>
    path.value === null ? null : { path: path.value, query: { ...ownWords.value, ...choice.value } },
  )
  const areas = computed(() => (answer.value && 'whole' in answer.value ? answer.value : null))
  const hexagons = computed(() => (answer.value && 'size' in answer.value ? answer.value : null))
  const surface = computed<RiskSurface | null>(() => {
    const isStale = isLoading.value
    if (areas.value) return areaSurface(areas.value.rule.id, areas.value.items, isStale)
    return hexagons.value ? hexagonSurface(hexagons.value, hexagons.value.items, isStale) : null
  })

  const pointed = ref<string | null>(null)
  const selected = computed(() => {
    const selection = address.selection.value
    return selection?.kind === 'area' || selection?.kind === 'hexagon' ? selection.id : null
  })
  const marks = computed(() => ({ selected: selected.value, pointed: pointed.value }))

  /** The list beside the map is that of the surface; on a phone it is the one that comes first. */
  const isListed = computed(
    () =>
      kind.value !== null && (address.isSurfaceList.value || (isPhone.value && address.list.value === null)),
  )
  const areaOf = (code: string): RiskArea | undefined => areas.value?.items.find((item) => item.code === code)
  const hexagonOf = (id: string): Hexagon | undefined => hexagons.value?.items.find((item) => item.id === id)
  const selectedAt = computed(() => {
    const id = selected.value ?? ''
    return areaOf(id)?.anchor ?? hexagonOf(id)?.center ?? null
  })

  const isWaiting = shallowRef(false)
  for (const changed of ['hazard', 'site', 'risk', 'area', 'import'] as const) {
    onChange(changed, () => {
      if (isWaiting.value || path.value === null) return
      isWaiting.value = true
      setTimeout(() => {
        isWaiting.value = false
        void reload()
      }, TOGETHER_MILLISECONDS)
    })
  }

  return {
    ...{
      kind,
      isOfHazards,
      words: ownWords,
      choice,
      path,
      areas,
      hexagons,
      surface,
      error,
      isLoading,
      reload,
    },
    ...{ pointed, selected, selectedAt, marks, isListed, areaOf, hexagonOf },
  }
}
