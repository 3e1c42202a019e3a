import { daysBetween } from '../core/calendar.ts'
import {
  RISK_LEVEL_TERMS,
  type RiskLevel,
  SEVERITIES,
  SEVERITY_TERMS,
  type Severity,
} from '../core/vocabulary.ts'
import type { Pressure, PressureWeights, Step } from './pressure-schema.ts'

// a proposal of ours: no standard gives such weights
export const DEFAULT_PRESSURE_WEIGHTS: PressureWeights = {
  level: { 1: 8, 2: 4, 3: 2, 4: 1, none: 2 },
  severity: { general: 1, suspected_major: 3, major: 10 },
  hazardShare: 0.1,
  overduePerDay: 0.05,
  overdueCapDays: 60,
  // the bands of α in GB 18218-2018; the factors are ours
  exposure: [
    { from: 0, factor: 1 },
    { from: 1, factor: 1.1 },
    { from: 30, factor: 1.2 },
    { from: 50, factor: 1.3 },
    { from: 100, factor: 1.5 },
  ],
  drill: [
    { from: 0, factor: 1 },
    { from: 6, factor: 1.1 },
    { from: 12, factor: 1.25 },
    { from: 24, factor: 1.4 },
  ],
}

export interface PressureFacts {
  level: RiskLevel | null
  /** Open hazards that are not late, by severity, and the lateness of each that is. */
  open: Record<Severity, number>
  overdue: { severity: Severity; workingDays: number }[]
  /** People within 500 m; null where they were not counted. */
  exposedPeople: number | null
  lastDrillOn: string | null
  today: string
}

/**
 * 当前压力: where to look first now, beside the inherent level and never mixed with it.
 *
 *   pressure = level × hazards × exposure × drill
 *   hazards  = 1 + share × Σ severity × (1 + perDay × min(overdue working days, cap))
 *
 * A method of this product, not of a standard: every factor is shown with where it comes from, every weight is a setting,
 * and each factor is rounded to two decimals before it counts, so that anybody can work the product out again.
 */
export function pressureOf(facts: PressureFacts, weights: PressureWeights): Pressure {
  const factors = [
    levelFactor(facts, weights),
    hazardFactor(facts, weights),
    exposureFactor(facts, weights),
    drillFactor(facts, weights),
  ]
  return { score: round(factors.reduce((product, { value }) => product * value, 1)), factors }
}

type Factor = Pressure['factors'][number]
/** The small addition keeps 1.005 from falling to 1, where it is 1.00499… in binary. */
const round = (value: number): number => Math.round(value * 100 + 1e-9) / 100

function levelFactor({ level }: PressureFacts, { level: weights }: PressureWeights): Factor {
  const value = round(weights[level ?? 'none'])
  const text = level === null ? '尚未评估' : `${level} 级${RISK_LEVEL_TERMS[level].zh}`
  return { name: 'level', value, text }
}

function hazardFactor(facts: PressureFacts, weights: PressureWeights): Factor {
  const { severity, hazardShare, overduePerDay, overdueCapDays } = weights
  let points = 0
  const parts: string[] = []
  for (const name of SEVERITIES) {
    const late = facts.overdue.filter((hazard) => hazard.severity === name)
    const days = late.map(({ workingDays }) => Math.min(workingDays, overdueCapDays))
    const own =
      facts.open[name] + late.reduce((sum, _hazard, index) => sum + 1 + overduePerDay * (days[index] ?? 0), 0)
    if (own === 0) continue
    points += severity[name] * own
    const count = facts.open[name] + late.length
    const lateness = late.length === 0 ? '' : `（${late.length} 处逾期，计 ${sumOf(days)} 个工作日）`
    parts.push(`${SEVERITY_TERMS[name].zh} ${count} 处×${severity[name]}${lateness}`)
  }
  const value = round(1 + hazardShare * points)
  const text =
    parts.length === 0
      ? '没有未销号隐患'
      : `${parts.join('，')}，合 ${round(points)} 分，1＋${hazardShare}×${round(points)}`
  return { name: 'hazards', value, text }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

function exposureFactor({ exposedPeople }: PressureFacts, { exposure }: PressureWeights): Factor {
  if (exposedPeople === null) {
    return { name: 'exposure', value: 1, text: '500 m 内人数未知，按 1 计' }
  }
  return {
    name: 'exposure',
    value: round(stepOf(exposure, exposedPeople)),
    text: `500 m 内 ${exposedPeople.toLocaleString('en')} 人`,
  }
}

const DAYS_A_MONTH = 365.25 / 12

function drillFactor({ lastDrillOn, today }: PressureFacts, { drill }: PressureWeights): Factor {
  if (lastDrillOn === null) {
    return { name: 'drill', value: round(drill.at(-1)?.factor ?? 1), text: '从未演练' }
  }
  const months = Math.max(0, Math.floor(daysBetween(lastDrillOn, today) / DAYS_A_MONTH))
  return {
    name: 'drill',
    value: round(stepOf(drill, months)),
    text: `上次演练 ${lastDrillOn}，距今 ${months} 个月`,
  }
}

/** The factor of the last step that is reached. */
function stepOf(steps: readonly Step[], value: number): number {
  return steps.findLast((step) => value >= step.from)?.factor ?? 1
}

/** What is wrong with weights, in words for the person who set them; null where nothing is. */
export function weightsFault(weights: PressureWeights): string | null {
  const { level, severity } = weights
  if (!(level[1] >= level[2] && level[2] >= level[3] && level[3] >= level[4])) {
    return '等级权重应由重大到低依次不增'
  }
  if (!(severity.major >= severity.suspected_major && severity.suspected_major >= severity.general)) {
    return '隐患级别权重应由重大到一般依次不增'
  }
  for (const [name, steps] of [
    ['暴露人数', weights.exposure],
    ['演练间隔', weights.drill],
  ] as const) {
    if (steps[0]?.from !== 0) return `${name}分档的第一档应从 0 起`
    const isRising = steps.every((step, index) => index === 0 || step.from > (steps[index - 1]?.from ?? 0))
    if (!isRising) return `${name}分档的起点应依次增大`
    const isMonotone = steps.every(
      (step, index) => index === 0 || step.factor >= (steps[index - 1]?.factor ?? 0),
    )
    if (!isMonotone) return `${name}分档的系数应依次不减`
  }
  return null
}
