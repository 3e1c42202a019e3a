import type { SubstanceInput } from '../assess-schema.ts'
import { RiskInputError } from './error.ts'
import { asText, type Exact, exact } from './exact.ts'

/** Tonnes of one unit of mass, or of volume at a density of 1 kg/m³. */
const MASS: Record<string, number> = { t: 1, kg: 0.001, g: 0.000_001 }
const VOLUME: Record<string, number> = { 'm³': 0.001, L: 0.000_001 }
export const AMOUNT_UNITS = [...Object.keys(MASS), ...Object.keys(VOLUME)]

const SPELLINGS: Record<string, string> = {
  吨: 't',
  公吨: 't',
  千克: 'kg',
  公斤: 'kg',
  克: 'g',
  立方米: 'm³',
  立方: 'm³',
  m3: 'm³',
  升: 'L',
  l: 'L',
}

/** More is a slip of the pen: no plant holds ten million tonnes. */
export const MOST_TONNES = 10_000_000
/** kg/m³: from light gases to mercury and beyond. */
const DENSITIES = { from: 0.01, to: 25_000 } as const

export interface Amount {
  tonnes: Exact
  /** As entered, where not in tonnes: 20000 kg. */
  written: string | null
}

/** Where in the request a fault lies: the words for the person, and the path of the field for the form. */
export interface Place {
  words: string
  path: string
}

/** The stock of a substance in tonnes. Throws RiskInputError for what cannot be one. */
export function readAmount(input: SubstanceInput, place: Place): Amount {
  const { tonnes, amount } = input
  if (tonnes !== undefined && amount !== undefined) {
    throw refusal(place, 'tonnes', 'MIXED_UNITS', '同时写了 tonnes 和 amount，请只写一个：吨数，或数量加单位')
  }
  if (tonnes === undefined && amount === undefined) {
    throw refusal(place, 'tonnes', 'NO_QUANTITY', '没有填数量，请填设计最大量（t，或数量加单位）')
  }
  if (tonnes !== undefined) {
    if (input.unit !== undefined && unitOf(input.unit) !== 't') {
      throw refusal(
        place,
        'unit',
        'MIXED_UNITS',
        `吨数旁写了单位「${input.unit}」，请把数量写在 amount，或去掉单位`,
      )
    }
    return { tonnes: checkTonnes(tonnes, exactOf(tonnes), String(tonnes), 'tonnes', place), written: null }
  }
  const value = amount ?? 0
  const unit = readUnit(input.unit, place)
  const written = `${value} ${unit}`
  const mass = MASS[unit]
  if (mass !== undefined) {
    const inTonnes = exactOf(value).mul(exact(mass))
    return {
      tonnes: checkTonnes(value, inTonnes, written, 'amount', place),
      written: unit === 't' ? null : written,
    }
  }
  const density = readDensity(input.densityKgPerM3, unit, place)
  const inTonnes = exactOf(value)
    .mul(exact(VOLUME[unit] ?? 0))
    .mul(exact(density))
  return {
    tonnes: checkTonnes(value, inTonnes, written, 'amount', place),
    written: `${written} × ${density} kg/m³`,
  }
}

const exactOf = (value: number): Exact => exact(Number.isFinite(value) ? value : 0)
/** NFKC makes m3 of m³ and kg of ㎏. */
const unitOf = (text: string): string => {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  return SPELLINGS[plain] ?? plain
}

function readUnit(text: string | undefined, place: Place): string {
  const unit = unitOf(text ?? '')
  if (AMOUNT_UNITS.includes(unit)) return unit
  const message = unit === '' ? '数量没有写单位' : `单位「${text}」不认识`
  throw refusal(place, 'unit', 'UNKNOWN_UNIT', `${message}，可用：${AMOUNT_UNITS.join('、')}`, AMOUNT_UNITS)
}

function readDensity(density: number | undefined, unit: string, place: Place): number {
  if (density === undefined) {
    throw refusal(
      place,
      'densityKgPerM3',
      'NO_DENSITY',
      `以 ${unit} 计的数量要有密度（kg/m³）才能换算成吨，请补上，或改填吨数`,
    )
  }
  const isPossible = Number.isFinite(density) && density >= DENSITIES.from && density <= DENSITIES.to
  if (isPossible) return density
  throw refusal(
    place,
    'densityKgPerM3',
    'BAD_DENSITY',
    `密度「${density}」应在 ${DENSITIES.from}～${DENSITIES.to} kg/m³ 之间`,
  )
}

function checkTonnes(value: number, tonnes: Exact, written: string, parameter: string, place: Place): Exact {
  if (!Number.isFinite(value) || value <= 0) {
    throw refusal(place, parameter, 'BAD_QUANTITY', `数量「${written}」应是大于 0 的数`)
  }
  if (tonnes.gt(MOST_TONNES)) {
    const text = written === String(value) ? `${written} t` : `${written}（${asText(tonnes)} t）`
    throw refusal(
      place,
      parameter,
      'ABSURD_QUANTITY',
      `数量 ${text} 超过 ${MOST_TONNES.toLocaleString('en')} t，请核对单位`,
    )
  }
  return tonnes
}

export function refusal(
  place: Place,
  parameter: string,
  code: string,
  message: string,
  allowed: readonly string[] = [],
  nearest: readonly string[] = [],
): RiskInputError {
  return new RiskInputError(`${place.path}.${parameter}`, `${place.words}：${message}`, {
    code,
    allowed,
    nearest,
  })
}
