import type { Bounds } from '../../map/view.ts'
import { mercatorX, mercatorY, type Size } from './scale.ts'

export interface Tick {
  /** Pixels from the left edge for a meridian, from the upper edge for a parallel. */
  at: number
  /** 125°24′ */
  label: string
}

/** Steps in seconds of arc. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000]
const TICKS = 5

/** Where round meridians and parallels meet the frame of a map that is north up. */
export function graticuleOf(bounds: Bounds, size: Size): { meridians: Tick[]; parallels: Tick[] } {
  const [west, south, east, north] = bounds
  // one step for both, from the narrower side, so that the mesh is even
  const step = stepOf(Math.min(east - west, north - south))
  const x = (lng: number) =>
    ((mercatorX(lng) - mercatorX(west)) / (mercatorX(east) - mercatorX(west))) * size.width
  const y = (lat: number) =>
    ((mercatorY(lat) - mercatorY(north)) / (mercatorY(south) - mercatorY(north))) * size.height
  return {
    meridians: roundBetween(west, east, step).map((seconds) => ({
      at: x(seconds / 3600),
      label: labelOf(seconds, step),
    })),
    parallels: roundBetween(south, north, step).map((seconds) => ({
      at: y(seconds / 3600),
      label: labelOf(seconds, step),
    })),
  }
}

function stepOf(degrees: number): number {
  const wanted = (degrees * 3600) / TICKS
  return STEPS.find((step) => step >= wanted) ?? 36_000
}

function roundBetween(from: number, to: number, step: number): number[] {
  const first = Math.ceil((from * 3600) / step) * step
  const count = Math.max(0, Math.floor((to * 3600 - first) / step) + 1)
  return Array.from({ length: count }, (_, index) => first + index * step)
}

function labelOf(seconds: number, step: number): string {
  const whole = Math.abs(seconds)
  const parts = [`${Math.floor(whole / 3600)}°`]
  if (step < 3600) parts.push(`${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}′`)
  if (step < 60) parts.push(`${String(whole % 60).padStart(2, '0')}″`)
  return parts.join('')
}
