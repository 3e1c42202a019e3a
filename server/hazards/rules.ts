import { maySee, type User } from '../access/model.ts'
import type { Severity } from '../core/vocabulary.ts'
import { forbidden, type ProblemError, unprocessable } from '../http/problems.ts'

export interface ClauseFacts {
  id: string
  mayMakeMajor: boolean
}

/** 重大 needs a confirmed clause in force, and a person who may judge it; a 网格员 or officer may only suspect. */
export function severityRefusal(
  user: User,
  severity: Severity,
  clause: ClauseFacts | null,
): ProblemError | null {
  if (severity !== 'major') return null
  if (user.role === 'officer') {
    return forbidden('ONLY_SUSPECT', '街镇经办人只能先标为「疑似重大」，由应急局或行业部门认定')
  }
  if (!clause) {
    return unprocessable(
      'MAJOR_NEEDS_CLAUSE',
      '认定「重大」需要引用现行判定条款。请先选条款，或先标为「疑似重大」',
    )
  }
  if (!clause.mayMakeMajor) {
    return unprocessable(
      'CLAUSE_NOT_IN_FORCE',
      `条款 ${clause.id} 待核、已废止或不是重大判定条款，不能据此认定「重大」`,
    )
  }
  return null
}

export function daysRefusal(foundOn: string, dueOn: string | null, today: string): ProblemError | null {
  if (foundOn > today) return unprocessable('FOUND_IN_FUTURE', `发现日期 ${foundOn} 晚于今天`)
  if (foundOn < '1990-01-01')
    return unprocessable('FOUND_TOO_EARLY', `发现日期 ${foundOn} 早于 1990 年，请核对`)
  if (dueOn !== null && dueOn < foundOn) {
    return unprocessable('DUE_BEFORE_FOUND', `整改期限 ${dueOn} 早于发现日期 ${foundOn}`)
  }
  return null
}

/** Nobody writes where they may not look. */
export function placeRefusal(
  user: User,
  areaCode: string | null,
  sector: Parameters<typeof maySee>[2],
): ProblemError | null {
  if (maySee(user.scope, areaCode, sector)) return null
  return forbidden('OUTSIDE_YOUR_SCOPE', '这个位置或行业不在您的管辖范围，请由相应街镇或部门办理')
}
