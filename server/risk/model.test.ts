import { expect, it } from 'vitest'
import { formulaOf } from './model.ts'

it('shows a score whose factors are not known without inventing them', () => {
  expect(formulaOf({ method: 'lec', inputs: { L: 6 }, score: 270 })).toBe('D=270')
  expect(formulaOf({ method: 'ls', inputs: {}, score: null })).toBe('没有算式')
  const kept = { method: 'gb18218' as const, inputs: {}, score: 5.4 }
  expect(formulaOf(kept)).toBe('R=5.4')
  expect(formulaOf({ ...kept, arithmetic: { formula: 'R=1.5×2×1.8=5.4' } })).toBe('R=1.5×2×1.8=5.4')
})
