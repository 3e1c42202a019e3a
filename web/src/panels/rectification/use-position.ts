import distance from '@turf/distance'
import { readonly, ref, shallowRef } from 'vue'

export interface Position {
  lngLat: [number, number]
  accuracyMeters: number
  readAt: Date
}
export type PositionState = 'unasked' | 'asking' | 'known' | 'denied' | 'failed'

const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 30_000, timeout: 15_000 }
const position = shallowRef<Position | null>(null)
const state = ref<PositionState>('unasked')

/** Where the person stands, asked once for all pages; WGS-84, as browsers give it. */
export function usePosition() {
  // who has allowed it before is not made to press a button again
  if (state.value === 'unasked') void askIfAllowed()
  return { position: readonly(position), state: readonly(state), ask, metersTo }
}

async function askIfAllowed(): Promise<void> {
  try {
    const permission = await navigator.permissions.query({ name: 'geolocation' })
    if (permission.state === 'granted') await ask()
  } catch {
    // a browser that does not tell: the button asks
  }
}

async function ask(): Promise<Position | null> {
  if (!('geolocation' in navigator)) {
    state.value = 'failed'
    return null
  }
  state.value = 'asking'
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        position.value = {
          lngLat: [coords.longitude, coords.latitude],
          accuracyMeters: coords.accuracy,
          readAt: new Date(),
        }
        state.value = 'known'
        resolve(position.value)
      },
      (error) => {
        state.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'
        resolve(null)
      },
      OPTIONS,
    )
  })
}

/** How far away a place is, or null where either is not known. */
function metersTo(place: { coordinates: [number, number] } | null): number | null {
  if (!place || !position.value) return null
  return distance(position.value.lngLat, place.coordinates, { units: 'meters' })
}
