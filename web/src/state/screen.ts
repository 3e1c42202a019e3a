import { computed, onScopeDispose, readonly, ref } from 'vue'

const width = ref(typeof innerWidth === 'number' ? innerWidth : 1440)
if (typeof addEventListener === 'function') {
  addEventListener('resize', () => {
    width.value = innerWidth
  })
}

export const screenWidth = readonly(width)

/** Under 600 px: one column, bottom bar, big targets. */
export const isPhone = computed(() => width.value < 600)
/** 600 to 959 px: the left panel becomes a sheet. */
export const isNarrow = computed(() => width.value < 960)
/** From 1280 px everything is docked; under that the drawer lies over the map. */
export const isWide = computed(() => width.value >= 1280)

/** The present moment, anew every minute, for what tells how long ago something was. */
export function useNow(everyMilliseconds = 60_000) {
  const now = ref(new Date())
  const timer = setInterval(() => {
    now.value = new Date()
  }, everyMilliseconds)
  onScopeDispose(() => clearInterval(timer))
  return now
}
