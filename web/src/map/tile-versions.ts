import { TILE_LAYERS, type TileLayer } from '@contract'
import { type Ref, shallowRef } from 'vue'
import { type LiveKind, liveSequence, onChange } from '../state/live.ts'

/** Which changes make which tiles stale; the server tags its tiles by the same. */
const STALE: Record<LiveKind, readonly TileLayer[]> = {
  hazard: ['hazards', 'sites', 'drills'],
  site: ['sites', 'hazards', 'drills'],
  risk: ['sites', 'hazards', 'drills'],
  drill: ['drills'],
  resource: ['resources'],
  protectedPlace: ['protected-places'],
  area: ['areas', 'base', 'hazards', 'sites', 'drills', 'resources', 'protected-places'],
  base: ['base', 'resources', 'protected-places'],
  import: ['hazards', 'sites', 'drills'],
  clause: [],
  setting: [],
}
/** An import raises many changes in a moment; the map reads once. */
const TOGETHER_MILLISECONDS = 250

/** A number for each tile layer that rises when somebody changed what it shows. */
export function useTileVersions(): Ref<Readonly<Record<TileLayer, number>>> {
  const start = Object.fromEntries(TILE_LAYERS.map((layer) => [layer, liveSequence.value]))
  const versions = shallowRef(start as Record<TileLayer, number>)
  const stale = new Set<TileLayer>()
  let isWaiting = false
  let reconnections = 0

  function raise(): void {
    isWaiting = false
    // after a break the sequence is not known: any new number will do
    const next = liveSequence.value + reconnections / 1000
    versions.value = { ...versions.value, ...Object.fromEntries([...stale].map((layer) => [layer, next])) }
    stale.clear()
  }

  onChange('*', (change) => {
    if (change === null) reconnections += 1
    const layers = change === null ? TILE_LAYERS : (STALE[change.kind as LiveKind] ?? TILE_LAYERS)
    for (const layer of layers) stale.add(layer)
    if (isWaiting) return
    isWaiting = true
    setTimeout(raise, TOGETHER_MILLISECONDS)
  })
  return versions
}
