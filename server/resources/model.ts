import { PROTECTED_PLACE_KINDS, RESOURCE_KINDS } from '../core/vocabulary.ts'
import type { ProtectedPlace, Resource } from './schema.ts'

/**
 * Who helps and who must be protected are two tables of one shape. The table's name is used as it stands in SQL: it
 * comes from here, never from a request.
 */
export const PLACE_TABLES = {
  resources: {
    kinds: RESOURCE_KINDS,
    change: 'resource',
    /** Field of the answer → column, beyond those that both tables have. */
    own: { phone: 'phone', capacity: 'capacity' },
  },
  protected_places: {
    kinds: PROTECTED_PLACE_KINDS,
    change: 'protectedPlace',
    own: { headcount: 'headcount' },
  },
} as const
export type PlaceTable = keyof typeof PLACE_TABLES

/** A place as the database answers it; its own fields (phone, headcount, …) stand beside the common ones. */
export interface PlaceRow {
  id: string
  name: string
  kind: string
  areaCode: string | null
  areaName: string | null
  address: string | null
  lng: number
  lat: number
  source: string
  isExample: boolean
  version: number
  [own: string]: unknown
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** What the contract calls a resource or a protected place. */
export function asPlace(row: PlaceRow, table: PlaceTable): Resource & ProtectedPlace {
  const own = Object.keys(PLACE_TABLES[table].own).map((field) => [field, row[field]])
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    area: row.areaCode === null ? null : { code: row.areaCode, name: row.areaName ?? row.areaCode },
    address: row.address,
    geometry: { type: 'Point', coordinates: [round(row.lng), round(row.lat)] },
    source: row.source,
    isExample: row.isExample,
    version: row.version,
    ...Object.fromEntries(own),
  } as Resource & ProtectedPlace
}
