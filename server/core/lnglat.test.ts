import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceMeters, fromWgs84, type LngLat, toWgs84, windOf } from './lnglat.ts'

const CHANGCHUN: LngLat = [125.38, 43.86]

describe('coordinate systems', () => {
  it('leaves WGS84 and CGCS2000 as they are', () => {
    expect(toWgs84('WGS84', ...CHANGCHUN)).toEqual(CHANGCHUN)
    expect(toWgs84('CGCS2000', ...CHANGCHUN)).toEqual(CHANGCHUN)
  })

  it('shifts Changchun by 603 m to the north-east in GCJ-02', () => {
    const shifted = fromWgs84('GCJ02', ...CHANGCHUN)
    expect(Math.round(distanceMeters(CHANGCHUN, shifted))).toBe(603)
    expect(windOf(CHANGCHUN, shifted)).toBe('东北')
    expect(windOf(shifted, CHANGCHUN)).toBe('西南')
  })

  it('turns GCJ-02 and BD-09 back to within a millimetre anywhere in the city', () => {
    const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(
        degrees(124.5, 127),
        degrees(43, 45),
        fc.constantFrom('GCJ02', 'BD09'),
        (lng, lat, system) => {
          const back = toWgs84(system, ...fromWgs84(system, lng, lat))
          return distanceMeters(back, [lng, lat]) < 0.001
        },
      ),
    )
  })
})

describe('distance', () => {
  // PostGIS: select ST_Distance('point(125.38 43.86)'::geography, 'point(125.66 44.05)'::geography), and to Beijing
  it('agrees with the geodesic of PostGIS', () => {
    expect(distanceMeters(CHANGCHUN, [125.66, 44.05])).toBeCloseTo(30834.867, 1)
    expect(Math.abs(distanceMeters(CHANGCHUN, [116.4, 39.9]) - 864760.7)).toBeLessThan(5)
    expect(distanceMeters(CHANGCHUN, CHANGCHUN)).toBe(0)
  })
})
