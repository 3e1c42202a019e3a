import { readDay } from '../core/filters.ts'
import { unprocessable } from '../http/problems.ts'
import type { AssessReply, AssessRequest } from './assess-schema.ts'
import { type AssessContext, assess } from './methods/assess.ts'
import { RiskInputError } from './methods/error.ts'

/** As `assess`, with its refusals as problems: 422 that names the field, what is allowed and what is near. */
export function assessWithRefusals(request: AssessRequest, context: AssessContext): AssessReply {
  try {
    return assess(request, context)
  } catch (error) {
    if (!(error instanceof RiskInputError)) throw error
    const { parameter, code, message, allowed, nearest } = error
    throw unprocessable(code, message, { parameter, allowed, nearest })
  }
}

/** The day by whose rules it is judged. */
export function readJudgementDay(text: string | undefined, today: string): string {
  return readDay({ on: text }, 'on') ?? today
}
