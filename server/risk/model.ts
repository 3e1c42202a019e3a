import type { RiskLevel, RiskMethod } from '../core/vocabulary.ts'

/** A value that a method allows, with the words by which people choose it. */
export interface ScaleValue {
  value: number
  label: string
}

const scale = (...values: [number, string][]): readonly ScaleValue[] =>
  values.map(([value, label]) => ({ value, label }))

/**
 * LEC: values and words agree in two transcriptions (confirmed); the band ends 320, 160 and 70 belong to the upper
 * level here, as places differ on it.
 */
export const LEC = {
  L: scale(
    [10, '完全可以预料'],
    [6, '相当可能'],
    [3, '可能，但不经常'],
    [1, '可能性小，完全意外'],
    [0.5, '很不可能，可以设想'],
    [0.2, '极不可能'],
    [0.1, '实际不可能'],
  ),
  E: scale(
    [10, '连续暴露'],
    [6, '每天工作时间内暴露'],
    [3, '每周一次或偶然暴露'],
    [2, '每月一次'],
    [1, '每年几次'],
    [0.5, '非常罕见'],
  ),
  C: scale(
    [100, '10 人以上死亡'],
    [40, '3～9 人死亡'],
    [15, '1～2 人死亡'],
    [7, '重伤、伤残'],
    [3, '轻伤须救治'],
    [1, '轻微，可忽略'],
  ),
  /** The least D of levels 1, 2 and 3. */
  levelsFrom: [320, 160, 70],
  isConfirmed: true,
} as const

/**
 * LS, scheme A (20/15/9): the values 1 to 5 and the bands stand in one source, the words are a summary of ours; some
 * places use 17/13/8 instead. So the scheme is named wherever a level is explained.
 */
export const LS = {
  L: scale([1, '极不可能'], [2, '较不可能'], [3, '可能'], [4, '很可能'], [5, '极有可能']),
  S: scale([1, '无伤亡'], [2, '轻微受伤'], [3, '重伤、部分停产'], [4, '1 人死亡'], [5, '多人死亡']),
  /** The least R of levels 1, 2 and 3. */
  levelsFrom: [20, 15, 9],
  isConfirmed: false,
  scheme: '阈值方案 A',
} as const

/** An assessment that cannot be made: which input, and what would be allowed. */
export class RiskInputError extends Error {
  readonly parameter: string
  readonly allowed: readonly number[]
  constructor(parameter: string, message: string, allowed: readonly number[] = []) {
    super(message)
    this.name = 'RiskInputError'
    this.parameter = parameter
    this.allowed = allowed
  }
}

export interface Assessment {
  method: RiskMethod
  /** Only what the method takes, so that a record holds nothing that did not count. */
  inputs: Record<string, number | string>
  score: number | null
  level: RiskLevel
  formula: string
}

/**
 * Assesses a risk. `lec` takes L, E, C; `ls` takes L, S; `direct` takes `level` and the `reason` of whoever judged.
 * Throws RiskInputError for a value that the method does not offer.
 */
export function assessRisk(method: RiskMethod, inputs: Record<string, unknown>): Assessment {
  if (method === 'lec') {
    return assessProduct(method, pick(inputs, { L: LEC.L, E: LEC.E, C: LEC.C }), LEC.levelsFrom)
  }
  if (method === 'ls') return assessProduct(method, pick(inputs, { L: LS.L, S: LS.S }), LS.levelsFrom)
  if (method === 'direct') return judgeDirectly(inputs)
  throw new RiskInputError('method', '这一方法还不能在这里计算，请选 LEC 法、LS 矩阵法或直接判定')
}

function pick(
  inputs: Record<string, unknown>,
  scales: Record<string, readonly ScaleValue[]>,
): Record<string, number> {
  const picked: Record<string, number> = {}
  for (const [name, values] of Object.entries(scales)) {
    const allowed = values.map((entry) => entry.value)
    const value = inputs[name]
    if (typeof value !== 'number' || !allowed.includes(value)) {
      const written =
        value === undefined || value === null || value === '' ? '没有填' : `「${value}」不在表内`
      throw new RiskInputError(name, `${name} ${written}，可用：${allowed.join('、')}`, allowed)
    }
    picked[name] = value
  }
  return picked
}

function assessProduct(
  method: 'lec' | 'ls',
  inputs: Record<string, number>,
  levelsFrom: readonly number[],
): Assessment {
  const product = Object.values(inputs).reduce((result, value) => result * value, 1)
  // 0.1 × 3 is not 0.3 in binary, and a level must not turn on the last bit
  const score = Math.round(product * 1e6) / 1e6
  const index = levelsFrom.findIndex((from) => score >= from)
  const level = (index === -1 ? 4 : index + 1) as RiskLevel
  return { method, inputs, score, level, formula: formulaOf({ method, inputs, score }) }
}

function judgeDirectly(inputs: Record<string, unknown>): Assessment {
  const { level, reason } = inputs
  if (level !== 1 && level !== 2 && level !== 3 && level !== 4) {
    throw new RiskInputError('level', `等级「${level ?? ''}」应为 1 重大、2 较大、3 一般、4 低`, [1, 2, 3, 4])
  }
  const text = typeof reason === 'string' ? reason.trim() : ''
  const kept: Record<string, number | string> = text === '' ? { level } : { level, reason: text }
  return {
    method: 'direct',
    inputs: kept,
    score: null,
    level,
    formula: formulaOf({ method: 'direct', inputs: kept, score: null }),
  }
}

/** The arithmetic of a risk as one line: D=6×6×15=540, R=5×3=15, or whose judgement it was. */
export function formulaOf(risk: {
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
}): string {
  const { method, inputs, score } = risk
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
 * How near a score is to 重大, so that D of LEC and R of LS can stand in one order: its share of the method's least
 * score of level 1. Null for judgements.
 */
export function shareOfMajor(method: RiskMethod, score: number | null): number | null {
  if (score === null) return null
  if (method === 'lec') return score / LEC.levelsFrom[0]
  if (method === 'ls') return score / LS.levelsFrom[0]
  return null
}
