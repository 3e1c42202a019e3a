import type { FilterName, Hexagon, RiskArea } from '@contract'
import { computed, type Ref, ref, shallowRef } from 'vue'
import { useAnswer } from '../../api/use-answer.ts'
import { onChange } from '../../state/live.ts'
import { isPhone } from '../../state/screen.ts'
import { isAreas, type SurfaceAnswer, surfaceKind, surfaceOf, surfaceQuestion } from './read-surface.ts'
import type { useMapAddress } from './use-map-address.ts'

type Words = Partial<Record<FilterName, string>>
const TOGETHER_MILLISECONDS = 400

/** The four-colour map: the surface that is on, with its counts for the filter and the day of the page. */
export function useRiskMap(address: ReturnType<typeof useMapAddress>, words: Ref<Words>) {
  const kind = computed(() => surfaceKind(address.layers.value))
  const question = computed(() => {
    const wanted = {
      rule: address.rule.value,
      size: address.hexagonSize.value,
      measure: address.measure.value,
    }
    return kind.value === null ? null : surfaceQuestion(kind.value, wanted, words.value)
  })
  const isOfHazards = computed(() => kind.value === 'hexagons' && address.measure.value === 'hazards')
  const ownWords = computed<Words>(() => question.value?.words ?? {})
  const choice = computed(() => question.value?.choice ?? {})
  const path = computed(() => question.value?.path ?? null)

  const { answer, error, isLoading, reload } = useAnswer<SurfaceAnswer>(() =>
    path.value === null ? null : { path: path.value, query: { ...ownWords.value, ...choice.value } },
  )
  const areas = computed(() => (answer.value && isAreas(answer.value) ? answer.value : null))
  const hexagons = computed(() => (answer.value && !isAreas(answer.value) ? answer.value : null))
  const surface = computed(() => (answer.value ? surfaceOf(answer.value, isLoading.value) : null))

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
