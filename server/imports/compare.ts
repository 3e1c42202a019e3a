import { distanceMeters } from '../core/lnglat.ts'
import type { Changes, Draft } from './model.ts'

/** Positions nearer than this are the same place written with other decimals. */
const SAME_PLACE_METERS = 1

/**
 * What a row would change in the thing that it means. An empty cell never empties a field, and a cell that says what
 * the import before read is no change, even where someone corrected the field in the system since.
 */
export function compareFields(
  known: object,
  record: object,
  last: Record<string, unknown> | undefined,
  fields: readonly string[],
): Changes {
  const from = known as Record<string, unknown>
  const to = record as Record<string, unknown>
  const changes: Changes = {}
  for (const field of fields) {
    const value = to[field]
    if (value === null || value === undefined || isSame(value, from[field])) continue
    if (last && isSame(value, last[field])) continue
    changes[field] = { from: from[field] ?? null, to: value }
  }
  return changes
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && a !== null) return canonical(a) === canonical(b)
  return a === b
}

/** The same for equal objects whatever the order of their keys, which jsonb does not keep. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

interface KnownPlace {
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: string | null
}

/** Whether the row puts a thing elsewhere than it stands and than the import before put it. */
export function isMoved<R>(
  known: KnownPlace,
  draft: Draft<R>,
  last: Record<string, unknown> | undefined,
): boolean {
  const { point } = draft.placed
  if (point === null || draft.place === null) return false
  const { text, system } = draft.place
  if (last && last.coordinateText === text && last.coordinateSystem === system) return false
  if (known.lng === null || known.lat === null) return true
  return distanceMeters([known.lng, known.lat], point) > SAME_PLACE_METERS
}
