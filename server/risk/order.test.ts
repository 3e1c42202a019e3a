import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeWorkCalendar } from '../core/working-days.ts'
import { orderSites, type RankFacts, rankSites } from './order.ts'
import { DEFAULT_PRESSURE_WEIGHTS } from './pressure.ts'
import { RISK_LIST_SORTS } from './schema.ts'

const TODAY = '2025-06-18'
const PLAIN: RankFacts = {
  id: '0',
  name: '场所',
  level: 2,
  share: null,
  general: 0,
  suspectedMajor: 0,
  major: 0,
  overdue: [],
  exposedPeople: null,
  lastDrillOn: null,
}
const rank = (facts: Partial<RankFacts>[]) =>
  rankSites(
    facts.map((fact, index) => ({ ...PLAIN, id: String(index), ...fact })),
    DEFAULT_PRESSURE_WEIGHTS,
    TODAY,
    makeWorkCalendar({}),
  )

describe('the order of the risk list', () => {
  it('goes by level first, however great the pressure', () => {
    const ranked = rank([
      { name: '三级但很多重大', level: 3, major: 9 },
      { name: '未评估', level: null, major: 9 },
      { name: '一级无隐患', level: 1 },
    ])
    expect(ranked.map(({ name, rank }) => `${rank} ${name}`)).toEqual([
      '1 一级无隐患',
      '2 三级但很多重大',
      '3 未评估',
    ])
  })

  it('within a level goes by pressure, then by the share of the least major score, then by name', () => {
    const ranked = rank([
      { name: '乙' },
      { name: '甲', share: 0.5 },
      { name: '丙', share: 0.9 },
      { name: '丁', general: 3, overdue: [['general', '2025-06-10']] },
      { name: '丁二', general: 3 },
      { name: 'A' },
    ])
    expect(ranked.map(({ name }) => name)).toEqual(['丁', '丁二', '丙', '甲', 'A', '乙'])
    expect(ranked[0]?.maxOverdueWorkingDays).toBe(6)
  })

  it('orders names by code point, as the database does', () => {
    // 𠮷 lies beyond U+FFFF: as UTF-16 it would come before ｗ
    expect(rank([{ name: '𠮷' }, { name: 'ｗ' }]).map(({ name }) => name)).toEqual(['ｗ', '𠮷'])
    const text = fc.string({ unit: 'binary', maxLength: 6 })
    const points = (name: string) => [...name].map((character) => character.codePointAt(0) ?? 0)
    fc.assert(
      fc.property(text, text, (a, b) => {
        fc.pre(a !== b)
        const at = points(a).findIndex((point, index) => point !== points(b)[index])
        const isFirst = at === -1 || (points(a)[at] ?? 0) < (points(b)[at] ?? -1)
        expect(rank([{ name: a }, { name: b }])[0]?.name).toBe(isFirst ? a : b)
      }),
    )
  })

  it('page after page gives every site once, whatever the order and the page size', () => {
    const facts = fc.array(
      fc.record({
        name: fc.constantFrom('甲', '乙', '𠮷'),
        level: fc.constantFrom(1, 2, null),
        share: fc.constantFrom(null, 0.5, 1.6875),
        general: fc.nat(2),
        exposedPeople: fc.constantFrom(null, 0, 60),
      }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(
        facts as fc.Arbitrary<Partial<RankFacts>[]>,
        fc.constantFrom(...RISK_LIST_SORTS),
        fc.integer({ min: 1, max: 7 }),
        (some, sort, size) => {
          const { sites, keysOf, isAfter } = orderSites(rank(some), sort)
          const seen: string[] = []
          let left = sites
          while (left.length > 0) {
            const page = left.slice(0, size)
            seen.push(...page.map(({ id }) => id))
            const last = page.at(-1)
            // as it comes back from the client
            const cursor = JSON.parse(JSON.stringify(last ? keysOf(last) : []))
            left = sites.filter((site) => isAfter(site, cursor))
          }
          expect(seen).toEqual(sites.map(({ id }) => id))
        },
      ),
    )
  })
})
