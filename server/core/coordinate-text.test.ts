import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOfDegrees, orderProjected, readCoordinate, readCoordinatePair } from './coordinate-text.ts'

const roundedValueOf = (cell: unknown) => {
  const { value } = readCoordinate(cell)
  return value === null ? null : Number(value.toFixed(6))
}

describe('reading a coordinate', () => {
  it.each([
    [125.38, 125.38],
    ['125.38', 125.38],
    [' 125.38° ', 125.38],
    ['１２５．３８', 125.38],
    ['E125.38', 125.38],
    ['125.38E', 125.38],
    ['东经125.38', 125.38],
    ['经度：125.38', 125.38],
    ['125°23′07.4″E', 125.385389],
    ['125°23\'07.4"', 125.385389],
    ["125°23'07.4''", 125.385389],
    ['125度23分7.4秒', 125.385389],
    ['东经125度23分7.4秒', 125.385389],
    ['125°23.5′', 125.391667],
    ['125 ° 23 ′ 07.4 ″', 125.385389],
    ['１２５°２３′０７．４″', 125.385389],
    ['W125.38', -125.38],
    ['-43.5', -43.5],
    ['43°51′36″N', 43.86],
    [450884.2209, 450884.2209],
  ])('reads %s', (cell, value) => {
    expect(roundedValueOf(cell)).toBe(value)
  })

  it.each(['', '  ', null, undefined, '无', '-', '/'])('takes %j for an empty cell', (cell) => {
    expect(readCoordinate(cell)).toEqual({ value: null, isEmpty: true, reason: '没有填写' })
  })

  it.each([
    ['NaN', '「NaN」不是坐标'],
    [Number.NaN, '不是数'],
    [Number.POSITIVE_INFINITY, '不是数'],
    ['125°75′', '分、秒应小于 60'],
    ['路口东侧', '「路口东侧」不是坐标'],
    ["'; drop table hazards; --", "「'; drop table hazards; --」不是坐标"],
    ['1'.repeat(10_000), '文字太长，不是坐标'],
    [true, '不是坐标'],
  ])('refuses %s', (cell, reason) => {
    expect(readCoordinate(cell)).toEqual({ value: null, isEmpty: false, reason })
  })

  it('never throws and never answers a number that is not finite', () => {
    fc.assert(
      fc.property(fc.anything(), (cell) => {
        const { value } = readCoordinate(cell)
        return value === null || Number.isFinite(value)
      }),
    )
  })
})

describe('reading a pair in one cell', () => {
  it.each([
    '125.38,43.86',
    '125.38，43.86',
    '125.38、43.86',
    '125.38 43.86',
    '125.38;43.86',
    'E125.38 N43.86',
    'N43.86,E125.38',
    '北纬43.86，东经125.38',
    '125°22′48″E，43°51′36″N',
    '125°22′48″ 43°51′36″',
    'E125° 22′ 48″ N43° 51′ 36″',
  ])('reads %s', (cell) => {
    const [lng, lat] = readCoordinatePair(cell)
    expect([roundedValueOf(lng.value), roundedValueOf(lat.value)]).toEqual([125.38, 43.86])
  })

  it('leaves the order as it stands when no axis is named', () => {
    expect(readCoordinatePair('43.86,125.38').map((reading) => reading.value)).toEqual([43.86, 125.38])
  })

  it.each([['125.38'], ['125.38,43.86,12'], [125.38]])('refuses %s', (cell) => {
    expect(readCoordinatePair(cell)[0]).toMatchObject({ value: null, reason: '一格里应有经度和纬度两个数' })
  })
})

describe('positions', () => {
  it('knows why a pair of degrees is not a position', () => {
    expect(faultOfDegrees([125.38, 43.86])).toBeNull()
    expect(faultOfDegrees([0, 0])?.fault).toBe('ZERO')
    expect(faultOfDegrees([43.86, 125.38])?.fault).toBe('SWAPPED')
    expect(faultOfDegrees([450884, 4855903])?.fault).toBe('OUT_OF_RANGE')
    expect(faultOfDegrees([12.5, 41.9])).toEqual({ fault: 'OUT_OF_RANGE', reason: '不在中国境内' })
  })

  it('tells easting from northing by size, with and without the zone in front', () => {
    expect(orderProjected(4855903.7, 450884.2)).toEqual({ east: 450884.2, north: 4855903.7 })
    expect(orderProjected(450884.2, 4855903.7)).toEqual({ east: 450884.2, north: 4855903.7 })
    expect(orderProjected(42450884.2, 4855903.7)).toEqual({ east: 42450884.2, north: 4855903.7 })
    expect(orderProjected(125.38, 43.86)).toBeNull()
  })
})
