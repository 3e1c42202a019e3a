import { describe, expect, it } from 'vitest'
import { scaleOf } from './scale.ts'

describe('scaleOf', () => {
  it('finds the longest round distance that fits', () => {
    expect(scaleOf(25, 110)).toEqual({ meters: 2500, pixels: 100 })
    expect(scaleOf(1, 110)).toEqual({ meters: 100, pixels: 100 })
    expect(scaleOf(0.5, 110)).toEqual({ meters: 50, pixels: 100 })
    expect(scaleOf(19, 110)).toEqual({ meters: 2000, pixels: 105 })
  })

  it('is nothing before the map is there', () => {
    expect(scaleOf(0, 110)).toEqual({ meters: 0, pixels: 0 })
  })
})
