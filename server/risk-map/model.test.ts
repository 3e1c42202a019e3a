import { describe, expect, it } from 'vitest'
import { FilterError } from '../core/filters.ts'
import {
  AREA_RULE_TERMS,
  addCounts,
  explainArea,
  hexagonAreaSquareKilometers,
  levelOfArea,
  noCounts,
  readAreaRule,
  readHexagonId,
  readHexagonMeasure,
  readHexagonSize,
  weightOf,
  writeHexagonId,
} from './model.ts'
import { AREA_RULES, type LevelCounts } from './schema.ts'

/** Sites by level 1, 2, 3, 4 and without one. */
const counts = (...[major, considerable, moderate, low, none = 0]: number[]): LevelCounts => ({
  1: major ?? 0,
  2: considerable ?? 0,
  3: moderate ?? 0,
  4: low ?? 0,
  none,
})
const facts = (levels: LevelCounts, areaSquareKilometers: number | null = 1) => ({
  levels,
  areaSquareKilometers,
})

describe('the rule 取最高级', () => {
  it.each([
    [counts(1, 0, 0, 99), 1],
    [counts(0, 1, 5, 5), 2],
    [counts(0, 0, 1, 0), 3],
    [counts(0, 0, 0, 1), 4],
    [counts(0, 0, 0, 0, 7), null],
    [counts(0, 0, 0, 0), null],
  ])('%j is %s', (levels, level) => {
    expect(levelOfArea('highest', facts(levels))).toBe(level)
  })

  it('says how many sites made the level', () => {
    expect(explainArea('highest', facts(counts(3, 1, 0, 0, 2))).zh).toBe(
      '有 3 处重大风险场所，取最高级；另有 2 处未定级，未计入',
    )
    expect(explainArea('highest', facts(counts(0, 0, 0, 1))).en).toBe(
      '1 site of low risk, the highest level counts',
    )
  })
})

describe('the rule 重大与较大占比', () => {
  // 30, 15 and 5 per cent of a hundred assessed sites, each bound and one site below it
  it.each([
    [counts(0, 30, 70, 0), 1],
    [counts(0, 29, 71, 0), 2],
    [counts(15, 0, 85, 0), 2],
    [counts(14, 0, 86, 0), 3],
    [counts(1, 4, 95, 0), 3],
    [counts(0, 4, 96, 0), 4],
    [counts(0, 0, 0, 3), 4],
    [counts(0, 0, 0, 0, 5), null],
  ])('%j is %s', (levels, level) => {
    expect(levelOfArea('share', facts(levels))).toBe(level)
  })

  it('does not count sites that nobody assessed', () => {
    expect(levelOfArea('share', facts(counts(0, 3, 7, 0, 90)))).toBe(1)
  })

  it('cuts the figure off, so that it never seems to reach a bound', () => {
    // 2999 of 10000 is 29.99 %
    expect(explainArea('share', facts(counts(2999, 0, 7001, 0))).zh).toBe(
      '重大与较大 2999／10000 处，占 29.9 %，达到较大的 15 %',
    )
    expect(explainArea('share', facts(counts(1, 0, 39, 0))).zh).toBe(
      '重大与较大 1／40 处，占 2.5 %，不到 5 %，为低',
    )
  })
})

describe('the rule 加权密度', () => {
  it('weighs 8, 4, 2 and 1', () => {
    expect(weightOf(counts(1, 1, 1, 1, 9))).toBe(15)
  })

  // 20, 10 and 5 for each square kilometre
  it.each([
    [counts(2, 1, 0, 0), 1, 1],
    [counts(2, 0, 1, 1), 1, 2],
    [counts(0, 2, 1, 0), 1, 2],
    [counts(0, 2, 0, 1), 1, 3],
    [counts(0, 0, 0, 5), 1, 3],
    [counts(0, 0, 0, 4), 1, 4],
    [counts(2, 1, 0, 0), 2, 2],
    [counts(2, 1, 0, 0), null, null],
    [counts(0, 0, 0, 0, 3), 1, null],
  ])('%j on %s km² is %s', (levels, area, level) => {
    expect(levelOfArea('weighted', facts(levels, area))).toBe(level)
  })

  it('shows the whole sum', () => {
    expect(explainArea('weighted', facts(counts(2, 1, 0, 3), 2.5)).zh).toBe(
      '权重 2×8＋1×4＋3×1＝23，面积 2.50 km²，每平方公里 9.2，达到一般的 5',
    )
    expect(explainArea('weighted', facts(counts(1, 0, 0, 0), null)).zh).toBe('没有面积，不能按密度定级')
  })
})

describe('every rule', () => {
  it.each(AREA_RULES)('%s tells how it works in both languages, and that nobody has confirmed it', (rule) => {
    const { title, how, confirmed } = AREA_RULE_TERMS[rule]
    expect([title.zh, title.en, how.zh, how.en].every((text) => text.length > 3)).toBe(true)
    expect(confirmed).toBe(false)
  })

  it.each(AREA_RULES)('%s leaves an area without assessed sites uncoloured, and says why', (rule) => {
    expect(explainArea(rule, facts(counts(0, 0, 0, 0))).zh).toBe('没有符合条件的场所，不着色')
    expect(explainArea(rule, facts(counts(0, 0, 0, 0, 4))).zh).toBe('4 处场所都未定级，不着色')
  })
})

describe('a hexagon', () => {
  it('has the surface of 3√3/2 a²', () => {
    expect(hexagonAreaSquareKilometers(1000)).toBeCloseTo(2.598076, 6)
    expect(hexagonAreaSquareKilometers(250)).toBeCloseTo(0.16238, 5)
  })

  it('is named by size and place in the grid', () => {
    const key = { size: 500, i: 601, j: -5609 } as const
    expect(readHexagonId(writeHexagonId(key))).toEqual(key)
    for (const id of ['', '500_1', '300_1_2', '500_1_2_3', '500_a_2', '500_1.5_2']) {
      expect([id, readHexagonId(id)]).toEqual([id, null])
    }
  })
})

describe('the words of a question', () => {
  it('are those known, once each', () => {
    expect([readAreaRule({}), readHexagonSize({}), readHexagonMeasure({})]).toEqual(['highest', 500, 'risk'])
    expect(readHexagonSize({ size: '1000' })).toBe(1000)
    expect(() => readAreaRule({ rule: 'average' })).toThrow(
      'rule「average」不在词表内，可用：highest、share、weighted',
    )
    expect(() => readHexagonSize({ size: '300' })).toThrow('size「300」不在词表内，可用：250、500、1000')
    expect(() => readHexagonMeasure({ measure: 'risk,sites' })).toThrow('measure「risk,sites」只能写一个')
    expect(() => readHexagonMeasure({ measure: 'heat' })).toThrow(FilterError)
  })
})

it('counts are added figure by figure', () => {
  const one = { ...noCounts(), sites: 2, levels: counts(1, 0, 0, 1), hazards: 3 }
  const sum = addCounts(one, addCounts(one, noCounts()))
  expect([sum.sites, sum.levels[1], sum.levels[4], sum.levels[2], sum.hazards]).toEqual([4, 2, 2, 0, 6])
})
