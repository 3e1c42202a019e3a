import {
  COORDINATE_SYSTEM_TERMS,
  type HazardEvent,
  SECTOR_TERMS,
  SEVERITY_TERMS,
  STATUS_TERMS,
  type Term,
} from '@contract'

export interface Words {
  language: 'zh' | 'en'
  empty: string
  yes: string
  no: string
}

const TERMS_OF_FIELD: Record<string, Record<string, Term>> = {
  status: STATUS_TERMS,
  severity: SEVERITY_TERMS,
  sector: SECTOR_TERMS,
  coordinateSystem: COORDINATE_SYSTEM_TERMS,
}

/** A value of a hazard as people read it, for the history and for two versions beside each other. */
export function textOfValue(field: string, value: unknown, words: Words): string {
  if (value === null || value === undefined || value === '') return words.empty
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'object') return textOfObject(value, words)
  const term = TERMS_OF_FIELD[field]?.[String(value)]
  return term ? term[words.language] : String(value)
}

function textOfObject(value: object, words: Words): string {
  if ('coordinates' in value && Array.isArray(value.coordinates)) {
    return value.coordinates.map((degrees) => Number(degrees).toFixed(5)).join(', ')
  }
  if ('name' in value) return String(value.name)
  if ('title' in value) return String(value.title)
  return words.empty
}

/** Bookkeeping that says nothing beyond what another field of the same event says. */
const SILENT = new Set([
  'coordinateText',
  'coordinateSystem',
  'originalDueOn',
  'extensionCount',
  'acceptedBy',
])
/** Stored as identifiers, which tell a reader nothing: only that they changed. */
const IDENTIFIERS = new Set(['siteId', 'areaCode'])

export interface ChangeLine {
  field: string
  /** Absent for identifiers: the field changed, its values are not for reading. */
  values?: { from: string; to: string }
}

/** The changes of one event as lines; longitude and latitude make one. */
export function changeLines(changes: HazardEvent['changes'], words: Words): ChangeLine[] {
  const lines: ChangeLine[] = []
  for (const [field, change] of Object.entries(changes)) {
    if (SILENT.has(field) || field === 'lat') continue
    if (field === 'lng') lines.push(positionLine(changes, words))
    else if (IDENTIFIERS.has(field)) lines.push({ field })
    else {
      const from = textOfValue(field, change.from, words)
      const to = textOfValue(field, change.to, words)
      lines.push({ field, values: { from, to } })
    }
  }
  const hasPosition = 'lng' in changes
  if (!hasPosition && 'lat' in changes) lines.push({ field: 'geometry' })
  return lines
}

function positionLine(changes: HazardEvent['changes'], words: Words): ChangeLine {
  const text = (side: 'from' | 'to') => {
    const lng = changes.lng?.[side]
    const lat = changes.lat?.[side]
    if (typeof lng !== 'number' || typeof lat !== 'number') return lng === null ? words.empty : null
    return `${lng.toFixed(5)}, ${lat.toFixed(5)}`
  }
  const from = text('from')
  const to = text('to')
  return from === null || to === null ? { field: 'geometry' } : { field: 'geometry', values: { from, to } }
}
