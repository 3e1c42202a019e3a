import { RISK_LEVEL_TERMS, type RiskLevel } from '../core/vocabulary.ts'
import type { ArithmeticReason } from './arithmetic.ts'
import { DRILL_DUTIES, type DrillSubject, type Limit } from './rules.ts'
import type { CheckSource } from './schema.ts'

/** The gaps in sentences: what is missing, of what, since when, by which rule. */
export const CHECK_SOURCE_WORDS: Record<CheckSource, string> = {
  check: '现场检查',
  finding: '查出隐患',
  reinspection: '复查',
}

const mark = ({ confirmed }: { confirmed: boolean }): string => (confirmed ? '' : '（待核）')
const levelWord = (level: RiskLevel | null): string =>
  level === null ? '未评级场所' : `${RISK_LEVEL_TERMS[level].zh}风险场所`

export const sitePersonSentence = (): string => '场所没有写责任单位和责任人'
export const riskPersonSentence = (risk: string): string => `风险「${risk}」没有写责任人`
export const positionSentence = (): string => '场所没有坐标，地图上没有'

export const neverCheckedSentence = (level: RiskLevel | null, limit: Limit): string =>
  `没有检查记录；${levelWord(level)}应 ${limit.value} 天内检查一次${mark(limit)}`

export const overdueCheckSentence = (
  level: RiskLevel | null,
  last: { on: string; source: CheckSource },
  days: number,
  limit: Limit,
): string =>
  `上次检查 ${last.on}（${CHECK_SOURCE_WORDS[last.source]}），已过 ${days} 天；${levelWord(level)}应 ${limit.value} 天内检查一次${mark(limit)}`

const dutyText = (subject: DrillSubject, limit: Limit): string =>
  `${DRILL_DUTIES[subject].zh}应每 ${limit.value} 个月演练一次${mark(limit)}`

/** `other` is the last drill of the place when it is of another scenario. */
export const neverDrilledSentence = (
  risk: string,
  scenario: string | null,
  subject: DrillSubject,
  limit: Limit,
  other: { on: string; title: string } | null,
): string => {
  const what =
    scenario === null
      ? `风险「${risk}」没有写事故类型，场所也没有演练过`
      : `风险「${risk}」的「${scenario}」情景没有演练过`
  const not = other === null ? '' : `；${other.on} 的「${other.title}」不是这一情景（待核）`
  return `${what}；${dutyText(subject, limit)}${not}`
}

export const overdueDrillSentence = (
  risk: string,
  scenario: string | null,
  last: { on: string; title: string; words: readonly string[] },
  subject: DrillSubject,
  limit: Limit,
): string => {
  const by =
    last.words.length > 0 ? `，按${last.words.map((word) => `「${word}」`).join('')}认定（待核）` : ''
  const what = scenario === null ? '' : `的「${scenario}」情景`
  return `风险「${risk}」${what}上次演练 ${last.on}（「${last.title}」${by}），已超过 ${limit.value} 个月；${dutyText(subject, limit)}`
}

export const siteArithmeticSentence = (
  reason: 'not_assessed' | 'level_without_risk',
  level: RiskLevel | null,
) =>
  reason === 'not_assessed' || level === null
    ? '场所尚未评估，没有等级'
    : `场所等级为 ${level} 级${RISK_LEVEL_TERMS[level].zh}，没有一项风险可作依据`

const LACKS: Record<ArithmeticReason, string> = {
  no_inputs: '没有评价取值，算不出分值',
  no_substances: '没有危险物质、数量或 R 值',
  no_clause: '直接判定，没有条款或理由',
}
export const riskArithmeticSentence = (risk: string, level: RiskLevel, reason: ArithmeticReason): string =>
  `风险「${risk}」评为 ${level} 级${RISK_LEVEL_TERMS[level].zh}，${LACKS[reason]}`
