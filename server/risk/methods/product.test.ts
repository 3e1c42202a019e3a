import { describe, expect, it } from 'vitest'
import { RiskInputError } from './error.ts'
import { LS } from './ls.ts'
import { assessProduct } from './product.ts'
import { DEFAULT_METHOD_SETTINGS } from './settings.ts'

const assess = (
  method: 'lec' | 'ls',
  inputs: Record<string, unknown>,
  settings = DEFAULT_METHOD_SETTINGS,
) => {
  const { arithmetic, ...product } = assessProduct(method, inputs, settings)
  return { ...product, formula: arithmetic.formula, thresholdSet: arithmetic.thresholdSet }
}

describe('LEC', () => {
  it('multiplies and shows the arithmetic', () => {
    expect(assess('lec', { L: 6, E: 6, C: 15, note: 'left out' })).toEqual({
      method: 'lec',
      inputs: { L: 6, E: 6, C: 15 },
      score: 540,
      level: 1,
      formula: 'D=6×6×15=540',
      thresholdSet: {
        id: 'lec-ends-higher',
        name: '320/160/70，端点归上一级',
        levelsFrom: [320, 160, 70],
        confirmed: true,
        endsGoTo: 'higher',
      },
    })
  })

  it('gives each level from its lower end on', () => {
    // worked by hand: the products nearest to 320, 160 and 70 on both sides
    const known: [number, number, number, number, 1 | 2 | 3 | 4][] = [
      [1, 10, 40, 400, 1],
      [3, 1, 100, 300, 2],
      [1, 6, 40, 240, 2],
      [6, 2, 15, 180, 2],
      [0.5, 3, 100, 150, 3],
      [3, 6, 7, 126, 3],
      [10, 1, 7, 70, 3],
      [3, 3, 7, 63, 4],
      [0.1, 0.5, 1, 0.05, 4],
      [10, 10, 100, 10_000, 1],
    ]
    for (const [L, E, C, score, level] of known) {
      expect(assess('lec', { L, E, C })).toMatchObject({ score, level })
    }
  })

  it('keeps short decimals: 0.1 × 3 × 15 is 4.5, 0.2 × 3 × 7 is 4.2', () => {
    expect(assess('lec', { L: 0.1, E: 3, C: 15 }).formula).toBe('D=0.1×3×15=4.5')
    expect(assess('lec', { L: 0.2, E: 3, C: 7 }).formula).toBe('D=0.2×3×7=4.2')
  })

  it('refuses what is not on its scales, naming what is', () => {
    const refusal = (inputs: Record<string, unknown>) => {
      try {
        assess('lec', inputs)
      } catch (error) {
        return error instanceof RiskInputError ? [error.parameter, error.message, error.allowed] : error
      }
    }
    expect(refusal({ L: 4, E: 6, C: 15 })).toEqual([
      'L',
      'L 「4」不在表内，可用：10、6、3、1、0.5、0.2、0.1',
      [10, 6, 3, 1, 0.5, 0.2, 0.1],
    ])
    expect(refusal({ L: 6, C: 15 })).toEqual([
      'E',
      'E 没有填，可用：10、6、3、2、1、0.5',
      [10, 6, 3, 2, 1, 0.5],
    ])
    for (const C of ['15', Number.NaN, -15, null, {}])
      expect(refusal({ L: 6, E: 6, C })).toBeInstanceOf(Array)
  })
})

describe('LS, scheme A', () => {
  it('gives every product of 1 to 5 its level', () => {
    const byLevel: Record<number, Set<number>> = { 1: new Set(), 2: new Set(), 3: new Set(), 4: new Set() }
    for (const { value: L } of LS.L) {
      for (const { value: S } of LS.S) {
        const { level, score } = assess('ls', { L, S })
        byLevel[level]?.add(score ?? -1)
      }
    }
    const sorted = Object.values(byLevel).map((scores) => [...scores].sort((a, b) => a - b))
    expect(sorted).toEqual([
      [20, 25],
      [15, 16],
      [9, 10, 12],
      [1, 2, 3, 4, 5, 6, 8],
    ])
  })

  it('shows the arithmetic and refuses 6', () => {
    expect(assess('ls', { L: 5, S: 3 })).toMatchObject({ score: 15, level: 2, formula: 'R=5×3=15' })
    expect(() => assess('ls', { L: 6, S: 1 })).toThrow('L 「6」不在表内，可用：1、2、3、4、5')
  })
})

it('grades by the settings in force, and says by which', () => {
  const settings = { ...DEFAULT_METHOD_SETTINGS, lecEndsGoTo: 'lower' as const, defaultLsSet: 'B' }
  // 10·1·7 is the one end of a band that products reach
  expect(assess('lec', { L: 10, E: 1, C: 7 }).level).toBe(3)
  expect(assess('lec', { L: 10, E: 1, C: 7 }, settings)).toMatchObject({
    level: 4,
    thresholdSet: { id: 'lec-ends-lower', endsGoTo: 'lower' },
  })
  expect([assess('ls', { L: 4, S: 4 }).level, assess('ls', { L: 2, S: 4 }).level]).toEqual([2, 4])
  expect(assess('ls', { L: 2, S: 4 }, settings)).toMatchObject({
    level: 3,
    thresholdSet: { id: 'B', levelsFrom: [17, 13, 8], confirmed: false },
  })
})
