import { RiskInputError } from './error.ts'

/** A value that a method allows, with the words by which people choose it. */
export interface ScaleValue {
  value: number
  label: string
}

export const scale = (...values: [number, string][]): readonly ScaleValue[] =>
  values.map(([value, label]) => ({ value, label }))

/** The chosen value of a scale. Throws RiskInputError for one that the scale does not offer. */
export function pickValue(symbol: string, values: readonly ScaleValue[], value: unknown): ScaleValue {
  const found = values.find((entry) => entry.value === value)
  if (found) return found
  const allowed = values.map((entry) => entry.value)
  const isMissing = value === undefined || value === null || value === ''
  const written = isMissing ? '没有填' : `「${value}」不在表内`
  throw new RiskInputError(symbol, `${symbol} ${written}，可用：${allowed.join('、')}`, {
    code: isMissing ? 'MISSING_SCALE_VALUE' : 'BAD_SCALE_VALUE',
    allowed,
  })
}
