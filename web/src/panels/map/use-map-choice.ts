import type { AreaFeature, Hazard, Site } from '@contract'
import { computed, type Ref, ref, shallowRef } from 'vue'
import { MAX_MAP_ZOOM, type MapView } from '../../map/map-view.ts'
import type { Picked, PickedThing } from '../../map/picked.ts'
import { anchorOf, type Bounds, boundsOf, isInside, type Selection } from '../../map/view.ts'
import type { useMapAddress } from './use-map-address.ts'
import type { useMapMarks } from './use-map-marks.ts'
import type { useMeasure } from './use-measure.ts'
import { markOfHazard, markOfPicked } from './use-opened.ts'

export interface PickQuestion {
  things: PickedThing[]
  at: { x: number; y: number }
}

/** Choosing on the map, in lists and by the search: one selection, which the address holds. */
export function useMapChoice(parts: {
  address: ReturnType<typeof useMapAddress>
  measure: ReturnType<typeof useMeasure>
  marks: ReturnType<typeof useMapMarks>
  mapView: Ref<MapView | null>
  bounds: Ref<Bounds | null>
}) {
  const { address, measure, marks, mapView, bounds } = parts
  /** Symbols that touch: which one is meant. */
  const question = shallowRef<PickQuestion | null>(null)
  /** With the list open a choice only marks; this says that the details lie over the list. */
  const isOverList = ref(false)
  const isDrawerOpen = computed(
    () => address.selection.value !== null && (address.list.value === null || isOverList.value),
  )

  async function select(selection: Selection | null): Promise<void> {
    question.value = null
    marks.pointed.value = null
    if (selection === null) isOverList.value = false
    await address.select(selection)
  }

  function choose(thing: PickedThing): void {
    marks.clicked.value = { id: thing.id, mark: markOfPicked(thing) }
    void select({ kind: thing.kind, id: thing.id })
  }

  /** Opens a thing found in a list or by the search; the map follows only if the thing is out of sight. */
  function show(kind: 'hazard' | 'site', item: Hazard | Site): void {
    const at = item.geometry ? anchorOf(item.geometry) : null
    if (at && 'severity' in item) marks.clicked.value = { id: item.id, mark: markOfHazard(item, at) }
    void select({ kind, id: item.id })
    if (at && (!bounds.value || !isInside(at, bounds.value))) mapView.value?.flyTo(at, 14)
  }

  /** Selects a piece of a surface that a table names; the map follows only if it is out of sight. */
  function showSurface(selection: Selection, at: [number, number]): void {
    void select(selection)
    if (!bounds.value || !isInside(at, bounds.value)) mapView.value?.panTo(at)
  }

  function showArea({ geometry }: AreaFeature): void {
    const box = boundsOf([geometry])
    if (box) mapView.value?.fitBounds(box)
  }

  function openCell({ bounds: box }: Extract<Picked, { kind: 'cell' }>): void {
    const isDeepest = (mapView.value?.view.zoom ?? 0) > MAX_MAP_ZOOM - 1.1
    // so many in one spot that no zoom parts them: they are read as a list
    if (isDeepest) void address.setList('view')
    mapView.value?.fitBounds(box)
  }

  function click(at: [number, number], picked: Picked[]): void {
    marks.hovered.value = null
    question.value = null
    const first = picked[0]
    if (measure.isMeasuring.value) measure.add(at)
    else if (first?.kind === 'cell') openCell(first)
    else if (first?.kind === 'surface') void select(first.selection)
    else if (first) ask(at, first, picked)
  }

  /** One symbol alone is opened. */
  function ask(at: [number, number], first: PickedThing, picked: Picked[]): void {
    const things = picked.filter((one): one is PickedThing => one.kind !== 'cell' && one.kind !== 'surface')
    if (things.length > 1) question.value = { things, at: mapView.value?.project(at) ?? { x: 0, y: 0 } }
    else choose(first)
  }

  /** Closes what lies topmost, one thing at a time. */
  function closeTopmost(): void {
    if (question.value) question.value = null
    else if (measure.isMeasuring.value) measure.end()
    else if (isOverList.value) isOverList.value = false
    else if (address.list.value !== null) void address.setList(null)
    else if (address.selection.value) void select(null)
  }

  return {
    question,
    isOverList,
    isDrawerOpen,
    select,
    choose,
    show,
    showSurface,
    showArea,
    click,
    closeTopmost,
  }
}
