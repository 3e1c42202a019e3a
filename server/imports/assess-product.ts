import type { RiskLevel } from '../core/vocabulary.ts'
import type { Arithmetic } from '../risk/assess-schema.ts'
import { assessLec, lecThresholds } from '../risk/methods/lec.ts'
import { assessLs } from '../risk/methods/ls.ts'
import { lsThresholds, type MethodSettings } from '../risk/methods/settings.ts'
import { RiskInputError } from '../risk/model.ts'

export interface Product {
  method: 'lec' | 'ls'
  inputs: Record<string, number>
  score: number
  level: RiskLevel
  /** What a risk keeps of its arithmetic, so that the level can be explained when thresholds are others. */
  arithmetic: Arithmetic
}

/**
 * A risk of a list by LEC or LS, with its arithmetic: by the LS set asked for, else by the one in force. Throws
 * RiskInputError for values off the scale.
 */
export function assessProduct(
  method: 'lec' | 'ls',
  inputs: Record<string, unknown>,
  settings: MethodSettings,
  lsSet?: string,
): Product {
  const set = method === 'lec' ? lecThresholds(settings.lecEndsGoTo) : lsThresholds(settings, lsSet)
  if (!set) throw new RiskInputError('thresholdSet', '没有 LS 阈值方案', { code: 'UNKNOWN_THRESHOLD_SET' })
  const scored = method === 'lec' ? assessLec(inputs, set) : assessLs(inputs, set)
  const { formula, steps } = scored
  return {
    method,
    inputs: scored.inputs,
    score: scored.score,
    level: scored.level,
    arithmetic: {
      levelConfirmed: set.confirmed,
      formula,
      steps,
      confirmed: set.confirmed,
      unconfirmed: set.confirmed ? [] : [`阈值方案「${set.name}」待核`],
      thresholdSet: { ...set, levelsFrom: [...set.levelsFrom] },
    },
  }
}
