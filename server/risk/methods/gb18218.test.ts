import { describe, expect, it } from 'vitest'
import type { AssessRequest, UnitInput } from '../assess-schema.ts'
import { assess } from './assess.ts'
import { DEFAULT_METHOD_SETTINGS } from './settings.ts'

const context = { settings: DEFAULT_METHOD_SETTINGS, on: '2025-06-18', clause: null }
const assessUnits = (exposedPeople: number, ...units: UnitInput[]) =>
  assess({ method: 'gb18218', exposedPeople, units }, context)
const tank = (...substances: UnitInput['substances']): UnitInput => ({ name: '储罐区', substances })

describe('the worked examples of the standard’s figures, to the last digit', () => {
  it('18 t of ammonia and 60 people: S = 18/10 = 1.8, R = 1.5·2·1.8 = 5.4, grade 4', () => {
    const reply = assessUnits(60, { ...tank({ name: '液氨', tonnes: 18 }), kind: 'storage' })
    expect(reply).toEqual({
      method: 'gb18218',
      score: 5.4,
      level: 1,
      levelConfirmed: false,
      grade: 4,
      formula: 'R=1.5×2×1.8=5.4',
      steps: [
        'GB 18218-2018：q 取设计最大量；生产单元和储存单元分别辨识；α 按厂区边界外扩 500 m 范围内的常住人口；厂外运输（含道路、管道）不适用。',
        '储存单元「储罐区」：氨（CAS 7664-41-7） q=18 t，Q=10 t，q/Q=1.8，β=2，β·q/Q=3.6，Q 表1 第1项；β 表3。',
        '储存单元「储罐区」：S=Σ q/Q=1.8，不小于 1，构成危险化学品重大危险源（GB 18218-2018）。',
        '储存单元「储罐区」：500 m 内常住人口 60 人，在「50～99 人」一档，α=1.5。',
        '储存单元「储罐区」：R=1.5×2×1.8=5.4，小于 10，为四级重大危险源。',
        '1 个单元构成重大危险源，最高四级；按直判规则「构成危险化学品重大危险源」，风险等级为 1 级重大（地方标准做法，没有检索到国家层面的依据，待核）。',
      ],
      confirmed: true,
      unconfirmed: [],
      thresholdSet: null,
      clause: null,
      units: [
        {
          name: '储罐区',
          kind: 'storage',
          s: 1.8,
          r: 5.4,
          alpha: 1.5,
          exposedPeople: 60,
          isMajorHazardSource: true,
          grade: 4,
          confirmed: true,
          steps: reply.steps.slice(1, 5),
          substances: [
            {
              name: '氨',
              cas: '7664-41-7',
              tonnes: 18,
              written: null,
              criticalTonnes: 10,
              criticalConfirmed: true,
              beta: 2,
              betaConfirmed: true,
              basis: 'Q 表1 第1项；β 表3',
              ratio: 1.8,
              weighted: 3.6,
              note: null,
            },
          ],
        },
      ],
    })
  })

  it('300 t of petrol with 250 t of methanol and 120 people: S = 1.5 + 0.5, R = 2·(1.5 + 0.5) = 4, grade 4', () => {
    const reply = assessUnits(120, tank({ name: '汽油', tonnes: 300 }, { name: '甲醇', tonnes: 250 }))
    expect(reply).toMatchObject({
      score: 4,
      grade: 4,
      level: 1,
      formula: 'R=2×(1×1.5+1×0.5)=4',
      confirmed: false,
      unconfirmed: [
        '「汽油（乙醇汽油、甲醇汽油）」β=1：由类别 W5 推得，须核 SDS',
        '「甲醇」β=1：由类别 W5 推得，须核 SDS',
      ],
    })
    expect(reply.units[0]).toMatchObject({ s: 2, r: 4, alpha: 2, confirmed: false })
    expect(reply.units[0]?.substances.map(({ ratio }) => ratio)).toEqual([1.5, 0.5])
    expect(reply.steps).toContain(
      '单元「储罐区」：S=Σ q/Q=1.5+0.5=2，不小于 1，构成危险化学品重大危险源（GB 18218-2018）。',
    )
  })

  it('30 t of chlorine and 200 people: S = 6, R = 2·4·6 = 48, grade 3', () => {
    const reply = assessUnits(200, tank({ cas: '7782-50-5', tonnes: 30 }))
    expect(reply).toMatchObject({ score: 48, grade: 3, level: 1, formula: 'R=2×4×6=48', confirmed: true })
    expect(reply.units[0]).toMatchObject({ s: 6, r: 48 })
  })
})

describe('α', () => {
  // table of the standard: 100 and more 2.0, 50–99 1.5, 30–49 1.2, 1–29 1.0, none 0.5; both ends of every band
  const bands: [number, number][] = [
    [0, 0.5],
    [1, 1],
    [29, 1],
    [30, 1.2],
    [49, 1.2],
    [50, 1.5],
    [99, 1.5],
    [100, 2],
    [1_000_000, 2],
  ]
  it.each(bands)('for %i people is %f', (people, alpha) => {
    // chlorine 5 t: S = 1, so R = α·4
    const [unit] = assessUnits(people, tank({ name: '氯', tonnes: 5 })).units
    expect([unit?.alpha, unit?.r]).toEqual([alpha, alpha * 4])
  })
})

describe('grades', () => {
  // chlorine, α = 1: R = 4·q/5, so q = 12.5 t gives 10, 62.5 t gives 50, 125 t gives 100
  const ends: [number, number, number][] = [
    [12.49, 9.992, 4],
    [12.5, 10, 3],
    [62.49, 49.992, 3],
    [62.5, 50, 2],
    [124.99, 99.992, 2],
    [125, 100, 1],
    [12_500, 10_000, 1],
  ]
  it.each(ends)('%f t of chlorine: R = %f, grade %i', (tonnes, r, grade) => {
    expect(assessUnits(1, tank({ name: '氯', tonnes })).units[0]).toMatchObject({ r, grade })
  })

  it('does not round up over an end: 62.4999999 t is R = 49.99999992, shown as 49.999999…, grade 3', () => {
    const reply = assessUnits(1, tank({ name: '氯', tonnes: 62.499_999_9 }))
    expect(reply).toMatchObject({ score: 49.999_999, grade: 3 })
    expect(reply.formula).toBe('R=1×4×62.499999…/5=49.999999…')
  })
})

describe('S', () => {
  it('just below one is no major hazard source, however near', () => {
    for (const tonnes of [9.99, 9.999_999_999, 9.999_999_999_999_998]) {
      const reply = assessUnits(60, tank({ name: '氨', tonnes }))
      expect(reply).toMatchObject({ level: null, grade: null })
      expect(reply.units[0]).toMatchObject({ isMajorHazardSource: false, grade: null })
      expect(reply.units[0]?.s).toBeLessThan(1)
      expect(reply.steps.at(-1)).toBe(
        '各单元 S 都小于 1，不是重大危险源，本法不定风险等级；请用 LEC 法或 LS 矩阵法评估。',
      )
    }
  })

  it('of exactly one is one, also where binary sums fall short: 0.1 + 0.2 + 0.7 and ten tenths', () => {
    const tenths = Array.from({ length: 10 }, () => ({ name: '氨', tonnes: 1 }))
    // 0.7 + 0.1 + 0.2 is 0.9999999999999999 in binary
    const parts = [
      { name: '氨', tonnes: 7 },
      { name: '环氧乙烷', tonnes: 1 },
      { name: '溴甲烷', tonnes: 2 },
    ]
    for (const substances of [[{ name: '氨', tonnes: 10 }], tenths, parts]) {
      expect(assessUnits(0, tank(...substances)).units[0]).toMatchObject({ s: 1, isMajorHazardSource: true })
    }
  })

  it('of thirds is told by fractions: 1 t of LPG, 1/50, beside 1 t of isocyanate, 1/0.75', () => {
    const reply = assessUnits(0, tank({ name: '异氰酸甲酯', tonnes: 1 }))
    expect(reply.units[0]).toMatchObject({ s: 1.333_333, r: 13.333_333, grade: 3 })
    expect(reply.formula).toBe('R=0.5×20×1/0.75=13.333333…')
  })
})

describe('units', () => {
  it('are judged each by itself: two halves are no major hazard source, and the gravest counts', () => {
    const half = { substances: [{ name: '氨', tonnes: 9 }] }
    const two = assessUnits(60, { name: '东罐', ...half }, { name: '西罐', ...half })
    expect(two).toMatchObject({ level: null, grade: null, score: 2.7 })
    expect(two.units.map(({ s }) => s)).toEqual([0.9, 0.9])

    const mixed = assessUnits(
      200,
      { name: '东罐', kind: 'storage', ...half },
      { name: '氯库', kind: 'storage', substances: [{ name: '氯', tonnes: 30 }] },
      { name: '氨压缩', kind: 'production', substances: [{ name: '氨', tonnes: 10 }] },
    )
    expect(mixed).toMatchObject({ score: 48, grade: 3, level: 1 })
    expect(mixed.units.map(({ grade }) => grade)).toEqual([null, 3, 4])
    expect(mixed.steps.at(-1)).toContain('2 个单元构成重大危险源，最高三级')
  })

  it('that are no major hazard source do not lend their R: phosgene 0.29 t, R = 38.6, beside petrol 200 t, R = 2', () => {
    const reply = assessUnits(
      200,
      { name: '甲', substances: [{ name: '光气', tonnes: 0.29 }] },
      { name: '乙', substances: [{ name: '汽油', tonnes: 200 }] },
    )
    expect(reply.units.map(({ r }) => r)).toEqual([38.666_666, 2])
    expect(reply).toMatchObject({ score: 2, grade: 4 })
  })
})

describe('amounts', () => {
  it.each([
    [{ amount: 18_000, unit: 'kg' }, '18000 kg'],
    [{ amount: 18_000, unit: '公斤' }, '18000 kg'],
    [{ amount: 18_000_000, unit: '克' }, '18000000 g'],
    [{ amount: 18, unit: '吨' }, null],
    [{ tonnes: 18, unit: 't' }, null],
    [{ amount: 30, unit: 'm3', densityKgPerM3: 600 }, '30 m³ × 600 kg/m³'],
    [{ amount: 30_000, unit: 'L', densityKgPerM3: 600 }, '30000 L × 600 kg/m³'],
  ])('%j is 18 t', (amount, written) => {
    const [unit] = assessUnits(60, tank({ name: '液氨', ...amount })).units
    expect(unit).toMatchObject({ s: 1.8, r: 5.4, substances: [{ tonnes: 18, written }] })
  })

  it('in different units in one unit are added as tonnes', () => {
    const reply = assessUnits(
      60,
      tank({ name: '液氨', tonnes: 9 }, { name: '氨气', amount: 9000, unit: 'kg' }),
    )
    expect(reply.units[0]).toMatchObject({ s: 1.8, r: 5.4 })
  })
})

describe('classes of table 2', () => {
  it('stand for a substance that table 1 does not name: 6000 t of diesel as W5.4, S = 1.2, R = 1.2', () => {
    const reply = assessUnits(1, tank({ name: '柴油', className: 'w5.4', tonnes: 6000 }))
    expect(reply).toMatchObject({ score: 1.2, grade: 4, confirmed: false })
    expect(reply.units[0]?.substances[0]).toMatchObject({
      name: '柴油',
      criticalTonnes: 5000,
      criticalConfirmed: true,
      beta: 1,
      betaConfirmed: false,
      basis: '表1 未列，按表2 W5.4 易燃液体：其他类别3（柴油、煤油常归此，待逐品核 SDS）',
    })
    expect(reply.unconfirmed).toEqual(['「柴油」按 W5.4 取 Q=5000 t、β=1：类别由填报人选定，须核 SDS'])
  })

  it('give β where table 1 gives only Q: bromine 20 t as J2, Q = 20, β = 1', () => {
    const reply = assessUnits(1, tank({ name: '液溴', className: 'J2', tonnes: 20 }))
    expect(reply.units[0]?.substances[0]).toMatchObject({
      criticalTonnes: 20,
      beta: 1,
      basis: 'Q 表1 第28项；β 按所选类别 J2（表2）',
    })
    expect(reply.confirmed).toBe(false)
  })

  it('take the place of a β that was only derived, but not of one of table 3', () => {
    const petrol = assessUnits(1, tank({ name: '汽油', className: 'W5.1', tonnes: 200 }))
    expect(petrol.units[0]?.substances[0]).toMatchObject({ beta: 1.5, betaConfirmed: false, note: null })
    const ammonia = assessUnits(1, tank({ name: '氨', className: 'J3', tonnes: 10 }))
    expect(ammonia.units[0]?.substances[0]).toMatchObject({
      beta: 2,
      betaConfirmed: true,
      note: 'β 按表3取，所选类别 J3 不用',
    })
    const odd = assessUnits(1, tank({ name: '汽油', className: 'W2', tonnes: 200 }))
    expect(odd.units[0]?.substances[0]?.note).toContain('所选类别 W2 与由物质推得的 W5 不同，请核对 SDS')
  })

  it('carry their conflict along: J5', () => {
    const reply = assessUnits(1, tank({ name: '某农药（示例）', className: 'J5', tonnes: 500 }))
    expect(reply.units[0]?.substances[0]).toMatchObject({ criticalConfirmed: false })
    expect(reply.unconfirmed[0]).toBe('类别 J5 的范围：一处来源写“类别2”，另一处写“类别2、3”；待核原文')
  })
})

describe('lines on which sources differ', () => {
  it('say so: allylamine by the stricter 20 t, and the content of nitrocellulose solution', () => {
    const amine = assessUnits(1, tank({ name: '烯丙胺', className: 'J2', tonnes: 20 }))
    expect(amine.units[0]?.substances[0]).toMatchObject({
      name: '3-氨基丙烯',
      criticalTonnes: 20,
      criticalConfirmed: false,
      note: '来源冲突：一处 20 t、一处转载页 75 t；按 20 t（更严）取值并待核原文',
    })
    expect(amine.steps[1]).toContain('Q=20 t（待核）')
    const solution = assessUnits(1, tank({ name: '硝化棉溶液', className: 'W5.3', tonnes: 50 }))
    expect(solution.units[0]?.substances[0]?.note).toContain('一处写 ≤55%，一处写 ≤25%，待核')
  })
})

it('does not go back before the standard came into force', () => {
  const request: AssessRequest = {
    method: 'gb18218',
    exposedPeople: 0,
    units: [tank({ name: '氨', tonnes: 1 })],
  }
  expect(() => assess(request, { ...context, on: '2019-02-28' })).toThrow(
    'GB 18218-2018 自 2019-03-01 起施行',
  )
  expect(assess(request, { ...context, on: '2019-03-01' }).units).toHaveLength(1)
})
