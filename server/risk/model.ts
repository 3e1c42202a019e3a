import type { RiskMethod } from '../core/vocabulary.ts'
import type { Arithmetic } from './assess-schema.ts'

export { RiskInputError } from './methods/error.ts'
export { LEC } from './methods/lec.ts'
export { LS } from './methods/ls.ts'
export type { ScaleValue } from './methods/scale.ts'

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
