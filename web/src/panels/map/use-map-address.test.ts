import { describe, expect, it } from 'vitest'
import { DEFAULT_LAYERS, readLayers, writeLayers } from './use-map-address.ts'

describe('the layers in the address', () => {
  it('are the usual ones without a word, and need none', () => {
    expect(readLayers(undefined)).toEqual(DEFAULT_LAYERS)
    expect(writeLayers([...DEFAULT_LAYERS].reverse())).toBeUndefined()
  })

  it('come back as they were written, also when all are off', () => {
    expect(readLayers(writeLayers(['hazards', 'base']))).toEqual(['hazards', 'base'])
    expect(readLayers(writeLayers([]))).toEqual([])
  })

  it('leave out what nobody knows', () => {
    expect(readLayers('sites,volcanoes')).toEqual(['sites'])
  })
})
