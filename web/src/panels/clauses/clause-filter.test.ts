import { describe, expect, it } from 'vitest'
import {
  askFor,
  type ClauseFilter,
  countChosen,
  NO_FILTER,
  readClauseFilter,
  writeClauseFilter,
} from './clause-filter.ts'

const FILTER: ClauseFilter = {
  q: '粉尘',
  sector: ['industry', 'fire'],
  placeType: ['粉尘涉爆'],
  documentId: ['MEM-10-2023'],
  on: '2024-06-01',
  isConfirmedOnly: true,
  isMajorOnly: true,
  hidesSuperseded: true,
}

describe('the filter of the library in the address', () => {
  it('comes back as it went', () => {
    const words = Object.fromEntries(
      Object.entries(writeClauseFilter(FILTER)).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    )
    expect(readClauseFilter(words)).toEqual({ ...FILTER, sector: ['fire', 'industry'] })
    expect(readClauseFilter({})).toEqual(NO_FILTER)
  })

  it('is asked for in the words of the API, what is not chosen left out', () => {
    expect(askFor({ ...NO_FILTER, q: '粉尘', hidesSuperseded: true })).toEqual({
      q: '粉尘',
      includeSuperseded: 'false',
    })
  })

  it('counts what is chosen', () => {
    expect(countChosen(NO_FILTER)).toBe(0)
    expect(countChosen(FILTER)).toBe(8)
  })

  it('passes over a sector that there is not', () => {
    expect(readClauseFilter({ sector: 'moon,gas' }).sector).toEqual(['gas'])
  })
})
