import { describe, expect, it } from 'vitest'
import methods from '../../../data/risk-methods/risk-methods.json' with { type: 'json' }
import type { AssessReply, AssessRequest } from '../assess-schema.ts'
import { arithmeticToKeep, assess, inputsToKeep } from './assess.ts'
import { LEC } from './lec.ts'
import { LS, LS_SETS } from './ls.ts'
import { DEFAULT_METHOD_SETTINGS, type MethodSettings } from './settings.ts'

const context = { settings: DEFAULT_METHOD_SETTINGS, on: '2025-06-18', clause: null }
const withSettings = (change: Partial<MethodSettings>) => ({
  ...context,
  settings: { ...DEFAULT_METHOD_SETTINGS, ...change },
})

describe('LEC', () => {
  it('tells values in words, the product and its band: 6·6·15 = 540', () => {
    const reply: AssessReply = assess({ method: 'lec', l: 6, e: 6, c: 15 }, context)
    expect(reply).toEqual({
      method: 'lec',
      score: 540,
      level: 1,
      levelConfirmed: true,
      grade: null,
      formula: 'D=6×6×15=540',
      steps: [
        'L=6「相当可能」，E=6「每天工作时间内暴露」，C=15「1～2 人死亡」。',
        'D=L×E×C：D=6×6×15=540。',
        'D=540，不小于 320，为 1 级重大：极其危险，不能继续作业。',
      ],
      confirmed: true,
      unconfirmed: [],
      thresholdSet: {
        id: 'lec-ends-higher',
        name: '320/160/70，端点归上一级',
        levelsFrom: [320, 160, 70],
        confirmed: true,
        endsGoTo: 'higher',
      },
      clause: null,
      units: [],
    })
  })

  it('puts 10·1·7 = 70, the one product on the end of a band, where the setting says, and says so', () => {
    const request: AssessRequest = { method: 'lec', l: 10, e: 1, c: 7 }
    const higher = assess(request, context)
    expect([higher.level, ...higher.steps.slice(2)]).toEqual([
      3,
      'D=70，不小于 70、小于 160，为 3 级一般：显著危险，需要整改。',
      '70 正在两档之间，端点归属各地不一；按本系统设置归上一级。',
    ])
    const lower = assess(request, withSettings({ lecEndsGoTo: 'lower' }))
    expect([lower.level, ...lower.steps.slice(2)]).toEqual([
      4,
      'D=70，不大于 70，为 4 级低：一般危险，需要注意。',
      '70 正在两档之间，端点归属各地不一；按本系统设置归下一级。',
    ])
    const products = LEC.L.flatMap(({ value: l }) =>
      LEC.E.flatMap(({ value: e }) => LEC.C.map(({ value: c }) => Math.round(l * e * c * 1e6) / 1e6)),
    )
    expect([...new Set(products)].filter((product) => [320, 160, 70].includes(product))).toEqual([70])
  })

  it('mentions that tables differ on C = 40', () => {
    expect(assess({ method: 'lec', l: 1, e: 1, c: 40 }, context).steps[0]).toContain(
      '有的表写「2～9 人死亡」',
    )
  })
})

describe('LS', () => {
  it('keeps the set with the result: 4·4 = 16 is 2 by A and by B, 2·4 = 8 is 4 by A and 3 by B', () => {
    const byA = assess({ method: 'ls', l: 2, s: 4 }, context)
    expect(byA).toMatchObject({
      score: 8,
      level: 4,
      formula: 'R=2×4=8',
      confirmed: true,
      thresholdSet: { id: 'A', name: 'A（20/15/9）', levelsFrom: [20, 15, 9], confirmed: true },
      steps: [
        'L=2「较不可能」，S=4「1 人死亡」（说明文字为自拟概括，待核）。',
        'R=L×S：R=2×4=8。',
        '按阈值方案「A（20/15/9）」，R=8，小于 9，为 4 级低。',
      ],
    })
    const byB = assess({ method: 'ls', l: 2, s: 4, thresholdSet: 'B' }, context)
    expect(byB).toMatchObject({
      level: 3,
      levelConfirmed: false,
      confirmed: false,
      unconfirmed: ['阈值方案「B（17/13/8）」待核'],
      thresholdSet: { id: 'B', levelsFrom: [17, 13, 8], confirmed: false },
    })
    expect(byB.steps[2]).toBe('按阈值方案「B（17/13/8）」（待核），R=8，不小于 8、小于 13，为 3 级一般。')
    expect(assess({ method: 'ls', l: 2, s: 4 }, withSettings({ defaultLsSet: 'B' })).level).toBe(3)
    expect(assess({ method: 'ls', l: 4, s: 4, thresholdSet: 'B' }, context).level).toBe(2)
  })

  it('gives by scheme B every product of 1 to 5 its level', () => {
    const byLevel: Record<number, Set<number>> = { 1: new Set(), 2: new Set(), 3: new Set(), 4: new Set() }
    for (const { value: l } of LS.L) {
      for (const { value: s } of LS.S) {
        const { level, score } = assess({ method: 'ls', l, s, thresholdSet: 'B' }, context)
        byLevel[level ?? 0]?.add(score ?? 0)
      }
    }
    expect(Object.values(byLevel).map((scores) => [...scores].sort((a, b) => a - b))).toEqual([
      [20, 25],
      [15, 16],
      [8, 9, 10, 12],
      [1, 2, 3, 4, 5, 6],
    ])
  })
})

it('offers the values and thresholds of the data file, no others', () => {
  const values = (entries: readonly (number | string)[][]) => entries.map(([value]) => value)
  const offered = (entries: readonly { value: number }[]) => entries.map(({ value }) => value)
  expect(['L', 'E', 'C'].map((symbol) => offered(LEC[symbol as 'L' | 'E' | 'C']))).toEqual([
    values(methods.LEC.L),
    values(methods.LEC.E),
    values(methods.LEC.C),
  ])
  expect([offered(LS.L), offered(LS.S)]).toEqual([values(methods.LS.L), values(methods.LS.S)])
  const ends = (bands: { min: number }[]) => bands.slice(0, 3).map(({ min }) => min)
  expect(LS_SETS.map(({ levelsFrom }) => [...levelsFrom])).toEqual([
    ends(methods.LS.scheme_A.bands),
    ends(methods.LS.scheme_B.bands),
  ])
  expect([...LEC.levelsFrom]).toEqual(methods.LEC.D_to_four_colour.slice(0, 3).map(({ min }) => min))
})

describe('direct judgement', () => {
  const clause = {
    id: 'HC-01',
    title: '测试〔2025〕1号 第一条',
    source: '测试判定标准',
    text: '条款的概括',
    confirmed: true,
    refusal: null,
  }

  it('by a clause in force makes level 1 and names document, article and day', () => {
    const reply = assess({ method: 'direct', clauseId: 'HC-01' }, { ...context, clause })
    expect(reply).toMatchObject({
      score: null,
      level: 1,
      levelConfirmed: true,
      confirmed: true,
      formula: '直接判定：测试〔2025〕1号 第一条',
      clause: { id: 'HC-01', title: '测试〔2025〕1号 第一条' },
    })
    expect(reply.steps[0]).toBe(
      '依据「测试判定标准」测试〔2025〕1号 第一条（HC-01，已核，2025-06-18 现行），直接判定为 1 级重大。',
    )
  })

  it('by a reason makes the levels 2 to 4', () => {
    expect(assess({ method: 'direct', level: 3, reason: ' 专家会审 ' }, context)).toMatchObject({
      score: null,
      level: 3,
      confirmed: true,
      formula: '直接判定：专家会审',
      clause: null,
    })
  })

  it('by a rule of some places makes level 1 under the mark 待核', () => {
    const request: AssessRequest = {
      method: 'direct',
      level: 1,
      rule: 'past-casualties',
      reason: '2023 年致 1 人重伤',
    }
    expect(assess(request, context)).toMatchObject({
      level: 1,
      levelConfirmed: false,
      confirmed: false,
      formula: '直接判定（待核）：曾发生死亡、重伤、重大财产损失且诱因仍在；2023 年致 1 人重伤',
    })
  })
})

it('keeps of a request what the method took, and of the answer the arithmetic', () => {
  expect(inputsToKeep({ method: 'lec', l: 6, e: 6, c: 15, s: 3 })).toEqual({ L: 6, E: 6, C: 15 })
  expect(inputsToKeep({ method: 'ls', l: 2, s: 4, thresholdSet: 'B' })).toEqual({ L: 2, S: 4 })
  expect(inputsToKeep({ method: 'direct', clauseId: 'HC-01', reason: ' ' })).toEqual({
    clauseId: 'HC-01',
    level: 1,
  })
  const units = [{ name: '罐区', substances: [{ name: '氨', tonnes: 18 }] }]
  const request: AssessRequest = { method: 'gb18218', exposedPeople: 60, units, l: 3 }
  expect(inputsToKeep(request)).toEqual({ exposedPeople: 60, units })
  const kept = arithmeticToKeep(assess(request, context))
  expect(kept).toMatchObject({ grade: 4, formula: 'R=1.5×2×1.8=5.4', confirmed: true, levelConfirmed: false })
  expect(Object.keys(kept)).not.toContain('score')
})
