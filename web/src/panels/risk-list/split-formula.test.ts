import { expect, it } from 'vitest'
import { splitFormula } from './split-formula.ts'

it('parts the score from its arithmetic and leaves a judgement whole', () => {
  expect(splitFormula({ formula: 'D=6×6×15=540', score: 540 })).toEqual({ before: 'D=6×6×15=', score: '540' })
  expect(splitFormula({ formula: 'D=0.5×2×7=7', score: 7 })).toEqual({ before: 'D=0.5×2×7=', score: '7' })
  expect(splitFormula({ formula: '直接判定：重大危险源', score: null })).toEqual({
    before: '直接判定：重大危险源',
    score: '',
  })
})
