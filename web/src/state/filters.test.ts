import { type Filters, writeFilters } from '@contract'
import { describe, expect, it } from 'vitest'
import { countOfWords, filtersOfQuery, queryWithFilters, withWords } from './filters.ts'

const FILTERS: Filters = {
  sector: ['chemicals', 'fire'],
  severity: ['major'],
  riskLevel: [1, 2],
  status: ['open', 'overdue'],
  area: ['220171001', 'none'],
  siteId: ['0190b2c4-0000-7000-8000-000000000001'],
  clauseId: ['fire-2'],
  q: '液氨, 储罐',
  foundFrom: '2025-01-01',
  foundTo: '2025-06-18',
  dueFrom: '2025-02-01',
  dueTo: '2025-07-01',
  bbox: [125.2, 43.7, 125.6, 44],
  asOf: '2025-06-18',
}

describe('the filter in the address', () => {
  it('comes back as it was written', () => {
    expect(filtersOfQuery({ ...writeFilters(FILTERS) })).toEqual({ filters: FILTERS, faults: [] })
  })

  it('leaves the other words of the address alone', () => {
    const query = queryWithFilters({ at: '13/43.86/125.4', sector: 'gas', hazard: 'x' }, { status: ['open'] })
    expect(query).toEqual({ at: '13/43.86/125.4', hazard: 'x', status: 'open' })
  })

  it('keeps what can be read and tells what cannot', () => {
    const { filters, faults } = filtersOfQuery({ sector: 'fire', severity: 'huge', foundFrom: '2025-02-30' })
    expect(filters).toEqual({ sector: ['fire'] })
    expect(faults.map(({ name, value }) => [name, value])).toEqual([
      ['severity', 'huge'],
      ['foundFrom', '2025-02-30'],
    ])
  })

  it('drops the second half of a pair in the wrong order', () => {
    const { filters, faults } = filtersOfQuery({ foundFrom: '2025-06-18', foundTo: '2025-06-01' })
    expect(filters).toEqual({ foundFrom: '2025-06-18' })
    expect(faults.map((fault) => fault.name)).toEqual(['foundTo'])
  })
})

describe('withWords', () => {
  it('sets words, and takes out those that are empty', () => {
    expect(withWords({ sector: ['fire'], q: 'a' }, { sector: [], q: undefined, status: ['open'] })).toEqual({
      status: ['open'],
    })
  })
})

describe('countOfWords', () => {
  it('counts what narrows, not the day nor the box', () => {
    expect(countOfWords(FILTERS)).toBe(12)
  })
})
