import { describe, expect, it } from 'vitest'
import { DEFAULT_PRESSURE_WEIGHTS, pressureOf } from './pressure.ts'
import { explainRank, type RankedRow } from './ranking.ts'

const PRESSURE = pressureOf(
  {
    level: 1,
    open: { general: 0, suspected_major: 0, major: 0 },
    overdue: [],
    exposedPeople: 60,
    lastDrillOn: '2025-02-11',
    today: '2025-06-18',
  },
  DEFAULT_PRESSURE_WEIGHTS,
)
const PRESSURE_SENTENCE =
  '当前压力 10.4＝8（1 级重大）×1（未销号隐患）×1.3（500 m 内 60 人）×1（上次演练 2025-02-11，距今 4 个月）'

const row = (change: Partial<RankedRow>): RankedRow => ({
  id: '00000000-0000-7000-8000-000000000001',
  name: '恒泰冷链物流园（示例）',
  creditCode: null,
  sector: 'chemicals',
  kind: null,
  riskLevel: 1,
  areaCode: null,
  areaName: null,
  address: null,
  geometry: null,
  responsibleUnit: null,
  responsiblePerson: null,
  isExample: true,
  version: 1,
  updatedAt: new Date(0),
  rank: 1,
  risks: [],
  pressure: PRESSURE,
  exposedPeople: 60,
  generalCount: 0,
  suspectedMajorCount: 0,
  majorCount: 0,
  overdueCount: 0,
  maxOverdueWorkingDays: 0,
  majorClauses: [],
  lastDrillOn: '2025-02-11',
  ...change,
})
const risk = (change: Partial<RankedRow['risks'][number]>): RankedRow['risks'][number] => ({
  id: '00000000-0000-7000-8000-000000000002',
  name: '制冷系统',
  method: 'lec',
  inputs: { L: 6, E: 6, C: 15 },
  score: 540,
  level: 1,
  arithmetic: null,
  ...change,
})
const LS_INPUTS = { method: 'ls', inputs: { L: 5, S: 3 }, score: 15, level: 2 } as const

describe('the reasons of a rank', () => {
  it('name the arithmetic, the clause, the numbers, and the pressure factor by factor', () => {
    const ranked = row({
      risks: [risk({})],
      majorCount: 1,
      majorClauses: ['GB 50072 第4.2条'],
      overdueCount: 2,
      maxOverdueWorkingDays: 6,
      generalCount: 2,
    })
    expect(explainRank(ranked)).toEqual([
      '「制冷系统」LEC 法：D=6×6×15=540，不小于 320，为 1 级重大',
      '有 1 处重大隐患未销号（依据 GB 50072 第4.2条）',
      '有 2 处隐患逾期，最长 6 个工作日',
      '有 2 处一般隐患未销号',
      PRESSURE_SENTENCE,
    ])
  })

  it('name both ends of a band', () => {
    const low = risk({ inputs: { L: 3, E: 3, C: 7 }, score: 63, level: 4 })
    expect(explainRank(row({ riskLevel: 4, risks: [low] }))[0]).toBe(
      '「制冷系统」LEC 法：D=3×3×7=63，小于 70，为 4 级低',
    )
  })

  it('go by the threshold set that was kept with the risk, with its mark', () => {
    const thresholdSet = { id: 'B', name: '17/13/8', levelsFrom: [17, 13, 8], confirmed: false }
    const ls = risk({ ...LS_INPUTS, arithmetic: { thresholdSet, confirmed: false } })
    expect(explainRank(row({ riskLevel: 2, risks: [ls] })).slice(0, 2)).toEqual([
      '「制冷系统」LS 矩阵法（阈值方案 17/13/8，待核）：R=5×3=15，不小于 13、小于 17，为 2 级较大',
      '没有未销号隐患',
    ])
  })

  it('claim no threshold for a level that the score does not give', () => {
    const raised = risk({ score: 126, inputs: { L: 3, E: 6, C: 7 }, level: 1 })
    expect(explainRank(row({ risks: [raised] }))[0]).toBe(
      '「制冷系统」LEC 法：D=3×6×7=126，等级由评估人确定，为 1 级重大',
    )
  })

  it('name the grade of a major hazard source, and what of it is not confirmed', () => {
    const source = risk({
      method: 'gb18218',
      inputs: {},
      score: 5.4,
      arithmetic: { grade: 4, confirmed: false, levelConfirmed: false },
    })
    expect(explainRank(row({ risks: [source] }))[0]).toMatch(
      /^「制冷系统」GB 18218 重大危险源：R=.*5\.4，四级重大危险源（待核），按直判规则（待核）为 1 级重大$/,
    )
  })

  it('say whose judgement it was, and where there is no basis', () => {
    const direct = risk({ method: 'direct', inputs: { level: 1, reason: '构成重大危险源' }, score: null })
    expect(explainRank(row({ risks: [direct] }))[0]).toBe('「制冷系统」直接判定：构成重大危险源，为 1 级重大')
    expect(explainRank(row({}))[0]).toBe('等级为 1 级重大，没有评估记录可依据')
    expect(explainRank(row({ riskLevel: null, suspectedMajorCount: 1 })).slice(0, 2)).toEqual([
      '尚未评估，等级无依据',
      '有 1 处疑似重大隐患未销号',
    ])
  })
})
