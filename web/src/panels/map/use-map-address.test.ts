import { describe, expect, it } from 'vitest'
import { toggleLayer } from '../../map/layer.ts'
import { DEFAULT_LAYERS, readChoice, readLayers, writeLayers } from './use-map-address.ts'

describe('the layers in the address', () => {
  it('are the usual ones without a word, and need none', () => {
    expect(readLayers(undefined)).toEqual(DEFAULT_LAYERS)
    expect(writeLayers([...DEFAULT_LAYERS].reverse())).toBeUndefined()
  })

  it('come back as they were written, also when all are off', () => {
    expect(readLayers(writeLayers(['hazards', 'base']))).toEqual(['hazards', 'base'])
    expect(readLayers(writeLayers([]))).toEqual([])
  })

  it('hold one coloured surface at most', () => {
    expect(readLayers('hexagons,risk-areas,base')).toEqual(['risk-areas', 'base'])
    expect(toggleLayer(['sites', 'hexagons'], 'risk-areas')).toEqual(['sites', 'risk-areas'])
    expect(toggleLayer(['sites', 'risk-areas'], 'risk-areas')).toEqual(['sites'])
    expect(toggleLayer(['hexagons'], 'sites')).toEqual(['sites', 'hexagons'])
  })

  it('leave out what nobody knows', () => {
    expect(readLayers('sites,volcanoes')).toEqual(['sites'])
  })
})

it('a choice that the address misspells is the usual one', () => {
  expect(readChoice('1000', [250, 500, 1000], 500)).toBe(1000)
  expect(readChoice('300', [250, 500, 1000], 500)).toBe(500)
  expect(readChoice(undefined, ['highest', 'share'], 'highest')).toBe('highest')
})
