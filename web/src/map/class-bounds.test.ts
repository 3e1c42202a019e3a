import { describe, expect, it } from 'vitest'
import { classBounds, classOf, classTexts, rampSteps } from './class-bounds.ts'

describe('the classes of counts', () => {
  it('begin at numbers that read easily, the greatest values apart', () => {
    expect(classBounds([1, 3, 37])).toEqual([2, 5, 10, 20])
    expect(classTexts(classBounds([1, 3, 37]), true)).toEqual(['1', '2–4', '5–9', '10–19', '≥ 20'])
    expect(classBounds([1, 4])).toEqual([2])
    expect(classBounds([2, 2])).toEqual([])
  })

  it('never lose a value below the first bound', () => {
    const bounds = classBounds([1, 700])
    expect(bounds).toEqual([50, 100, 200, 500])
    expect(classTexts(bounds, true)).toEqual(['1–49', '50–99', '100–199', '200–499', '≥ 500'])
    expect([1, 49, 50, 499, 500, 700].map((value) => classOf(value, bounds))).toEqual([0, 0, 1, 3, 4, 4])
  })
})

describe('the classes of densities', () => {
  it('have decimals where values are small', () => {
    const bounds = classBounds([0.385, 3.079])
    expect(bounds).toEqual([0.5, 1, 2])
    expect(classTexts(bounds, false)).toEqual(['< 0.5', '0.5–1', '1–2', '≥ 2'])
    expect(classBounds([0, 0.07])).toEqual([0.01, 0.02, 0.05])
  })
})

it('a map without values, or with a single one, has one class', () => {
  expect(classBounds([])).toEqual([])
  expect(classTexts([], true)).toEqual(['≥ 1'])
})

it('few classes take the ends of the ramp', () => {
  expect([1, 2, 3, 4, 5].map(rampSteps)).toEqual([[2], [0, 4], [0, 2, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4]])
})
