import { ApiProblem } from '../../api/client.ts'
import { explainError } from '../../api/explain.ts'

/** A refusal of the calculator: which field it is about, in words, and what would be taken instead. */
export interface Fault {
  code: string
  /** The path of the field, such as units[0].substances[1].name. */
  parameter: string
  text: string
  allowed: readonly (string | number)[]
  nearest: readonly string[]
}

/** The refusal that an error holds, or null where it is no refusal of an input. */
export function faultOf(error: unknown): Fault | null {
  if (!(error instanceof ApiProblem) || error.status >= 500) return null
  const { parameter, allowed, nearest } = error.extra
  return {
    code: error.code,
    parameter: typeof parameter === 'string' ? parameter : '',
    text: explainError(error).text,
    allowed: Array.isArray(allowed) ? allowed : [],
    nearest: Array.isArray(nearest) ? nearest : [],
  }
}

/** The part of the path below a field: `name` of units[0].substances[1].name below units[0].substances[1]. */
export function faultBelow(fault: Fault | null, path: string): { field: string; fault: Fault } | null {
  if (!fault?.parameter.startsWith(`${path}.`)) return null
  return { field: fault.parameter.slice(path.length + 1), fault }
}
