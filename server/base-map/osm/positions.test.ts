import { expect, it } from 'vitest'
import { NodePositions } from './positions.ts'

it('gives back the positions of the nodes that were asked for, and of no others', () => {
  const positions = new NodePositions()
  // more than the first size of its arrays, unsorted and repeated
  for (let id = 3_000; id > 0; id--) positions.want(id % 1_500)
  positions.close()
  positions.set(7, 125.4, 43.9)
  positions.set(9_999, 1, 1)
  expect(positions.get(7)).toEqual([125.4, 43.9])
  expect(positions.get(8)).toBeNull()
  expect(positions.get(9_999)).toBeNull()
})

it('holds ids beyond 32 bits', () => {
  const positions = new NodePositions()
  positions.want(12_345_678_901)
  positions.close()
  positions.set(12_345_678_901, 9.5, 47.1)
  expect(positions.get(12_345_678_901)).toEqual([9.5, 47.1])
})
