import {
  faultOfDegrees,
  orderProjected,
  readCoordinate,
  readCoordinatePair,
} from '../core/coordinate-text.ts'
import { isGeographic, type LngLat, toWgs84 } from '../core/lnglat.ts'
import { shortenText } from '../core/plain-text.ts'
import type { CoordinateSystem } from '../core/vocabulary.ts'
import { cellText } from './cells.ts'
import type { Corrections, WrittenPlace } from './model.ts'
import type { RowReader } from './row-reader.ts'
import type { Proposal } from './schema.ts'

const DROP: Proposal = {
  action: 'dropCoordinates',
  label: '不带坐标入库（列入未定位）',
  field: null,
  value: null,
}
const SWAP: Proposal = { action: 'swapLngLat', label: '交换两列', field: null, value: null }

const SYSTEM_OF_CORRECTION: Partial<Record<NonNullable<Corrections['place']>, CoordinateSystem>> = {
  readAsGcj02: 'GCJ02',
  readAsBd09: 'BD09',
  readAsWgs84: 'WGS84',
}

/** The coordinates of a row as written, read in the system of the file or as a person corrected it; null: 未定位. */
export function readPlace(
  reader: RowReader,
  fileSystem: CoordinateSystem,
  correction: Corrections['place'],
): WrittenPlace | null {
  if (correction === 'dropCoordinates') return null
  const system = (correction && SYSTEM_OF_CORRECTION[correction]) ?? fileSystem
  const numbers = readNumbers(reader)
  if (!numbers) return null
  const [first, second] = correction === 'swapLngLat' ? [numbers[1], numbers[0]] : numbers
  const text = writtenText(reader)
  return isGeographic(system)
    ? readDegrees(reader, system, first, second, text)
    : readMeters(reader, system, first, second, text)
}

const placeField = (reader: RowReader): string =>
  reader.has('lng') || !reader.has('position') ? 'lng' : 'position'

function writtenText(reader: RowReader): string {
  const parts = ['lng', 'lat', 'position'].map((field) => cellText(reader.raw(field))).filter(Boolean)
  return shortenText(parts.join(','), 200)
}

/** Two columns, or one with both; an empty pair is no fault. */
function readNumbers(reader: RowReader): [number, number] | null {
  const isPair = cellText(reader.raw('lng')) === '' && cellText(reader.raw('lat')) === ''
  const [first, second] = isPair
    ? readCoordinatePair(reader.raw('position'))
    : [readCoordinate(reader.raw('lng')), readCoordinate(reader.raw('lat'))]
  if (first.value !== null && second.value !== null) return [first.value, second.value]
  const isEmpty = (reading: typeof first) => reading.value === null && reading.isEmpty
  if (isEmpty(first) && isEmpty(second)) return null
  const [missing, field] =
    first.value === null ? [first, isPair ? 'position' : 'lng'] : [second, isPair ? 'position' : 'lat']
  if (missing.value !== null) return null
  reader.fault({
    code: missing.isEmpty ? 'COORDINATES_INCOMPLETE' : 'BAD_COORDINATES',
    field,
    reason: missing.isEmpty ? '经度、纬度只填了一个' : missing.reason,
    remedy: '请补全坐标，或先不带坐标入库',
    proposal: DROP,
  })
  return null
}

function readDegrees(
  reader: RowReader,
  system: CoordinateSystem,
  x: number,
  y: number,
  text: string,
): WrittenPlace | null {
  const found = faultOfDegrees([x, y])
  if (!found) return { x, y, system, text }
  const field = placeField(reader)
  if (found.fault === 'SWAPPED') {
    reader.fault({
      code: 'SWAPPED_COORDINATES',
      field,
      reason: `经纬度颠倒：经度应在 ${Math.round(y)} 附近`,
      remedy: '交换两列',
      proposal: SWAP,
      move: { from: null, to: isGeographic(system) ? toWgs84(system, y, x) : [y, x] },
    })
  } else {
    const isMeters = orderProjected(x, y) !== null
    reader.fault({
      code: found.fault === 'ZERO' ? 'ZERO_COORDINATES' : 'COORDINATES_OUT_OF_RANGE',
      field,
      reason: isMeters ? '像是以米为单位的平面坐标，不是经纬度' : found.reason,
      remedy: isMeters
        ? '请把坐标系改为所用的三度带（EPSG:4549–4551、4530）'
        : '请核对坐标，或先不带坐标入库',
      proposal: DROP,
    })
  }
  return null
}

/** The number of the 3-degree zone that Chinese tables put before the easting. */
const ZONE_OF: Partial<Record<CoordinateSystem, number>> = {
  'EPSG:4549': 40,
  'EPSG:4550': 41,
  'EPSG:4551': 42,
  'EPSG:4530': 42,
}
const ZONE_WIDTH = 1_000_000

function readMeters(
  reader: RowReader,
  system: CoordinateSystem,
  first: number,
  second: number,
  text: string,
): WrittenPlace | null {
  const refuse = (reason: string, remedy: string) => {
    reader.fault({
      code: 'COORDINATES_OUT_OF_RANGE',
      field: placeField(reader),
      reason,
      remedy,
      proposal: DROP,
    })
    return null
  }
  if (first === 0 && second === 0) return refuse('坐标都是 0，不是真实位置', '请核对坐标，或先不带坐标入库')
  if (!faultOfDegrees([first, second]) || !faultOfDegrees([second, first])) {
    return refuse('像是经纬度，不是以米为单位的坐标', '请把坐标系改为经纬度的一种')
  }
  const ordered = orderProjected(first, second)
  if (!ordered) return refuse('不像这个投影带的东坐标和北坐标', '请核对坐标和投影带')
  const zone = Math.floor(ordered.east / ZONE_WIDTH)
  const expected = ZONE_OF[system] ?? 0
  if (zone !== 0 && zone !== expected)
    return refuse(`带号 ${zone} 与所选投影带 ${expected} 不符`, '请改选对应的投影带')
  const withinZone = ordered.east - zone * ZONE_WIDTH
  // EPSG:4530 counts the zone's number into the easting, the others do not
  const x = system === 'EPSG:4530' ? withinZone + expected * ZONE_WIDTH : withinZone
  return { x, y: ordered.north, system, text }
}

/** A position in another system than the file says, for testing whether it then lies where the row says. */
export function readAs(place: WrittenPlace, system: 'WGS84' | 'GCJ02' | 'BD09'): LngLat {
  return toWgs84(system, place.x, place.y)
}
