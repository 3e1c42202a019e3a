import { explainRefusal, isInForce, mayMakeMajor } from '../clauses/model.ts'
import type { Severity } from '../core/vocabulary.ts'
import { findClauses } from './clause-text.ts'
import type { CheckContext, KnownClause } from './model.ts'
import type { RowReader } from './row-reader.ts'
import { SEVERITY_WORDS, YES_NO_WORDS } from './words.ts'

const SUSPECT = {
  action: 'useProposedValue',
  label: '改为「疑似重大」',
  field: 'severity',
  value: '疑似重大',
} as const

export function readSeverity(reader: RowReader): Severity {
  const severity = reader.word('severity', SEVERITY_WORDS, 'UNKNOWN_SEVERITY')
  const isMajor = reader.word('isMajor', YES_NO_WORDS, 'UNKNOWN_WORD')
  if (severity === null) return isMajor === 'yes' ? 'major' : 'general'
  if ((isMajor === 'yes' && severity === 'general') || (isMajor === 'no' && severity === 'major')) {
    reader.fault({
      level: 'warning',
      code: 'SEVERITY_CONFLICT',
      field: 'isMajor',
      reason: `与「${reader.header('severity') ?? '等级'}」列不一致`,
      remedy: '以等级列为准；如写错请改正后重新上传',
    })
  }
  return severity
}

/** The clause of a row; a hazard already judged is a record, which is judged by the day on which it was found. */
export function readClause(
  reader: RowReader,
  { severity, foundOn }: { severity: Severity; foundOn: string },
  context: CheckContext,
): string | null {
  const text = reader.text('clause')
  const isMajor = severity === 'major'
  if (isMajor && context.role === 'officer') {
    reader.fault({
      code: 'ONLY_SUSPECT',
      field: 'severity',
      reason: '街镇经办人不能认定「重大」，由应急局或行业部门认定',
      remedy: '改为「疑似重大」',
      proposal: SUSPECT,
    })
  }
  if (text === null) {
    if (isMajor) {
      reader.fault({
        code: 'MAJOR_NEEDS_CLAUSE',
        field: 'severity',
        reason: '重大隐患必须填判定条款',
        remedy: '补条款，或改为「疑似重大」',
        proposal: SUSPECT,
      })
    }
    return null
  }
  const found = findClauses(context.clauses, text)
  const [clause, ...others] = found
  const isOne = clause !== undefined && others.length === 0
  if (isOne && (isMajor ? mayMakeMajor(clause, foundOn) : isInForce(clause, foundOn))) return clause.id
  const level = isMajor ? 'error' : 'warning'
  reader.fault({
    level,
    field: 'clause',
    ...faultOfClause(clause, found, { isMajor, foundOn }),
    proposal: isMajor ? SUSPECT : null,
  })
  return isOne && !isMajor ? clause.id : null
}

function faultOfClause(
  clause: KnownClause | undefined,
  found: readonly KnownClause[],
  { isMajor, foundOn }: { isMajor: boolean; foundOn: string },
) {
  if (!clause) {
    return {
      code: 'UNKNOWN_CLAUSE',
      reason: '判定条款库里没有这一条',
      remedy: '请写文号和条款号，或条款库里的编号',
    }
  }
  if (found.length > 1) {
    const ids = found
      .slice(0, 4)
      .map(({ id }) => id)
      .join('、')
    return {
      code: 'AMBIGUOUS_CLAUSE',
      reason: `可能是 ${ids} 等 ${found.length} 条`,
      remedy: '请写明是哪一条（可直接写编号）',
    }
  }
  return {
    code: 'CLAUSE_NOT_IN_FORCE',
    reason: explainRefusal(clause, foundOn, isMajor),
    remedy: isMajor
      ? '换用排查当日施行的条款，或把等级改为「疑似重大」'
      : '请换用排查当日施行的条款；仍可入库',
  }
}

export function readListed(reader: RowReader, severity: Severity): boolean | null {
  const answer = reader.word('isListed', YES_NO_WORDS, 'UNKNOWN_WORD')
  if (answer === 'yes' && severity !== 'major') {
    reader.fault({
      level: 'warning',
      code: 'ONLY_MAJOR_IS_LISTED',
      field: 'isListed',
      reason: '只有重大隐患才挂牌督办，这一格不入库',
      remedy: '请核对等级',
    })
    return null
  }
  return answer === null ? null : answer === 'yes'
}
