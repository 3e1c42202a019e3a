import { SECTORS, type Sector } from '@contract'
import type { LocationQuery } from 'vue-router'
import type { QueryValue } from '../../api/client.ts'
import type { AddressPatch } from '../../state/address.ts'

/** What the library is asked for, as it stands in the address: the words of the API. */
export interface ClauseFilter {
  q: string
  sector: Sector[]
  placeType: string[]
  documentId: string[]
  /** Only what a hazard found on that day may cite; empty for all. */
  on: string
  isConfirmedOnly: boolean
  isMajorOnly: boolean
  hidesSuperseded: boolean
}

export const NO_FILTER: ClauseFilter = {
  q: '',
  sector: [],
  placeType: [],
  documentId: [],
  on: '',
  isConfirmedOnly: false,
  isMajorOnly: false,
  hidesSuperseded: false,
}

const textOf = (value: LocationQuery[string] | undefined): string =>
  typeof value === 'string' ? value.trim() : ''
const listOf = (value: LocationQuery[string] | undefined): string[] => {
  const text = textOf(value)
  return text === '' ? [] : text.split(',')
}

/** Words that the address has and the library does not know are left out; the server tells of the others. */
export function readClauseFilter(query: LocationQuery): ClauseFilter {
  return {
    q: textOf(query.q),
    sector: SECTORS.filter((sector) => listOf(query.sector).includes(sector)),
    placeType: listOf(query.placeType),
    documentId: listOf(query.documentId),
    on: textOf(query.on),
    isConfirmedOnly: query.confirmed === 'true',
    isMajorOnly: query.mayMakeMajor === 'true',
    hidesSuperseded: query.includeSuperseded === 'false',
  }
}

export function writeClauseFilter(filter: ClauseFilter): AddressPatch {
  return {
    q: filter.q || undefined,
    sector: filter.sector.join(',') || undefined,
    placeType: filter.placeType.join(',') || undefined,
    documentId: filter.documentId.join(',') || undefined,
    on: filter.on || undefined,
    confirmed: filter.isConfirmedOnly ? 'true' : undefined,
    mayMakeMajor: filter.isMajorOnly ? 'true' : undefined,
    includeSuperseded: filter.hidesSuperseded ? 'false' : undefined,
  }
}

export const askFor = (filter: ClauseFilter): Record<string, QueryValue> => ({ ...writeClauseFilter(filter) })

/** How many of the groups are narrowed, for the button that hides them on a phone. */
export const countChosen = (filter: ClauseFilter): number =>
  Object.values(writeClauseFilter(filter)).filter((word) => word !== undefined).length
