import type { Hazard } from '@contract'
import { computed, type Ref, shallowRef } from 'vue'
import type { Mark } from '../../map/layer.ts'
import type { Picked } from '../../map/picked.ts'
import { anchorOf, type Selection } from '../../map/view.ts'
import { zoneFeatures } from '../drills/zones.ts'
import { markOfHazard, type Opened } from './use-opened.ts'

/** What is marked over the map: selected, pointed at, measured, just changed; and the zones of an opened drill. */
export function useMapMarks(sources: {
  selection: Ref<Selection | null>
  opened: Ref<Opened | null>
  flashes: Ref<Mark[]>
  measured: Ref<Mark[]>
}) {
  const hovered = shallowRef<{ picked: Picked; at: { x: number; y: number } } | null>(null)
  /** A row under the mouse, or a line of the list of touching symbols. */
  const pointed = shallowRef<Mark | null>(null)
  /** A symbol just clicked is marked at once, before its details have come. */
  const clicked = shallowRef<{ id: string; mark: Omit<Mark, 'role'> } | null>(null)

  const selected = computed<Mark | null>(() => {
    const wanted = sources.selection.value
    if (!wanted) return null
    const known = sources.opened.value
    if (known?.item.id !== wanted.id) {
      return clicked.value?.id === wanted.id ? { role: 'selected', ...clicked.value.mark } : null
    }
    const { lngLat, radius, image } = known
    return lngLat ? { role: 'selected', lngLat, radius, image } : null
  })

  const marks = computed<Mark[]>(() => {
    const list = [...sources.flashes.value, ...sources.measured.value]
    if (selected.value) list.push(selected.value)
    if (pointed.value) list.push(pointed.value)
    else if (hovered.value && hovered.value.picked.kind !== 'surface') {
      const { lngLat, radius } = hovered.value.picked
      list.push({ role: 'hovered', lngLat, radius })
    }
    return list
  })

  const zones = computed(() => {
    const known = sources.opened.value
    return known?.kind === 'drill'
      ? zoneFeatures(known.item.geometry, known.item.zones)
      : zoneFeatures(null, [])
  })

  function point(hazard: Hazard | null): void {
    const at = hazard?.geometry ? anchorOf(hazard.geometry) : null
    pointed.value = hazard && at ? { role: 'listed', ...markOfHazard(hazard, at) } : null
  }

  return { hovered, pointed, clicked, marks, zones, point }
}
