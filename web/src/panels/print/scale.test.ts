import { describe, expect, it } from 'vitest'
import { graticuleOf } from './graticule.ts'
import {
  barOf,
  boundsOfView,
  denominatorOf,
  MILLIMETERS_PER_PIXEL,
  roundDenominator,
  viewOfExtent,
  zoomOf,
} from './scale.ts'

/** Length of a degree on the GRS 80 ellipsoid at 43.86° N, by the series of the textbook. */
const LAT = 43.86
const phi = (LAT * Math.PI) / 180
const EAST_WEST = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi)
const NORTH_SOUTH = 111_132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi)

describe('the scale of a sheet', () => {
  it('is true on the ground within one in a hundred, across and up', () => {
    for (const denominator of [2_500, 25_000, 100_000]) {
      const size = { width: 1200, height: 800 }
      const view = { center: [125.4, LAT] as [number, number], zoom: zoomOf(denominator, LAT) }
      const [west, south, east, north] = boundsOfView(view, size)
      const across = ((size.width * MILLIMETERS_PER_PIXEL) / 1000) * denominator
      const up = ((size.height * MILLIMETERS_PER_PIXEL) / 1000) * denominator
      expect(Math.abs(((east - west) * EAST_WEST) / across - 1)).toBeLessThan(0.01)
      expect(Math.abs(((north - south) * NORTH_SOUTH) / up - 1)).toBeLessThan(0.01)
    }
  })

  it('has a bar whose millimetres times n are its metres', () => {
    for (const denominator of [500, 12_500, 25_000, 60_000, 1_000_000]) {
      const { meters, millimeters } = barOf(denominator, 60)
      expect(millimeters).toBeLessThanOrEqual(60)
      expect(millimeters).toBeGreaterThan(20)
      expect(Math.abs((millimeters * denominator) / 1000 - meters) / meters).toBeLessThan(0.01)
    }
    // 60 mm at 1 : 25 000 are 1500 m: 1 km fits, which is 40 mm
    expect(barOf(25_000, 60)).toEqual({ meters: 1000, millimeters: 40 })
  })

  it('is round and never larger than asked', () => {
    expect(roundDenominator(24_318)).toBe(25_000)
    expect(roundDenominator(25_000)).toBe(25_000)
    expect(roundDenominator(80_001)).toBe(100_000)
    expect(roundDenominator(1)).toBe(500)
  })

  it('turns into a zoom and back', () => {
    expect(denominatorOf(zoomOf(50_000, LAT), LAT)).toBeCloseTo(50_000, 6)
  })

  it('shows the whole box that was asked for', () => {
    const size = { width: 1234, height: 789 }
    for (const box of [
      [125.3, 43.7, 125.6, 43.9],
      [125.4, 43.8, 125.41, 43.95],
      [125.4, 43.86, 125.4, 43.86],
    ] as const) {
      const view = viewOfExtent([...box], size)
      const [west, south, east, north] = boundsOfView(view, size)
      expect(west).toBeLessThanOrEqual(box[0] + 1e-9)
      expect(south).toBeLessThanOrEqual(box[1] + 1e-9)
      expect(east).toBeGreaterThanOrEqual(box[2] - 1e-9)
      expect(north).toBeGreaterThanOrEqual(box[3] - 1e-9)
      expect(view.denominator).toBe(roundDenominator(view.denominator))
    }
  })
})

describe('the mesh of a sheet', () => {
  it('stands on round minutes, with the outermost inside the frame', () => {
    const { meridians, parallels } = graticuleOf([125.3, 43.7, 125.6, 43.9], { width: 900, height: 600 })
    // the lesser side is 12′: a fifth of it is 2′24″, and the next round step is 5′
    expect(meridians.map(({ label }) => label)).toEqual(['125°20′', '125°25′', '125°30′', '125°35′'])
    expect(parallels.map(({ label }) => label)).toEqual(['43°45′', '43°50′'])
    expect(meridians[0]?.at).toBeCloseTo(100, 6)
    // the parallel in the south lies lower on the sheet
    expect(parallels[0]?.at).toBeGreaterThan(parallels[1]?.at ?? 0)
  })

  it('names seconds where minutes would be too coarse', () => {
    const { meridians } = graticuleOf([125.4, 43.86, 125.402, 43.862], { width: 300, height: 400 })
    expect(meridians.map(({ label }) => label)).toEqual([
      '125°24′00″',
      '125°24′02″',
      '125°24′04″',
      '125°24′06″',
    ])
  })
})
