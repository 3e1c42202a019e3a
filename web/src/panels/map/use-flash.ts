import { type Ref, shallowRef } from 'vue'
import type { Mark } from '../../map/layer.ts'
import type { MapView } from '../../map/map-view.ts'
import { onChange } from '../../state/live.ts'

const FLASH_MILLISECONDS = 600
/** The new tile has to come first; what has not come by then is not in view, or in a cell. */
const PATIENCE_MILLISECONDS = 3_000
/** Tiles are asked for again a moment after the change; until then the old symbol stands there. */
const TILE_MILLISECONDS = 300

/** What another person changed lights up once where it stands on the map. */
export function useFlash(mapView: Ref<MapView | null>) {
  const marks = shallowRef<Mark[]>([])
  const waiting = new Map<string, number>()

  onChange('hazard', (change) => {
    if (change?.id) waiting.set(change.id, Date.now())
  })

  /** Called when the map has drawn all that it asked for. */
  function settled(): void {
    for (const [id, since] of waiting) {
      const age = Date.now() - since
      if (age < TILE_MILLISECONDS) continue
      const drawn = mapView.value?.findDrawn(id)
      if (drawn || age > PATIENCE_MILLISECONDS) waiting.delete(id)
      if (drawn && drawn.kind !== 'cell')
        light({ role: 'changed', lngLat: drawn.lngLat, radius: drawn.radius, image: drawn.image })
    }
  }

  function light(mark: Mark): void {
    marks.value = [...marks.value, mark]
    setTimeout(() => {
      marks.value = marks.value.filter((one) => one !== mark)
    }, FLASH_MILLISECONDS)
  }

  return { marks, settled }
}
