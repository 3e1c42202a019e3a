import type { LngLat } from '../core/lnglat.ts'
import { unprocessable } from './problems.ts'

/** The longitude and latitude of an input point. Throws 422 for a place that nobody means. */
export function readPosition(geometry: { coordinates: readonly number[] }): LngLat {
  const [lng, lat] = geometry.coordinates
  if (lng === undefined || lat === undefined || !isPlace(lng, lat)) {
    throw unprocessable('BAD_POSITION', '坐标不成立：应为经度、纬度，单位度，且不是 (0, 0)')
  }
  return [lng, lat]
}

const isPlace = (lng: number, lat: number): boolean =>
  Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && !(lng === 0 && lat === 0)
