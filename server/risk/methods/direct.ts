import { RISK_LEVELS, type RiskLevel } from '../../core/vocabulary.ts'
import type { AssessRequest } from '../assess-schema.ts'
import { levelText } from './bands.ts'
import { RiskInputError } from './error.ts'
import { DIRECT_RULES, DIRECT_RULES_NOTE } from './table.ts'

/** What a direct judgement asks about the clause that it cites, on the day of the judgement. */
export interface CitedClause {
  id: string
  /** Number of the document, and the article. */
  title: string
  /** Name of the document. */
  source: string
  text: string
  confirmed: boolean
  /** Why it makes nothing major on that day, and which of its sector would. */
  refusal: { text: string; allowed: string[] } | null
}

export interface Judged {
  level: RiskLevel
  formula: string
  steps: string[]
  /** What of it is 待核, and why. */
  doubts: string[]
  clause: { id: string; title: string } | null
}

/**
 * A level without arithmetic: 重大 by a clause that makes major on that day, or by a rule of some places (待核); any other
 * level by the reason of whoever judged. Throws RiskInputError.
 */
export function judgeDirectly(request: AssessRequest, clause: CitedClause | null, on: string): Judged {
  if (clause) return judgeByClause(request, clause, on)
  const { level, rule } = request
  const reason = request.reason?.trim() ?? ''
  if (level === undefined) {
    throw new RiskInputError('level', '直接判定要引用判定条款（clauseId），或写明等级 1～4 和理由', {
      code: 'NO_LEVEL',
      allowed: RISK_LEVELS,
    })
  }
  if (reason === '') {
    throw new RiskInputError('reason', `直接判定为 ${levelText(level)}要写明理由`, { code: 'NO_REASON' })
  }
  if (level !== 1) {
    if (rule !== undefined) {
      throw new RiskInputError('rule', '直判规则只用于 1 级重大，其他等级请只写理由', {
        code: 'RULE_ONLY_FOR_MAJOR',
      })
    }
    return {
      level,
      formula: `直接判定：${reason}`,
      steps: [`直接判定为 ${levelText(level)}，没有分值。理由：${reason}。`],
      doubts: [],
      clause: null,
    }
  }
  const found = DIRECT_RULES.find(({ id }) => id === rule)
  if (!found) {
    const rules = DIRECT_RULES.map(({ id, text }) => `${text}（${id}）`)
    const fault = rule === undefined ? '直接判定为 1 级重大' : `没有直判规则「${rule}」。直接判定为 1 级重大`
    throw new RiskInputError(
      'rule',
      `${fault}要引用现行判定条款，或选一条直判规则（待核）：${rules.join('；')}`,
      {
        code: rule === undefined ? 'MAJOR_NEEDS_CLAUSE' : 'UNKNOWN_RULE',
        allowed: DIRECT_RULES.map(({ id }) => id),
      },
    )
  }
  return {
    level: 1,
    formula: `直接判定（待核）：${found.text}；${reason}`,
    steps: [
      `按直判规则「${found.text}」判为 ${levelText(1)}（${DIRECT_RULES_NOTE}）。`,
      `理由：${reason}。直接判定没有分值，优先于分值。`,
    ],
    doubts: [`直判规则「${found.text}」：${DIRECT_RULES_NOTE}`],
    clause: null,
  }
}

function judgeByClause({ level }: AssessRequest, clause: CitedClause, on: string): Judged {
  if (clause.refusal) {
    const { text, allowed } = clause.refusal
    throw new RiskInputError('clauseId', `${text}；请换用判定当日施行的条款`, {
      code: 'CLAUSE_NOT_IN_FORCE',
      allowed,
    })
  }
  if (level !== undefined && level !== 1) {
    throw new RiskInputError('level', `引用重大判定条款 ${clause.id} 时等级只能是 1 重大，写的是 ${level}`, {
      code: 'LEVEL_MISMATCH',
      allowed: [1],
    })
  }
  return {
    level: 1,
    formula: `直接判定：${clause.title}`,
    steps: [
      `依据「${clause.source}」${clause.title}（${clause.id}，${clause.confirmed ? '已核' : '待核'}，${on} 现行），直接判定为 ${levelText(1)}。`,
      `条款概括：${clause.text}（以现行有效原文为准）。直接判定没有分值，优先于分值。`,
    ],
    doubts: clause.confirmed ? [] : [`判定条款 ${clause.id} 待核`],
    clause: { id: clause.id, title: clause.title },
  }
}
