import { FilterError, readWords } from '../core/filters.ts'
import { RISK_LEVEL_TERMS, RISK_LEVELS, type RiskLevel, type Term } from '../core/vocabulary.ts'
import {
  AREA_RULES,
  type AreaRule,
  DEFAULT_HEXAGON_SIZE,
  HEXAGON_MEASURES,
  HEXAGON_SIZES,
  type HexagonMeasure,
  type HexagonSize,
  type LevelCounts,
  type RatedCounts,
  type RiskMapCounts,
  type RuleTerm,
} from './schema.ts'

/**
 * What one site of a level counts for in a density: each level twice the one below. A convention of this product, not
 * of a standard, hence 待核 wherever it shows.
 */
export const LEVEL_WEIGHTS: Record<RiskLevel, number> = { 1: 8, 2: 4, 3: 2, 4: 1 }

/** From which weight for each square kilometre an area takes a level; below the last it is 低. 待核. */
export const DENSITY_BOUNDS: readonly (readonly [RiskLevel, number])[] = [
  [1, 20],
  [2, 10],
  [3, 5],
]

/** From which share in per cent of 重大 and 较大 among the assessed sites; below the last it is 低. 待核. */
export const SHARE_BOUNDS: readonly (readonly [RiskLevel, number])[] = [
  [1, 30],
  [2, 15],
  [3, 5],
]

const boundsText = (bounds: typeof DENSITY_BOUNDS, unit: string, language: 'zh' | 'en') =>
  bounds
    .map(([level, bound]) => `${RISK_LEVEL_TERMS[level][language]} ≥ ${bound}${unit}`)
    .join(language === 'zh' ? '、' : ', ')
const weightsText = (language: 'zh' | 'en') =>
  RISK_LEVELS.map((level) => `${RISK_LEVEL_TERMS[level][language]} ${LEVEL_WEIGHTS[level]}`).join(
    language === 'zh' ? '、' : ', ',
  )

export const AREA_RULE_TERMS: Record<AreaRule, RuleTerm> = {
  highest: {
    title: { zh: '取最高级', en: 'Highest level' },
    how: {
      zh: '辖区内场所的最高等级就是辖区的等级',
      en: 'The highest level of any site in the area is the level of the area',
    },
    confirmed: false,
  },
  share: {
    title: { zh: '重大与较大占比', en: 'Share of major and considerable' },
    how: {
      zh: `重大与较大场所占已定级场所的百分比：${boundsText(SHARE_BOUNDS, ' %', 'zh')}，其余为低`,
      en: `Sites of major or considerable risk among those assessed: ${boundsText(SHARE_BOUNDS, ' %', 'en')}, else low`,
    },
    confirmed: false,
  },
  weighted: {
    title: { zh: '加权密度', en: 'Weighted density' },
    how: {
      zh: `每平方公里的权重之和（${weightsText('zh')}）：${boundsText(DENSITY_BOUNDS, '', 'zh')}，其余为低`,
      en: `Weights for each km² (${weightsText('en')}): ${boundsText(DENSITY_BOUNDS, '', 'en')}, else low`,
    },
    confirmed: false,
  },
}

export const noCounts = (): RiskMapCounts => ({
  sites: 0,
  levels: { 1: 0, 2: 0, 3: 0, 4: 0, none: 0 },
  hazards: 0,
  openHazards: { general: 0, suspectedMajor: 0, major: 0, overdue: 0 },
})

export function addCounts(one: RiskMapCounts, other: RiskMapCounts): RiskMapCounts {
  const sum = <T extends Record<string, number>>(left: T, right: T): T =>
    Object.fromEntries(Object.entries(left).map(([key, value]) => [key, value + (right[key] ?? 0)])) as T
  return {
    sites: one.sites + other.sites,
    levels: sum(one.levels, other.levels),
    hazards: one.hazards + other.hazards,
    openHazards: sum(one.openHazards, other.openHazards),
  }
}

export const highestLevel = (levels: LevelCounts): RiskLevel | null =>
  RISK_LEVELS.find((level) => levels[level] > 0) ?? null

export const weightOf = (levels: LevelCounts): number =>
  RISK_LEVELS.reduce((sum, level) => sum + LEVEL_WEIGHTS[level] * levels[level], 0)

const assessedOf = (levels: LevelCounts) => RISK_LEVELS.reduce((sum, level) => sum + levels[level], 0)

const levelFrom = (bounds: typeof DENSITY_BOUNDS, value: number): RiskLevel =>
  bounds.find(([, bound]) => value >= bound)?.[0] ?? 4

/** One decimal, cut off: a figure is never rounded up over a bound that it does not reach. */
const cut = (value: number): string => (Math.floor(value * 10 + 1e-9) / 10).toFixed(1)

export interface Facts {
  levels: LevelCounts
  /** null: no area, as outside every area. */
  areaSquareKilometers: number | null
}

/** The level of an area by a rule; null where nothing is assessed, or the rule needs an area and there is none. */
export function levelOfArea(rule: AreaRule, { levels, areaSquareKilometers: area }: Facts): RiskLevel | null {
  const assessed = assessedOf(levels)
  if (assessed === 0) return null
  if (rule === 'highest') return highestLevel(levels)
  if (rule === 'share') return levelFrom(SHARE_BOUNDS, ((levels[1] + levels[2]) * 100) / assessed)
  return area === null || area <= 0 ? null : levelFrom(DENSITY_BOUNDS, weightOf(levels) / area)
}

/** How the level came about, with its numbers. */
export function explainArea(rule: AreaRule, facts: Facts): Term {
  const { levels } = facts
  const level = levelOfArea(rule, facts)
  const rest = restOf(levels.none)
  if (assessedOf(levels) === 0) {
    return levels.none === 0
      ? { zh: '没有符合条件的场所，不着色', en: 'No site matches the filter: no colour' }
      : {
          zh: `${levels.none} 处场所都未定级，不着色`,
          en: `None of the ${levels.none} sites is assessed: no colour`,
        }
  }
  if (level === null) {
    return { zh: `没有面积，不能按密度定级${rest.zh}`, en: `No area to take a density of${rest.en}` }
  }
  const reason =
    rule === 'highest' ? highestReason(levels, level) : rule === 'share' ? shareReason(levels, level) : null
  const { zh, en } = reason ?? densityReason(facts, level)
  return { zh: zh + rest.zh, en: en + rest.en }
}

const restOf = (none: number): Term =>
  none === 0
    ? { zh: '', en: '' }
    : { zh: `；另有 ${none} 处未定级，未计入`, en: `; ${none} not assessed left out` }

const levelWord = (level: RiskLevel): Term => ({
  zh: `${RISK_LEVEL_TERMS[level].zh}风险`,
  en: `${RISK_LEVEL_TERMS[level].en.toLowerCase()} risk`,
})

function highestReason(levels: LevelCounts, level: RiskLevel): Term {
  const word = levelWord(level)
  const n = levels[level]
  return {
    zh: `有 ${n} 处${word.zh}场所，取最高级`,
    en: `${n} ${n === 1 ? 'site' : 'sites'} of ${word.en}, the highest level counts`,
  }
}

function shareReason(levels: LevelCounts, level: RiskLevel): Term {
  const grave = levels[1] + levels[2]
  const assessed = assessedOf(levels)
  const percent = cut((grave * 100) / assessed)
  const verdict = verdictOf(SHARE_BOUNDS, level, ' %')
  return {
    zh: `重大与较大 ${grave}／${assessed} 处，占 ${percent} %，${verdict.zh}`,
    en: `${grave} of ${assessed} major or considerable, ${percent} %: ${verdict.en}`,
  }
}

function densityReason({ levels, areaSquareKilometers }: Facts, level: RiskLevel): Term {
  const area = areaSquareKilometers ?? 0
  const weight = weightOf(levels)
  const terms = RISK_LEVELS.filter((one) => levels[one] > 0)
    .map((one) => `${levels[one]}×${LEVEL_WEIGHTS[one]}`)
    .join('＋')
  const verdict = verdictOf(DENSITY_BOUNDS, level, '')
  const sum = `${terms}＝${weight}`
  return {
    zh: `权重 ${sum}，面积 ${area.toFixed(2)} km²，每平方公里 ${cut(weight / area)}，${verdict.zh}`,
    en: `Weight ${sum}, ${area.toFixed(2)} km², ${cut(weight / area)} for each km²: ${verdict.en}`,
  }
}

function verdictOf(bounds: typeof DENSITY_BOUNDS, level: RiskLevel, unit: string): Term {
  const bound = bounds.find(([reached]) => reached === level)?.[1]
  const least = bounds.at(-1)?.[1] ?? 0
  const { zh, en } = RISK_LEVEL_TERMS[level]
  return bound === undefined
    ? { zh: `不到 ${least}${unit}，为${zh}`, en: `below ${least}${unit}, ${en.toLowerCase()}` }
    : { zh: `达到${zh}的 ${bound}${unit}`, en: `reaches ${bound}${unit}, ${en.toLowerCase()}` }
}

/** Counts with the level that a rule gives them. */
export function rate(
  rule: AreaRule,
  counts: RiskMapCounts,
  areaSquareKilometers: number | null,
): RatedCounts {
  const facts = { levels: counts.levels, areaSquareKilometers }
  const weight = weightOf(counts.levels)
  return {
    ...counts,
    level: levelOfArea(rule, facts),
    weight,
    density: areaSquareKilometers ? weight / areaSquareKilometers : null,
    areaSquareKilometers,
    why: explainArea(rule, facts).zh,
  }
}

/** The surface of a regular hexagon with this side. */
export const hexagonAreaSquareKilometers = (size: HexagonSize): number =>
  ((3 * Math.sqrt(3)) / 2) * (size / 1000) ** 2

export interface HexagonKey {
  size: HexagonSize
  i: number
  j: number
}
export const writeHexagonId = ({ size, i, j }: HexagonKey): string => `${size}_${i}_${j}`

/** The hexagon that an id names, or null if it names none. */
export function readHexagonId(id: string): HexagonKey | null {
  const [, edge, i, j] = /^(\d{3,4})_(-?\d{1,6})_(-?\d{1,6})$/.exec(id) ?? []
  const size = HEXAGON_SIZES.find((known) => String(known) === edge)
  return size === undefined ? null : { size, i: Number(i), j: Number(j) }
}

type Query = Record<string, unknown>

export const readAreaRule = (query: Query): AreaRule => readOne(query, 'rule', AREA_RULES, 'highest')
export const readHexagonSize = (query: Query): HexagonSize =>
  readOne(query, 'size', HEXAGON_SIZES, DEFAULT_HEXAGON_SIZE)
export const readHexagonMeasure = (query: Query): HexagonMeasure =>
  readOne(query, 'measure', HEXAGON_MEASURES, 'risk')

/** For who passes the words on to the page that reads them. Throws FilterError. */
export function assertRiskMapChoice(query: Query): void {
  readAreaRule(query)
  readHexagonSize(query)
  readHexagonMeasure(query)
}

/** One of the known words. Throws FilterError. */
function readOne<T extends string | number>(query: Query, name: string, known: readonly T[], usual: T): T {
  const [first, ...more] = readWords(query, name, known) ?? [usual]
  if (more.length > 0) throw new FilterError(name, String(query[name]), '只能写一个', known.map(String))
  return first ?? usual
}
