import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEVERITIES } from '../core/vocabulary.ts'
import { DEFAULT_PRESSURE_WEIGHTS, type PressureFacts, pressureOf, weightsFault } from './pressure.ts'

const QUIET: PressureFacts = {
  level: 4,
  open: { general: 0, suspected_major: 0, major: 0 },
  overdue: [],
  exposedPeople: 0,
  lastDrillOn: '2025-06-01',
  today: '2025-06-18',
}
const valuesOf = (facts: Partial<PressureFacts>) =>
  pressureOf({ ...QUIET, ...facts }, DEFAULT_PRESSURE_WEIGHTS).factors.map(({ value }) => value)
const scoreOf = (facts: PressureFacts) => pressureOf(facts, DEFAULT_PRESSURE_WEIGHTS).score

describe('the current pressure', () => {
  it('is the product of its factors, each rounded to two decimals', () => {
    const pressure = pressureOf(
      {
        level: 1,
        open: { general: 2, suspected_major: 1, major: 0 },
        // 10 × (1 + 0.05 × 6) = 13
        overdue: [{ severity: 'major', workingDays: 6 }],
        exposedPeople: 60,
        lastDrillOn: '2024-05-18',
        today: '2025-06-18',
      },
      DEFAULT_PRESSURE_WEIGHTS,
    )
    // 1 + 0.1 × (2 + 3 + 13) = 2.8; 50 to 99 people 1.3; 13 months 1.25; 8 × 2.8 × 1.3 × 1.25 = 36.4
    expect(pressure).toEqual({
      score: 36.4,
      factors: [
        { name: 'level', value: 8, text: '1 级重大' },
        {
          name: 'hazards',
          value: 2.8,
          text: '一般 2 处×1，疑似重大 1 处×3，重大 1 处×10（1 处逾期，计 6 个工作日），合 18 分，1＋0.1×18',
        },
        { name: 'exposure', value: 1.3, text: '500 m 内 60 人' },
        { name: 'drill', value: 1.25, text: '上次演练 2024-05-18，距今 13 个月' },
      ],
    })
  })

  it('takes each step at its beginning', () => {
    const exposure = (exposedPeople: number | null) => valuesOf({ exposedPeople })[2]
    expect([0, 1, 29, 30, 49, 50, 99, 100].map(exposure)).toEqual([1, 1.1, 1.1, 1.2, 1.2, 1.3, 1.3, 1.5])
    expect(exposure(null)).toBe(1)
    const drill = (lastDrillOn: string | null) => valuesOf({ lastDrillOn })[3]
    // six months of 30.4375 days are 182.6 days: 182 days ago is not yet six months
    expect(['2024-12-18', '2024-12-17', '2024-06-18', '2024-06-17'].map(drill)).toEqual([1, 1.1, 1.1, 1.25])
    expect(drill(null)).toBe(1.4)
  })

  it('counts lateness up to the cap', () => {
    const late = (workingDays: number) => valuesOf({ overdue: [{ severity: 'general', workingDays }] })[1]
    expect([0, 60, 61, 400].map(late)).toEqual([1.1, 1.4, 1.4, 1.4])
  })

  it('says what is not known', () => {
    const { factors } = pressureOf(
      { ...QUIET, level: null, exposedPeople: null, lastDrillOn: null },
      DEFAULT_PRESSURE_WEIGHTS,
    )
    expect(factors.map(({ text }) => text)).toEqual([
      '尚未评估',
      '没有未销号隐患',
      '500 m 内人数未知，按 1 计',
      '从未演练',
    ])
  })

  it('never falls when something gets worse', () => {
    const facts: fc.Arbitrary<PressureFacts> = fc.record({
      level: fc.constantFrom(1, 2, 3, 4),
      open: fc.record({ general: fc.nat(30), suspected_major: fc.nat(9), major: fc.nat(5) }),
      overdue: fc.array(fc.record({ severity: fc.constantFrom(...SEVERITIES), workingDays: fc.nat(90) }), {
        maxLength: 10,
      }),
      exposedPeople: fc.nat(400),
      lastDrillOn: fc.constantFrom('2022-01-01', '2024-09-01', '2025-06-01'),
      today: fc.constant('2025-06-18'),
    })
    fc.assert(
      fc.property(facts, fc.constantFrom(...SEVERITIES), fc.nat(300), (before, severity, more) => {
        const score = scoreOf(before)
        const worse: PressureFacts[] = [
          { ...before, open: { ...before.open, [severity]: before.open[severity] + 1 } },
          { ...before, overdue: before.overdue.map((one) => ({ ...one, workingDays: one.workingDays + 1 })) },
          { ...before, exposedPeople: (before.exposedPeople ?? 0) + more },
          { ...before, lastDrillOn: null },
          { ...before, level: 1 },
        ]
        for (const facts of worse) expect(scoreOf(facts)).toBeGreaterThanOrEqual(score)
      }),
    )
  })
})

describe('weights', () => {
  it('that make sense are taken', () => {
    expect(weightsFault(DEFAULT_PRESSURE_WEIGHTS)).toBeNull()
  })

  it.each([
    [{ level: { 1: 1, 2: 4, 3: 2, 4: 1, none: 1 } }, '等级权重应由重大到低依次不增'],
    [{ severity: { general: 4, suspected_major: 3, major: 10 } }, '隐患级别权重应由重大到一般依次不增'],
    [{ exposure: [{ from: 1, factor: 1 }] }, '暴露人数分档的第一档应从 0 起'],
    [
      {
        drill: [
          { from: 0, factor: 1 },
          { from: 0, factor: 2 },
        ],
      },
      '演练间隔分档的起点应依次增大',
    ],
    [
      {
        drill: [
          { from: 0, factor: 2 },
          { from: 6, factor: 1 },
        ],
      },
      '演练间隔分档的系数应依次不减',
    ],
  ])('that would turn the order round are refused with the reason', (change, fault) => {
    expect(weightsFault({ ...DEFAULT_PRESSURE_WEIGHTS, ...change })).toBe(fault)
  })
})
