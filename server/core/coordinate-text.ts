import type { LngLat } from './lnglat.ts'
import { narrowText, shortenText } from './plain-text.ts'

/** A number read from a cell, or why it is none. `isEmpty` tells an empty cell from a wrong one. */
export type CoordinateReading =
  | { value: number; axis: 'lng' | 'lat' | null }
  | { value: null; isEmpty: boolean; reason: string }

const MAX_LENGTH = 200
const EMPTY = { value: null, isEmpty: true, reason: '没有填写' } as const
const refuse = (reason: string) => ({ value: null, isEmpty: false, reason }) as const

const NUMBER = String.raw`\d{1,9}(?:\.\d{1,15})?`
const DEGREES = new RegExp(`^(${NUMBER})(?:[°度d](?:(${NUMBER})['分m](?:(${NUMBER})["秒s]?)?)?)?$`, 'i')

/** Reads one coordinate: a number, or a text in decimal or in degrees, minutes and seconds. */
export function readCoordinate(cell: unknown): CoordinateReading {
  if (cell === null || cell === undefined) return EMPTY
  if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell, axis: null } : refuse('不是数')
  if (typeof cell !== 'string') return refuse('不是坐标')
  if (cell.length > MAX_LENGTH) return refuse('文字太长，不是坐标')
  const text = normalize(cell)
  if (text === '' || /^(无|none|null|n\/a|-+|—+|\/)$/i.test(text)) return EMPTY
  return readNormalized(text, cell)
}

/** Reads two coordinates written in one cell, such as `125.38,43.86` or `E125°23′07″ N43°51′36″`, as they stand. */
export function readCoordinatePair(cell: unknown): [CoordinateReading, CoordinateReading] {
  if (typeof cell !== 'string') {
    const reading = readCoordinate(cell)
    return [reading.value === null ? reading : refuse('一格里应有经度和纬度两个数'), EMPTY]
  }
  if (cell.length > MAX_LENGTH) return [refuse('文字太长，不是坐标'), EMPTY]
  const parts = splitPair(cell)
  if (parts.length === 0) return [EMPTY, EMPTY]
  const [first, second] = parts.map((part) => readCoordinate(part))
  if (parts.length !== 2 || !first || !second) return [refuse('一格里应有经度和纬度两个数'), EMPTY]
  // a text that names its axes may hold latitude first
  if (first.value !== null && second.value !== null && first.axis === 'lat' && second.axis !== 'lat') {
    return [second, first]
  }
  return [first, second]
}

function splitPair(cell: string): string[] {
  const text = narrowText(cell).trim()
  if (text === '') return []
  const byMark = text
    .split(/[,;、，；|\n\t]+/)
    .map((part) => part.trim())
    .filter(Boolean)
  if (byMark.length !== 1) return byMark
  // with blanks between as well as within degrees, the letters or the degree signs show where the second begins
  const degrees = text.match(
    /[EWNS东西北南]?[经纬]?[度:]?\s*-?\d+(?:\.\d+)?\s*[°度]\s*(?:\d+(?:\.\d+)?\s*['′’分]\s*(?:\d+(?:\.\d+)?\s*["″”秒]?)?)?\s*(?:[EWNS](?!\s*\d))?/gi,
  )
  if (degrees && degrees.length > 1) return degrees
  return text.split(/\s+/).filter(Boolean)
}

function normalize(cell: string): string {
  return narrowText(cell)
    .replace(/\s+/g, '')
    .replace(/[º˚]/g, '°')
    .replace(/''|′′|’’|‘‘|[″”“]/g, '"')
    .replace(/[′’‘`´]/g, "'")
}

/** Letters and words for the axis and the half of the globe, before or after the number. */
const AXES: { pattern: RegExp; axis: 'lng' | 'lat'; sign: 1 | -1 }[] = [
  { pattern: /^(?:东经|e)[:=]?|e$/i, axis: 'lng', sign: 1 },
  { pattern: /^(?:西经|w)[:=]?|w$/i, axis: 'lng', sign: -1 },
  { pattern: /^(?:北纬|n)[:=]?|n$/i, axis: 'lat', sign: 1 },
  { pattern: /^(?:南纬|s)[:=]?/i, axis: 'lat', sign: -1 },
  { pattern: /^(?:经度|lng|lon)[:=]?/i, axis: 'lng', sign: 1 },
  { pattern: /^(?:纬度|lat)[:=]?/i, axis: 'lat', sign: 1 },
]

function readNormalized(text: string, original: string): CoordinateReading {
  const named = AXES.find(({ pattern }) => pattern.test(text))
  const bare = named ? text.replace(named.pattern, '') : text
  const isNegative = bare.startsWith('-')
  const match = DEGREES.exec(bare.replace(/^[+-]/, ''))
  if (!match) return refuse(`「${shortenText(original, 40)}」不是坐标`)
  const [, degrees = '', minutes = '0', seconds = '0'] = match
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return refuse('分、秒应小于 60')
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600
  const sign = (named?.sign ?? 1) * (isNegative ? -1 : 1)
  return { value: sign * size, axis: named?.axis ?? null }
}

export type PositionFault = 'ZERO' | 'OUT_OF_RANGE' | 'SWAPPED'

/** Why a pair of degrees cannot be a position in China, or null. */
export function faultOfDegrees([lng, lat]: LngLat): { fault: PositionFault; reason: string } | null {
  if (lng === 0 && lat === 0) return { fault: 'ZERO', reason: '经纬度都是 0，不是真实位置' }
  const isLng = (value: number) => value >= 73 && value <= 136
  const isLat = (value: number) => value >= 3 && value <= 54
  if (isLng(lng) && isLat(lat)) return null
  if (isLng(lat) && isLat(lng)) return { fault: 'SWAPPED', reason: '经纬度颠倒：经度应在前' }
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
    return { fault: 'OUT_OF_RANGE', reason: '超出经纬度范围，可能是米为单位的坐标' }
  }
  return { fault: 'OUT_OF_RANGE', reason: '不在中国境内' }
}

/**
 * Easting and northing from two numbers in metres: tables in China call the north one X. At our latitudes a northing is
 * 3 to 6 million and an easting below one million, or eight digits with its zone in front, so size tells which is which.
 */
export function orderProjected(first: number, second: number): { east: number; north: number } | null {
  const isNorth = (value: number) => value >= 2_000_000 && value <= 6_500_000
  const isEast = (value: number) =>
    (value >= 100_000 && value < 1_000_000) || (value >= 13_000_000 && value < 46_000_000)
  if (isEast(first) && isNorth(second)) return { east: first, north: second }
  if (isNorth(first) && isEast(second)) return { east: second, north: first }
  return null
}
