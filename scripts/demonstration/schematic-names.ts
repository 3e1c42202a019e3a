import type { LngLat } from './plane.ts'
import type { Street } from './schematic-streets.ts'

export interface NamedStreet extends Street {
  coordinates: LngLat[]
  name: string
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 to 999 as a street sign writes it: 十二, 二十, 一百零三. */
export function toChineseNumber(value: number): string {
  const hundreds = Math.floor(value / 100)
  const tens = Math.floor((value % 100) / 10)
  const ones = value % 10
  const tensText = tens === 0 ? '' : tens === 1 && hundreds === 0 ? '十' : `${DIGITS[tens]}十`
  const filler = hundreds > 0 && tens === 0 && ones > 0 ? '零' : ''
  return `${hundreds > 0 ? `${DIGITS[hundreds]}百` : ''}${tensText}${filler}${DIGITS[ones]}`
}

/**
 * Numbers the streets of each unit from north to south (路) and from west to east (街): 示意东三街. A street on a border
 * belongs to two units and has no compass word: 示意一大路.
 */
export function nameStreets(
  streets: (Street & { coordinates: LngLat[] })[],
  prefixes: Map<string, string>,
): NamedStreet[] {
  const counters = new Map<string, number>()
  const inOrder = streets.toSorted((a, b) => placeOf(a) - placeOf(b))
  const names = new Map<Street, string>()
  for (const street of inOrder) {
    const prefix = street.isBorder ? '' : (prefixes.get(street.areaCode) ?? '')
    const kind = street.axis === 'row' ? '路' : '街'
    const number = (counters.get(prefix + kind) ?? 0) + 1
    counters.set(prefix + kind, number)
    const size = street.rank === 'arterial' ? '大' : ''
    names.set(street, `示意${prefix}${toChineseNumber(number)}${size}${kind}`)
  }
  return streets.map((street) => ({ ...street, name: names.get(street) ?? '' }))
}

function placeOf(street: Street & { coordinates: LngLat[] }): number {
  const [lng, lat] = street.coordinates[Math.floor(street.coordinates.length / 2)] ?? [0, 0]
  return street.axis === 'row' ? -lat : lng
}
