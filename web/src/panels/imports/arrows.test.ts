import { expect, it } from 'vitest'
import { arrowOf } from './arrows.ts'

it('draws an arrow from one circle to the other, with room for both', () => {
  expect(arrowOf({ x: 0, y: 0 }, { x: 100, y: 0 })).toBe('M8 0L92 0M87 3.5L92 0L87 -3.5')
})
it('draws none between circles that touch', () => {
  expect(arrowOf({ x: 0, y: 0 }, { x: 20, y: 0 })).toBe('')
})
