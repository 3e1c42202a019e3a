export interface InputRefusal {
  code: string
  /** What the method would take: values, units, classes or names. */
  allowed?: readonly (number | string)[]
  /** Names near to one that is not known. */
  nearest?: readonly string[]
}

/** An assessment that cannot be made: which input, and what would be allowed. */
export class RiskInputError extends Error {
  readonly parameter: string
  readonly code: string
  readonly allowed: readonly (number | string)[]
  readonly nearest: readonly string[]
  constructor(parameter: string, message: string, { code, allowed = [], nearest = [] }: InputRefusal) {
    super(message)
    this.name = 'RiskInputError'
    this.parameter = parameter
    this.code = code
    this.allowed = allowed
    this.nearest = nearest
  }
}
