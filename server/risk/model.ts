import type { RiskLevel, RiskMethod } from '../core/vocabulary.ts'
import type { Arithmetic } from './assess-schema.ts'
import type { ThresholdSet } from './methods/bands.ts'
import { RiskInputError } from './methods/error.ts'
import { assessLec, LEC, lecThresholds, type Scored } from './methods/lec.ts'
import { assessLs, LS } from './methods/ls.ts'
import { DEFAULT_METHOD_SETTINGS, lsThresholds, type MethodSettings } from './methods/settings.ts'

export { RiskInputError } from './methods/error.ts'
export { LEC } from './methods/lec.ts'
export { LS } from './methods/ls.ts'
export type { ScaleValue } from './methods/scale.ts'

export interface Assessment {
  method: RiskMethod
  /** Only what the method takes, so that a record holds nothing that did not count. */
  inputs: Record<string, number | string>
  score: number | null
  level: RiskLevel
  formula: string
  /** The set that gave the level, to be kept with it; null for judgements. */
  thresholdSet: ThresholdSet | null
}

/**
 * Assesses a risk as a list of risks holds it: `lec` takes L, E, C; `ls` takes L, S; `direct` takes `level` and the
 * `reason` of whoever judged. Thresholds are those in force. Throws RiskInputError for what the method does not offer.
 */
export function assessRisk(
  method: RiskMethod,
  inputs: Record<string, unknown>,
  settings: MethodSettings = DEFAULT_METHOD_SETTINGS,
): Assessment {
  if (method === 'lec') {
    const thresholds = lecThresholds(settings.lecEndsGoTo)
    return ofScore(method, assessLec(inputs, thresholds), thresholds)
  }
  const lsSet = lsThresholds(settings)
  if (method === 'ls' && lsSet) return ofScore(method, assessLs(inputs, lsSet), lsSet)
  if (method === 'direct') return judgeDirectly(inputs)
  throw new RiskInputError(
    'method',
    '这一方法要有单元和物质，请在评估页计算；清单里请用 LEC、LS 或直接判定',
    {
      code: 'METHOD_NEEDS_UNITS',
      allowed: ['lec', 'ls', 'direct'],
    },
  )
}

const ofScore = (method: RiskMethod, scored: Scored, thresholdSet: ThresholdSet): Assessment => {
  const { inputs, score, level, formula } = scored
  return { method, inputs, score, level, formula, thresholdSet }
}

function judgeDirectly(inputs: Record<string, unknown>): Assessment {
  const { level, reason } = inputs
  if (level !== 1 && level !== 2 && level !== 3 && level !== 4) {
    throw new RiskInputError('level', `等级「${level ?? ''}」应为 1 重大、2 较大、3 一般、4 低`, {
      code: 'BAD_LEVEL',
      allowed: [1, 2, 3, 4],
    })
  }
  const text = typeof reason === 'string' ? reason.trim() : ''
  const kept: Record<string, number | string> = text === '' ? { level } : { level, reason: text }
  return {
    method: 'direct',
    inputs: kept,
    score: null,
    level,
    formula: formulaOf({ method: 'direct', inputs: kept, score: null }),
    thresholdSet: null,
  }
}

/** The arithmetic of a risk as one line: D=6×6×15=540, R=1.5×2×1.8=5.4, or whose judgement it was. */
export function formulaOf(risk: {
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  arithmetic?: Arithmetic | null | undefined
}): string {
  const { method, inputs, score, arithmetic } = risk
  if (arithmetic?.formula) return arithmetic.formula
  if (method === 'direct') {
    return typeof inputs.reason === 'string' && inputs.reason !== ''
      ? `直接判定：${inputs.reason}`
      : '直接判定，没有写理由'
  }
  const symbol = method === 'lec' ? 'D' : 'R'
  const names = method === 'lec' ? ['L', 'E', 'C'] : method === 'ls' ? ['L', 'S'] : []
  const values = names.map((name) => inputs[name])
  const isWhole = values.length > 0 && values.every((value) => typeof value === 'number')
  if (isWhole && score !== null) return `${symbol}=${values.join('×')}=${score}`
  return score === null ? '没有算式' : `${symbol}=${score}`
}

/**
 * How near a score is to 重大, so that D of LEC and R of LS can stand in one order: its share of the least score of
 * level 1, by the set of thresholds that was kept with it. Null for judgements and major hazard sources, whose R has no
 * such score.
 */
export function shareOfMajor(
  method: RiskMethod,
  score: number | null,
  thresholds?: Pick<ThresholdSet, 'levelsFrom'> | null,
): number | null {
  if (score === null || (method !== 'lec' && method !== 'ls')) return null
  const [major] = thresholds?.levelsFrom ?? (method === 'lec' ? LEC : LS).levelsFrom
  return major === undefined ? null : score / major
}
