import type { RiskLevel } from '../../core/vocabulary.ts'
import type { Arithmetic } from '../assess-schema.ts'
import { arithmeticToKeep, replyOfScore } from './assess.ts'
import { RiskInputError } from './error.ts'
import { assessLec, lecThresholds } from './lec.ts'
import { assessLs } from './ls.ts'
import { lsThresholds, type MethodSettings } from './settings.ts'

/** A risk of a list, which holds L, E, C or L, S beside it. */
export interface Product {
  method: 'lec' | 'ls'
  /** Only what the method takes, so that a record holds nothing that did not count. */
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
  const arithmetic = arithmeticToKeep(replyOfScore(method, scored, set))
  return { method, inputs: scored.inputs, score: scored.score, level: scored.level, arithmetic }
}
