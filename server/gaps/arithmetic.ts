import type { RiskLevel, RiskMethod } from '../core/vocabulary.ts'

/** Of a risk, what its level may rest on. */
export interface LevelBasis {
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  clauseId: string | null
  /** The units in its kept arithmetic, where the method has any. */
  units: unknown
}

export const ARITHMETIC_REASONS = ['no_inputs', 'no_substances', 'no_clause'] as const
export type ArithmeticReason = (typeof ARITHMETIC_REASONS)[number]

/** Why the level of a risk cannot be worked out again from what is kept of it; null if it can. */
export function arithmeticLack(risk: LevelBasis): ArithmeticReason | null {
  const { method, inputs, score } = risk
  if (method === 'lec' || method === 'ls') {
    const symbols = method === 'lec' ? ['L', 'E', 'C'] : ['L', 'S']
    const isWhole = symbols.every((symbol) => typeof inputs[symbol] === 'number')
    return isWhole && score !== null ? null : 'no_inputs'
  }
  if (method === 'gb18218') {
    const units = [...unitsIn(inputs.units), ...unitsIn(risk.units)]
    const hasR = score !== null || units.some((unit) => typeof unit.r === 'number')
    return hasR && units.some(hasSubstances) ? null : 'no_substances'
  }
  const isReasoned = [inputs.reason, inputs.clauseId, risk.clauseId].some(
    (basis) => typeof basis === 'string' && basis.trim() !== '',
  )
  return isReasoned ? null : 'no_clause'
}

/** Whether a risk is one of a 重大危险源: by GB 18218, with S ≥ 1 in a unit where its arithmetic is kept. */
export function isMajorHazardSource(risk: LevelBasis): boolean {
  if (risk.method !== 'gb18218') return false
  const units = unitsIn(risk.units)
  if (units.length === 0) return risk.score !== null
  return units.some((unit) => unit.isMajorHazardSource === true)
}

function unitsIn(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return []
  return value.filter((unit): unit is Record<string, unknown> => typeof unit === 'object' && unit !== null)
}

const hasSubstances = (unit: Record<string, unknown>): boolean =>
  Array.isArray(unit.substances) && unit.substances.length > 0

/** A site's level needs a standing risk; without any it is only a colour. */
export function siteArithmeticLack(
  level: RiskLevel | null,
  riskCount: number,
): 'not_assessed' | 'level_without_risk' | null {
  if (riskCount > 0) return null
  return level === null ? 'not_assessed' : 'level_without_risk'
}
