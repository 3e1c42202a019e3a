import { describe, expect, it } from 'vitest'
import { arithmeticLack, isMajorHazardSource, type LevelBasis, siteArithmeticLack } from './arithmetic.ts'

const basis = (method: LevelBasis['method'], rest: Partial<LevelBasis> = {}): LevelBasis => ({
  method,
  inputs: {},
  score: null,
  clauseId: null,
  units: null,
  ...rest,
})
const tank = { name: '储罐区', substances: [{ name: '氨', tonnes: 40 }] }

describe('a level has its arithmetic', () => {
  it.each([
    ['LEC with L, E, C and D', basis('lec', { inputs: { L: 6, E: 6, C: 15 }, score: 540 }), null],
    ['LEC without C', basis('lec', { inputs: { L: 6, E: 6 }, score: 540 }), 'no_inputs'],
    ['LEC with values and no D', basis('lec', { inputs: { L: 6, E: 6, C: 15 } }), 'no_inputs'],
    [
      'LEC with a text for a value',
      basis('lec', { inputs: { L: '6', E: 6, C: 15 }, score: 540 }),
      'no_inputs',
    ],
    ['LS with L, S and R', basis('ls', { inputs: { L: 5, S: 3 }, score: 15 }), null],
    ['LS with nothing', basis('ls', { score: 15 }), 'no_inputs'],
    ['GB 18218 with units and R', basis('gb18218', { inputs: { units: [tank] }, score: 12 }), null],
    ['GB 18218 with kept units', basis('gb18218', { units: [{ ...tank, r: 8 }] }), null],
    ['GB 18218 without R', basis('gb18218', { inputs: { units: [tank] } }), 'no_substances'],
    [
      'GB 18218 with empty units',
      basis('gb18218', { inputs: { units: [{ substances: [] }] }, score: 3 }),
      'no_substances',
    ],
    [
      'GB 18218 with nonsense',
      basis('gb18218', { inputs: { units: 'x' }, units: [null], score: 3 }),
      'no_substances',
    ],
    ['a judgement with a reason', basis('direct', { inputs: { level: 2, reason: '专家评审' } }), null],
    ['a judgement with a clause', basis('direct', { inputs: { level: 1 }, clauseId: 'HC-01' }), null],
    ['a judgement with a blank reason', basis('direct', { inputs: { level: 2, reason: ' ' } }), 'no_clause'],
  ])('%s', (_name, risk, lack) => {
    expect(arithmeticLack(risk)).toBe(lack)
  })

  it('of a site by any standing risk', () => {
    expect(siteArithmeticLack(2, 1)).toBeNull()
    expect(siteArithmeticLack(2, 0)).toBe('level_without_risk')
    expect(siteArithmeticLack(null, 0)).toBe('not_assessed')
  })
})

it('a major hazard source is one by S where that is kept, else by having been assessed', () => {
  const unit = { ...tank, isMajorHazardSource: false }
  expect(isMajorHazardSource(basis('gb18218', { units: [unit] }))).toBe(false)
  expect(
    isMajorHazardSource(basis('gb18218', { units: [unit, { ...unit, isMajorHazardSource: true }] })),
  ).toBe(true)
  expect(isMajorHazardSource(basis('gb18218', { score: 12 }))).toBe(true)
  expect(isMajorHazardSource(basis('lec', { score: 540 }))).toBe(false)
})
