/**
 * When a clause may be cited, and when it may make a hazard major. A hazard is judged by what was in force on the day it
 * was found; later editions change nothing of it.
 */
export interface ClauseStanding {
  id: string
  kind: string
  documentNumber: string
  /** By the library, or by the last word of an administrator. */
  confirmed: boolean
  /** Of a kind that may, and confirmed as its kind asks; the day is another question. */
  makesMajor: boolean
  /** The first day, and the first day after the last, between which nothing speaks against its being in force. */
  inForceFrom: string
  inForceTo: string
  /** As the document says; null is 待核. */
  effectiveFrom: string | null
  effectiveTo: string | null
  /** The number of the document that took its place. */
  successor: string | null
}

/** Stands for "not known" in `inForceFrom`, for "never" and "still" in `inForceTo`. */
export const EVER = '0001-01-01'
export const STILL = '9999-12-31'

export function isInForce(clause: Pick<ClauseStanding, 'inForceFrom' | 'inForceTo'>, day: string): boolean {
  return clause.inForceFrom <= day && day < clause.inForceTo
}

export function mayMakeMajor(
  clause: Pick<ClauseStanding, 'inForceFrom' | 'inForceTo' | 'makesMajor'>,
  day: string,
): boolean {
  return clause.makesMajor && isInForce(clause, day)
}

/** Between which days the document is in force, with what is not known said to be so. */
export function describePeriod(clause: ClauseStanding): string {
  const from = clause.effectiveFrom === null ? '施行日待核' : `${clause.effectiveFrom} 起施行`
  if (clause.effectiveTo !== null) {
    const successor = clause.successor === null ? '' : `，由 ${clause.successor} 代替`
    return `${from}，${clause.effectiveTo} 起停止施行${successor}`
  }
  if (clause.inForceTo === EVER) return `${from}，已被代替或已停用，停止施行日待核`
  return from
}

const KIND_REASONS: Record<string, string> = {
  major_composite_element: '是综合判定要素，按条数综合判定，单条不能认定「重大」',
  common: '是小场所常见隐患，不是重大判定条款',
  placeholder: '是占位条目，不是判定条款',
}

/** Why what was found, or is judged, on a day may not cite a clause, or may not be made major by it. */
export function explainRefusal(
  clause: ClauseStanding,
  day: string,
  isMajor: boolean,
  dayName: '发现日期' | '判定日期' = '发现日期',
): string {
  const name = `条款 ${clause.id}（${clause.documentNumber}：${describePeriod(clause)}）`
  if (!isInForce(clause, day)) {
    const use = isMajor ? '不能据此认定「重大」' : '不能引用'
    return `${name}在${dayName} ${day} 不在施行期内，${use}`
  }
  const reason = KIND_REASONS[clause.kind]
  if (reason) return `${name}${reason}`
  if (!clause.confirmed) {
    return `${name}待核：管理员对照原文核对并注明出处以后，才能据此认定「重大」`
  }
  return `${name}施行日待核或不是重大判定条款：管理员对照原文核对以后，才能据此认定「重大」`
}
