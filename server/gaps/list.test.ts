import { describe, expect, it } from 'vitest'
import { FilterError } from '../core/filters.ts'
import type { GapKind, Sector } from '../core/vocabulary.ts'
import {
  countKinds,
  pageOfGaps,
  readGapDimensions,
  readKinds,
  summarizeGaps,
  unitsOfAreas,
  withKinds,
} from './list.ts'
import type { SiteGaps } from './model.ts'
import { compareGaps } from './preview.ts'

let count = 0
const gap = (
  areaCode: string | null,
  sector: Sector,
  kinds: GapKind[],
  change: Partial<SiteGaps['site']> = {},
): SiteGaps => {
  count += 1
  return {
    site: {
      id: `id-${String(count).padStart(3, '0')}`,
      name: `场所${count}`,
      sector,
      kind: null,
      areaCode,
      riskLevel: 2,
      hasPosition: true,
      hasResponsible: true,
      ...change,
    },
    gaps: [],
    kinds,
    lastCheck: null,
    lastDrill: null,
  }
}
const SITES = [
  gap('001', 'fire', ['no_person', 'no_check']),
  gap('001-01', 'fire', ['no_check']),
  gap('002', 'gas', ['no_check', 'no_position'], { riskLevel: 1 }),
  gap(null, 'gas', ['no_position'], { riskLevel: null }),
  gap('002', 'gas', []),
]
const UNITS = unitsOfAreas([
  { code: 'zone', name: '开发区', kind: 'zone', parentCode: null },
  { code: '001', name: '东', kind: 'subdistrict', parentCode: 'zone' },
  { code: '002', name: '西', kind: 'town', parentCode: 'zone' },
  { code: '001-01', name: '东一格', kind: 'grid', parentCode: '001' },
])

describe('the counts', () => {
  it('count a site once for each kind, and once in all', () => {
    expect(countKinds(SITES)).toEqual({
      no_person: 1,
      no_check: 3,
      no_drill: 0,
      no_position: 2,
      no_arithmetic: 0,
    })
    expect(withKinds(SITES, ['no_person', 'no_check'])).toHaveLength(3)
  })

  it('put a grid under its street, and what is outside last', () => {
    expect(summarizeGaps(SITES, ['area'], readKinds({}), UNITS)).toEqual([
      { area: '001', areaName: '东', count: 2 },
      { area: '002', areaName: '西', count: 1 },
      { area: null, areaName: null, count: 1 },
    ])
  })

  it('go by several dimensions, in the order in which people read them', () => {
    expect(summarizeGaps(SITES, ['kind', 'sector'], ['no_position', 'no_check'], UNITS)).toEqual([
      { sector: 'fire', kind: 'no_check', count: 2 },
      { sector: 'gas', kind: 'no_check', count: 1 },
      { sector: 'gas', kind: 'no_position', count: 2 },
    ])
    expect(summarizeGaps(SITES, [], readKinds({}), UNITS)).toEqual([{ count: 4 }])
  })

  it('leave a grid alone whose street the asker may not see', () => {
    const own = unitsOfAreas([{ code: '001-01', name: '东一格', kind: 'grid', parentCode: '001' }])
    expect(own.get('001-01')).toEqual({ code: '001-01', name: '东一格' })
  })

  it('refuse unknown words with the known ones', () => {
    expect(() => readKinds({ kind: 'no_money' })).toThrow(FilterError)
    expect(() => readKinds({ kind: 'no_money' })).toThrow(
      'kind「no_money」不在词表内，可用：no_person、no_check、no_drill、no_position、no_arithmetic',
    )
    expect(() => readGapDimensions('colour')).toThrow('可用：area、sector、riskLevel、kind')
  })
})

describe('the pages', () => {
  const names = (sort: Parameters<typeof pageOfGaps>[1]['sort']) =>
    pageOfGaps(SITES, { limit: 10, sort }).rows.map(({ site }) => site.name)

  it('come in the order asked for, the highest level and the most kinds first where that is equal', () => {
    expect(names('riskLevel')).toEqual(['场所3', '场所1', '场所2', '场所5', '场所4'])
    expect(names('-riskLevel')).toEqual(['场所4', '场所1', '场所2', '场所5', '场所3'])
    expect(names('-name')).toEqual(['场所5', '场所4', '场所3', '场所2', '场所1'])
    expect(names('kinds')).toEqual(['场所3', '场所1', '场所2', '场所4', '场所5'])
  })

  it.each(['riskLevel', '-riskLevel', 'kinds', 'lastCheck', '-lastCheck', 'name'] as const)(
    'by %s lose and repeat nothing',
    (sort) => {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = pageOfGaps(SITES, { limit: 2, cursor, sort })
        seen.push(...page.rows.map(({ site }) => site.id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(seen).toEqual(pageOfGaps(SITES, { limit: 10, sort }).rows.map(({ site }) => site.id))
      expect(seen).toHaveLength(5)
    },
  )

  it('refuse a cursor of another order', () => {
    const { nextCursor } = pageOfGaps(SITES, { limit: 1, sort: 'name' })
    expect(() => pageOfGaps(SITES, { limit: 1, sort: 'kinds', cursor: nextCursor ?? '' })).toThrow()
    expect(() => pageOfGaps(SITES, { limit: 1, sort: 'name', cursor: 'x' })).toThrow('翻页位置无效')
  })
})

it('a change of rules is told in sites that get a gap and that lose it', () => {
  const after = SITES.map((site, index) => ({
    ...site,
    kinds:
      index === 0 ? (['no_person'] as GapKind[]) : index === 4 ? (['no_check'] as GapKind[]) : site.kinds,
  }))
  expect(compareGaps(SITES, after)[1]).toEqual({
    kind: 'no_check',
    before: 3,
    after: 3,
    appearing: 1,
    vanishing: 1,
  })
})
