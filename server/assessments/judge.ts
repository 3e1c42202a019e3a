import { dayOf } from '../core/calendar.ts'
import type { RiskLevel, RiskMethod } from '../core/vocabulary.ts'
import { unprocessable } from '../http/problems.ts'
import type { Arithmetic, AssessReply, AssessRequest } from '../risk/assess-schema.ts'
import { arithmeticToKeep, inputsToKeep } from '../risk/methods/assess.ts'

/** An assessment as a risk keeps it. */
export interface Judgement {
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  clauseId: string | null
  arithmetic: Arithmetic
}

/** What a risk keeps of the answer; null where the method gives no level (S below one). */
export function keepJudgement(request: AssessRequest, reply: AssessReply): Judgement | null {
  if (reply.level === null) return null
  return {
    method: request.method,
    inputs: inputsToKeep(request),
    score: reply.score,
    level: reply.level,
    clauseId: reply.clause?.id ?? null,
    arithmetic: arithmeticToKeep(reply),
  }
}

const EARLIEST = '1990-01-01'

/** The day of an assessment: today, or an earlier one that a person names. */
export function readAssessedOn(written: string | undefined, at: Date): string {
  const today = dayOf(at)
  const day = written ?? today
  if (day > today) throw unprocessable('ASSESSED_IN_FUTURE', `评估日期 ${day} 晚于今天 ${today}`)
  if (day < EARLIEST) throw unprocessable('ASSESSED_TOO_EARLY', `评估日期 ${day} 早于 1990 年，请核对`)
  return day
}

export function assertReviewLater(nextReviewOn: string | null | undefined, assessedOn: string | null): void {
  if (!nextReviewOn || assessedOn === null || nextReviewOn > assessedOn) return
  throw unprocessable('REVIEW_NOT_LATER', `复评日 ${nextReviewOn} 应晚于评估日期 ${assessedOn}`)
}
