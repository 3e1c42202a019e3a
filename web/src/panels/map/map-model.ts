import { computed, type InjectionKey, inject, provide, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { call } from '../../api/client.ts'
import type { MapView } from '../../map/map-view.ts'
import type { Bounds, View } from '../../map/view.ts'
import { useAreas } from '../../state/areas.ts'
import { useFilters } from '../../state/filters.ts'
import { useBaseMaps } from './use-base-maps.ts'
import { useFacets } from './use-facets.ts'
import { useFlash } from './use-flash.ts'
import { useMapAddress } from './use-map-address.ts'
import { useMapChoice } from './use-map-choice.ts'
import { useMapMarks } from './use-map-marks.ts'
import { useMeasure } from './use-measure.ts'
import { useOpened } from './use-opened.ts'
import { useRiskMap } from './use-risk-map.ts'

/** Everything that the parts of the map page share; made once by the page, found by its parts with useMapModel. */
function makeMapModel() {
  const address = useMapAddress()
  const { filters, words, set } = useFilters()
  const { areas } = useAreas()
  const mapView = shallowRef<MapView | null>(null)
  const bounds = shallowRef<Bounds | null>(null)
  const metersPerPixel = ref(0)

  const opened = useOpened(
    address.selection,
    computed(() => filters.value.asOf),
  )
  const measure = useMeasure()
  const riskMap = useRiskMap(address, words)
  const flash = useFlash(mapView)
  const marks = useMapMarks({
    selection: address.selection,
    opened: opened.opened,
    flashes: flash.marks,
    measured: measure.marks,
  })
  const choice = useMapChoice({ address, measure, marks, mapView, bounds })

  /** Shift and drag: what lies in the box becomes the filter, and the list opens. */
  function box(drawn: Bounds): void {
    const [west, south, east, north] = drawn
    const round = (value: number) => Number(value.toFixed(6))
    void set({ bbox: [round(west), round(south), round(east), round(north)] })
    void address.setList('view')
  }

  function moved(view: View, next: Bounds): void {
    bounds.value = next
    metersPerPixel.value = (mapView.value?.metersOf(100) ?? 0) / 100
    void address.setView(view)
  }

  if (address.isBare) void set({ status: ['open'] })
  goWhereLinked(address, opened, mapView)
  keepToSurface(address, riskMap, choice)

  return {
    ...{ address, filters, words, set, areas, mapView, bounds, metersPerPixel },
    ...{ opened, measure, riskMap, flash, box, moved },
    facets: useFacets(words),
    baseMaps: useBaseMaps(address.baseMapId),
    goToList: useWayToList(address, words),
    /** The session may have ended while only the map was asking: this brings the sign-in. */
    askForSession: () => call('/api/session'),
    ...marks,
    ...choice,
  }
}

/** A link to a thing without a view: the map goes there once it is known where that is. */
function goWhereLinked(
  address: ReturnType<typeof useMapAddress>,
  { opened }: ReturnType<typeof useOpened>,
  mapView: Readonly<{ value: MapView | null }>,
): void {
  if (address.view !== null || address.selection.value === null) return
  const stop = watch([opened, () => mapView.value], ([known, view]) => {
    if (!view || !known?.lngLat) return
    view.flyTo(known.lngLat)
    stop()
  })
}

/** A piece of a surface is no longer selected when that surface is taken off, or its grid is another. */
function keepToSurface(
  address: ReturnType<typeof useMapAddress>,
  riskMap: ReturnType<typeof useRiskMap>,
  choice: ReturnType<typeof useMapChoice>,
): void {
  watch(
    () => [riskMap.kind.value, address.hexagonSize.value, address.selection.value?.id] as const,
    ([kind, size]) => {
      const selection = address.selection.value
      const isLeft =
        (selection?.kind === 'area' && kind !== 'areas') ||
        (selection?.kind === 'hexagon' && (kind !== 'hexagons' || !selection.id.startsWith(`${size}_`)))
      if (isLeft) void choice.select(null)
    },
    { immediate: true },
  )
  // with the list open, the table of what was just switched on is the one to read
  watch(riskMap.kind, (kind) => {
    if (kind !== null && address.list.value === 'view') void address.setList('surface')
  })
}

/** From the map to the list with the same selection or filter. */
function useWayToList(address: ReturnType<typeof useMapAddress>, words: { value: Record<string, string> }) {
  const router = useRouter()
  return () => {
    const wanted = address.selection.value
    if (wanted?.kind === 'hazard') void router.push(`/rectification/${wanted.id}`)
    else if (wanted?.kind === 'drill') void router.push(`/drills/${wanted.id}`)
    else {
      const site = wanted?.kind === 'site' ? { site: wanted.id } : {}
      void router.push({ path: '/risk-list', query: { ...words.value, ...site } })
    }
  }
}

export type MapModel = ReturnType<typeof makeMapModel>
const KEY: InjectionKey<MapModel> = Symbol('map model')

export function provideMapModel(): MapModel {
  const model = makeMapModel()
  provide(KEY, model)
  return model
}

export function useMapModel(): MapModel {
  const model = inject(KEY)
  if (!model) throw new Error('outside of the map page')
  return model
}
