import type { AreaFeature, Hazard, Site } from '@contract'
import { computed, type InjectionKey, inject, provide, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { call } from '../../api/client.ts'
import type { Mark } from '../../map/layer.ts'
import { MAX_MAP_ZOOM, type MapView } from '../../map/map-view.ts'
import type { Picked } from '../../map/picked.ts'
import { anchorOf, type Bounds, boundsOf, isInside, type Selection, type View } from '../../map/view.ts'
import { useAreas } from '../../state/areas.ts'
import { useFilters } from '../../state/filters.ts'
import { zoneFeatures } from '../drills/zones.ts'
import { useBaseMaps } from './use-base-maps.ts'
import { useFacets } from './use-facets.ts'
import { useFlash } from './use-flash.ts'
import { useMapAddress } from './use-map-address.ts'
import { useMeasure } from './use-measure.ts'
import { markOfHazard, markOfPicked, useOpened } from './use-opened.ts'

export type Thing = Exclude<Picked, { kind: 'cell' }>
export interface PickQuestion {
  things: Thing[]
  at: { x: number; y: number }
}

/** Everything that the parts of the map page share; made once by the page, found by its parts with useMapModel. */
function makeMapModel() {
  const address = useMapAddress()
  const router = useRouter()
  const { filters, words, set } = useFilters()
  const { areas } = useAreas()
  const facets = useFacets(words)
  const asOf = computed(() => filters.value.asOf)
  const opened = useOpened(address.selection, asOf)
  const measure = useMeasure()
  const baseMaps = useBaseMaps(address.baseMapId)

  const mapView = shallowRef<MapView | null>(null)
  const bounds = shallowRef<Bounds | null>(null)
  const metersPerPixel = ref(0)
  const hovered = shallowRef<{ picked: Picked; at: { x: number; y: number } } | null>(null)
  /** A row under the mouse, or a line of the list of touching symbols. */
  const pointed = shallowRef<Mark | null>(null)
  const question = shallowRef<PickQuestion | null>(null)
  const clicked = shallowRef<{ id: string; mark: Omit<Mark, 'role'> } | null>(null)
  /** With the list open a choice only marks; this says that the details lie over the list. */
  const isOverList = ref(false)
  const flash = useFlash(mapView)

  const isDrawerOpen = computed(
    () => address.selection.value !== null && (address.list.value === null || isOverList.value),
  )

  const selectedMark = computed<Mark | null>(() => {
    const wanted = address.selection.value
    if (!wanted) return null
    const known = opened.opened.value
    if (known?.item.id === wanted.id) {
      return known.lngLat
        ? { role: 'selected', lngLat: known.lngLat, radius: known.radius, image: known.image }
        : null
    }
    return clicked.value?.id === wanted.id ? { role: 'selected', ...clicked.value.mark } : null
  })

  const marks = computed<Mark[]>(() => {
    const list: Mark[] = [...flash.marks.value, ...measure.marks.value]
    if (selectedMark.value) list.push(selectedMark.value)
    if (pointed.value) list.push(pointed.value)
    else if (hovered.value && !measure.isMeasuring.value) {
      list.push({ role: 'hovered', lngLat: hovered.value.picked.lngLat, radius: hovered.value.picked.radius })
    }
    return list
  })

  const zones = computed(() => {
    const known = opened.opened.value
    return zoneFeatures(
      known?.kind === 'drill' ? known.item.geometry : null,
      known?.kind === 'drill' ? known.item.zones : [],
    )
  })

  async function select(selection: Selection | null): Promise<void> {
    question.value = null
    pointed.value = null
    if (selection === null) isOverList.value = false
    await address.select(selection)
  }

  function choose(thing: Thing): void {
    clicked.value = { id: thing.id, mark: markOfPicked(thing) }
    void select({ kind: thing.kind, id: thing.id })
  }

  /** Opens a thing found in a list or by the search; the map follows only if the thing is out of sight. */
  function show(kind: Selection['kind'], item: Hazard | Site): void {
    const at = item.geometry ? anchorOf(item.geometry) : null
    if (kind === 'hazard' && at) clicked.value = { id: item.id, mark: markOfHazard(item as Hazard, at) }
    void select({ kind, id: item.id })
    if (at && (!bounds.value || !isInside(at, bounds.value))) mapView.value?.flyTo(at, 14)
  }

  function showArea({ geometry }: AreaFeature): void {
    const box = boundsOf([geometry])
    if (box) mapView.value?.fitBounds(box)
  }

  function point(hazard: Hazard | null): void {
    const at = hazard?.geometry ? anchorOf(hazard.geometry) : null
    pointed.value = hazard && at ? { role: 'listed', ...markOfHazard(hazard, at) } : null
  }

  function openCell({ bounds: box }: Extract<Picked, { kind: 'cell' }>): void {
    const isDeepest = (mapView.value?.view.zoom ?? 0) > MAX_MAP_ZOOM - 1.1
    // so many in one spot that no zoom parts them: they are read as a list
    if (isDeepest) void address.setList('view')
    mapView.value?.fitBounds(box)
  }

  function click(at: [number, number], picked: Picked[]): void {
    hovered.value = null
    question.value = null
    if (measure.isMeasuring.value) measure.add(at)
    else if (picked[0]?.kind === 'cell') openCell(picked[0])
    else if (picked[0]) ask(at, picked[0], picked)
  }

  /** Symbols that touch are asked about; one alone is opened. */
  function ask(at: [number, number], first: Thing, picked: Picked[]): void {
    const things = picked.filter((one): one is Thing => one.kind !== 'cell')
    if (things.length > 1) question.value = { things, at: mapView.value?.project(at) ?? { x: 0, y: 0 } }
    else choose(first)
  }

  /** Shift and drag: what lies in the box becomes the filter, and the list opens. */
  function box(drawn: Bounds): void {
    const [west, south, east, north] = drawn.map((value) => Number(value.toFixed(6)))
    if (west === undefined || south === undefined || east === undefined || north === undefined) return
    void set({ bbox: [west, south, east, north] })
    void address.setList('view')
  }

  function moved(view: View, next: Bounds): void {
    bounds.value = next
    metersPerPixel.value = (mapView.value?.metersOf(100) ?? 0) / 100
    void address.setView(view)
  }

  /** Closes the topmost thing; says whether there was any. */
  function closeTopmost(): boolean {
    if (question.value) question.value = null
    else if (measure.isMeasuring.value) measure.end()
    else if (isOverList.value) isOverList.value = false
    else if (address.list.value !== null) void address.setList(null)
    else if (address.selection.value) void select(null)
    else return false
    return true
  }

  function goToList(): void {
    const wanted = address.selection.value
    if (wanted?.kind === 'hazard') void router.push(`/rectification/${wanted.id}`)
    else if (wanted?.kind === 'drill') void router.push(`/drills/${wanted.id}`)
    else {
      const site = wanted?.kind === 'site' ? { site: wanted.id } : {}
      void router.push({ path: '/risk-list', query: { ...words.value, ...site } })
    }
  }

  // the session may have ended while only the map was asking: the question brings the sign-in
  const askForSession = () => call('/api/session')

  if (address.isBare) void set({ status: ['open'] })
  // a link to a thing without a view: the map goes there once it is known where that is
  const isLookingFor = ref(address.view === null && address.selection.value !== null)
  watch([opened.opened, mapView], ([known, view]) => {
    if (!isLookingFor.value || !view || !known?.lngLat) return
    isLookingFor.value = false
    view.flyTo(known.lngLat)
  })

  return {
    address,
    areas,
    askForSession,
    baseMaps,
    bounds,
    box,
    choose,
    click,
    closeTopmost,
    facets,
    filters,
    flash,
    goToList,
    hovered,
    isDrawerOpen,
    isOverList,
    mapView,
    marks,
    measure,
    metersPerPixel,
    moved,
    opened,
    point,
    pointed,
    question,
    select,
    set,
    show,
    showArea,
    words,
    zones,
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
