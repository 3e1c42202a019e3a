import { expect, it } from 'vitest'
import { quantile, time, timeBoth } from './measure.ts'

it('takes the middle, and the value that all but one in twenty stay under', () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index)
  expect([quantile(values, 0.5), quantile(values, 0.95), quantile([7], 0.95)]).toEqual([10, 19, 7])
  expect(quantile([], 0.5)).toBeNaN()
})

it('runs the preparation ahead of each time, warm-ups included, and does not count it', async () => {
  let prepared = 0
  let done = 0
  const timing = await time(
    4,
    async () => {
      done += 1
    },
    async () => {
      prepared += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
    },
  )
  expect([prepared, done, timing.runs]).toEqual([7, 7, 4])
  expect(timing.p95Ms).toBeLessThan(15)
})

it('takes turns between two ways', async () => {
  const order: string[] = []
  const [one, other] = await timeBoth(
    2,
    async () => void order.push('a'),
    async () => void order.push('b'),
  )
  expect(order.join('')).toBe('ababababab')
  expect([one.runs, other.runs]).toEqual([2, 2])
})
