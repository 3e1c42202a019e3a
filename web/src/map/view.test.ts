import { describe, expect, it } from 'vitest'
import { anchorOf, boundsOf, isInside, readSelection, readView, writeSelection, writeView } from './view.ts'

describe('the view in the address', () => {
  it('comes back to a metre', () => {
    const view = { zoom: 12.345, center: [125.385401, 43.862104] as [number, number] }
    expect(writeView(view)).toBe('12.35/43.86210/125.38540')
    expect(readView(writeView(view))).toEqual({ zoom: 12.35, center: [125.3854, 43.8621] })
  })

  it('is ignored where it makes no sense', () => {
    for (const text of [
      '',
      '12',
      '12/43',
      '12/43/125/1',
      'a/b/c',
      '12//125',
      '30/43/125',
      '12/95/125',
      undefined,
    ]) {
      expect(readView(text)).toBeNull()
    }
  })
})

describe('the selection in the address', () => {
  const id = '0190b2c4-0000-7000-8000-000000000001'
  it('comes back as it was written', () => {
    expect(readSelection(writeSelection({ kind: 'protectedPlace', id }))).toEqual({
      kind: 'protectedPlace',
      id,
    })
  })
  it('may be a piece of a surface', () => {
    for (const selection of [
      { kind: 'area', id: '220171001' },
      { kind: 'hexagon', id: '500_601_-5609' },
    ] as const) {
      expect(readSelection(writeSelection(selection))).toEqual(selection)
    }
  })
  it('is ignored where it names no thing of ours', () => {
    for (const text of ['hazard', `hazard:${id}x`, 'area:', 'hexagon:500_1', 'hexagon:x_1_2', ':', null])
      expect(readSelection(text)).toBeNull()
  })
})

describe('boxes', () => {
  const point = { type: 'Point' as const, coordinates: [125.4, 43.8] }
  const line = {
    type: 'LineString' as const,
    coordinates: [
      [125.2, 43.9],
      [125.3, 43.7],
    ],
  }
  it('go round all geometries, or are none', () => {
    expect(boundsOf([point, line])).toEqual([125.2, 43.7, 125.4, 43.9])
    expect(boundsOf([{ type: 'GeometryCollection', geometries: [line] }])).toEqual([125.2, 43.7, 125.3, 43.9])
    expect(boundsOf([])).toBeNull()
  })
  it('give a place to show a thing at', () => {
    expect(anchorOf(point)).toEqual([125.4, 43.8])
    expect(anchorOf(line)?.map((value) => Number(value.toFixed(6)))).toEqual([125.25, 43.8])
  })
  it('hold their own edge', () => {
    expect(isInside([125.2, 43.9], [125.2, 43.7, 125.4, 43.9])).toBe(true)
    expect(isInside([125.41, 43.8], [125.2, 43.7, 125.4, 43.9])).toBe(false)
  })
})
