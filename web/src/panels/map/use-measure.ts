import distance from '@turf/distance'
import { computed, ref, shallowRef } from 'vue'
import type { Mark } from '../../map/layer.ts'

/** Distance along clicked points, over the ground. */
export function useMeasure() {
  const isMeasuring = ref(false)
  const points = shallowRef<[number, number][]>([])
  const meters = computed(() =>
    points.value.reduce((sum, point, index) => {
      const before = points.value[index - 1]
      return before ? sum + distance(before, point, { units: 'meters' }) : 0
    }, 0),
  )
  const marks = computed<Mark[]>(() =>
    points.value.map((lngLat) => ({ role: 'measured', lngLat, radius: 4 })),
  )
  function end(): void {
    isMeasuring.value = false
    points.value = []
  }
  return {
    isMeasuring,
    points,
    meters,
    marks,
    end,
    toggle: () => {
      if (isMeasuring.value) end()
      else isMeasuring.value = true
    },
    add: (lngLat: [number, number]) => {
      points.value = [...points.value, lngLat]
    },
  }
}
