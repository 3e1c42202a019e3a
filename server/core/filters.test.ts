import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FilterError, type Filters, readFilters, writeFilters } from './filters.ts'
import { RISK_LEVELS, SECTORS, SEVERITIES, STATUS_FILTERS } from './vocabulary.ts'

const refusal = (query: Record<string, unknown>): FilterError => {
  try {
    readFilters(query)
  } catch (error) {
    if (error instanceof FilterError) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('readFilters', () => {
  it('reads every word into its type, each value once', () => {
    expect(
      readFilters({
        sector: 'fire,chemicals,fire',
        riskLevel: '1,2',
        status: 'open',
        area: '220171001,none',
        q: '  卷帘 ',
        foundFrom: '2025-06-01',
        bbox: '125.3,43.8,125.5,43.9',
        asOf: '2025-03-31',
        limit: '10',
      }),
    ).toEqual({
      sector: ['fire', 'chemicals'],
      riskLevel: [1, 2],
      status: ['open'],
      area: ['220171001', 'none'],
      q: '卷帘',
      foundFrom: '2025-06-01',
      bbox: [125.3, 43.8, 125.5, 43.9],
      asOf: '2025-03-31',
    })
  })

  it('takes an empty value for no filter', () => {
    expect(readFilters({ sector: '', q: '  ' })).toEqual({})
  })

  it('lists the known words when one is unknown', () => {
    const error = refusal({ severity: 'general,huge' })
    expect([error.parameter, error.value, error.known]).toEqual(['severity', 'huge', SEVERITIES])
  })

  it.each([
    [{ bbox: '1,2,3' }],
    [{ bbox: '1,2,3,NaN' }],
    [{ bbox: '126,43,125,44' }],
    [{ bbox: '-200,43,125,44' }],
    [{ bbox: '1,,3,4' }],
    [{ foundFrom: '2025-02-30' }],
    [{ foundFrom: '2025/02/03' }],
    [{ dueFrom: '2025-06-02', dueTo: '2025-06-01' }],
    [{ asOf: 'yesterday' }],
    [{ asOf: '2025-06-01T25:00:00Z' }],
    [{ siteId: 'x' }],
    [{ area: "1'; drop table areas" }],
    [{ q: 'x'.repeat(101) }],
    [{ q: 'a\u0000' }],
    [{ sector: ['fire', 'gas'] }],
  ])('refuses %j', (query) => {
    expect(refusal(query).message.length).toBeGreaterThan(5)
  })

  it('reads back what writeFilters wrote, for any filter', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const words = <T>(list: readonly T[]) => fc.uniqueArray(fc.constantFrom(...list), { minLength: 1 })
    const filters = fc.record(
      {
        sector: words(SECTORS),
        severity: words(SEVERITIES),
        riskLevel: words(RISK_LEVELS),
        status: words(STATUS_FILTERS),
        area: words(['220171001', '220171100', 'none']),
        q: fc
          .string({ minLength: 1, maxLength: 20 })
          .filter((text) => text.trim() === text && !text.includes('\u0000')),
        foundFrom: day,
        asOf: day,
        bbox: fc.constant<[number, number, number, number]>([125.31, 43.8, 125.5, 43.91]),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(filters, (value) => {
        expect(readFilters(writeFilters(value as Filters))).toEqual(value)
      }),
    )
  })
})
