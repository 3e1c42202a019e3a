import { describe, expect, it } from 'vitest'
import { arithmeticOf } from './arithmetic.ts'

describe('arithmeticOf', () => {
  it('shows the three values of LEC, their product and the threshold that it passes', () => {
    const risk = { method: 'lec', inputs: { L: 6, E: 6, C: 15 }, score: 540, level: 1 } as const
    expect(arithmeticOf(risk)).toEqual({
      factors: [
        { symbol: 'L', value: 6, wordKey: 'lec.L.6' },
        { symbol: 'E', value: 6, wordKey: 'lec.E.6' },
        { symbol: 'C', value: 15, wordKey: 'lec.C.15' },
      ],
      symbol: 'D',
      score: 540,
      band: { from: 320, below: null },
    })
  })
  it('names both ends of a band in the middle, and the upper end alone of the lowest', () => {
    const ls = (score: number, level: 2 | 4) =>
      arithmeticOf({ method: 'ls', inputs: { l: 5, s: score / 5 }, score, level })?.band
    expect(ls(15, 2)).toEqual({ from: 15, below: 20 })
    expect(ls(5, 4)).toEqual({ from: null, below: 9 })
  })
  it('names no threshold where the level was not made by the score', () => {
    const risk = { method: 'lec', inputs: { L: 1, E: 1, C: 1 }, score: 1, level: 1 } as const
    expect(arithmeticOf(risk)?.band).toBeNull()
  })
  it('knows the words of values below one', () => {
    const risk = { method: 'lec', inputs: { L: 0.5, E: 2, C: 7 }, score: 7, level: 4 } as const
    expect(arithmeticOf(risk)?.factors[0]?.wordKey).toBe('lec.L.0_5')
  })
  it('has no boxes for a direct judgement or for values that are missing', () => {
    expect(arithmeticOf({ method: 'direct', inputs: {}, score: null, level: 1 })).toBeNull()
    expect(arithmeticOf({ method: 'lec', inputs: { L: 6 }, score: 540, level: 1 })).toBeNull()
  })
})
