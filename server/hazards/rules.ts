import { maySee, type User } from '../access/model.ts'
import { forbidden, type ProblemError, unprocessable } from '../http/problems.ts'

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
