import type { Scope } from '../access/model.ts'
import type { Sector } from '../core/vocabulary.ts'
import type { LiveChange } from './schema.ts'

/** A change as it was recorded; see db/changes.ts. */
export interface LoggedChange {
  sequence: number
  kind: string
  id: string | null
  areaCodes: string[]
  sectors: string[]
}

/** Streets, outlines, clauses and settings are everybody's; an event tells no more than that they changed. */
const KINDS_FOR_ALL = ['area', 'base', 'setting', 'clause']
/** Such things belong to no sector, so an inspector of any sees them. */
const KINDS_WITHOUT_SECTOR = ['resource', 'protectedPlace', ...KINDS_FOR_ALL]

/** What a scope may hear of a change, or null if nothing. */
export function visibleChange(scope: Scope, change: LoggedChange): LiveChange | null {
  const { areas, sectors } = scope
  const seenAreas =
    areas === 'all' ? change.areaCodes : change.areaCodes.filter((code) => areas.includes(code))
  if (areas !== 'all' && seenAreas.length === 0 && !KINDS_FOR_ALL.includes(change.kind)) return null
  if (sectors !== 'all' && !KINDS_WITHOUT_SECTOR.includes(change.kind)) {
    if (!change.sectors.some((sector) => sectors.includes(sector as Sector))) return null
  }
  return { kind: change.kind, id: change.id, area: seenAreas[0] ?? null, sequence: change.sequence }
}

/** One event of the stream (HTML, 9.2.5). `id` is what a client names when it comes back. */
export function formatEvent(name: string, data: object, id?: number): string {
  const mark = id === undefined ? '' : `id: ${id}\n`
  return `${mark}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

export const KEEP_ALIVE = ': keep-alive\n\n'

/** The number after which a client wants to hear, from its header or address; null if it names none or nonsense. */
export function readLastEventId(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}
