import type { Knex } from 'knex'
import { mayDo, type User } from '../access/model.ts'
import { type ClauseFacts, findClauseFacts, listAllowedClauses } from '../clauses/facts.ts'
import { explainRefusal } from '../clauses/model.ts'
import type { Sector, Severity } from '../core/vocabulary.ts'
import { forbidden, unprocessable } from '../http/problems.ts'

/** How bad a hazard is held to be, by which clause, and what that depends on. */
export interface Judgement {
  severity: Severity
  clauseId: string | null
  sector: Sector
  foundOn: string
}

/** Only who may judge makes a hazard major, or makes a major one less; the others may suspect. */
export function assertMayJudge(user: User): void {
  if (mayDo(user.role, 'judgeHazard')) return
  throw forbidden(
    'ONLY_SUSPECT',
    '您可以先标为「疑似重大」；「重大」由行业检查员或管理员认定，也由他们改为其他级别',
  )
}

/**
 * A new judgement of a hazard. 重大 needs a clause that is confirmed and was in force on the day on which the hazard was
 * found, and a person who may judge; whatever else is cited was at least in force. Throws 403, or 422 with the clauses
 * that would be allowed.
 */
export async function assertJudgement(db: Knex, judgement: Judgement, user: User): Promise<void> {
  const isMajor = judgement.severity === 'major'
  // of an officer nobody asks for a clause that would not help either
  if (isMajor && user.role === 'officer') assertMayJudge(user)
  await assertClause(db, judgement)
  if (isMajor) assertMayJudge(user)
}

/** That the clause of a judgement holds, whoever judges. Throws 422 with the clauses that would be allowed. */
export async function assertClause(db: Knex, judgement: Judgement): Promise<ClauseFacts | null> {
  const { severity, clauseId, sector, foundOn: on } = judgement
  const isMajor = severity === 'major'
  const clause = await findClauseFacts(db, clauseId, on)
  const isAllowed = clause ? (isMajor ? clause.mayMakeMajor : clause.isInForce) : !isMajor
  if (isAllowed) return clause
  const { items: allowed, total } = await listAllowedClauses(db, { sector, on, isMajor })
  const offer =
    total === 0
      ? '这一行业当日没有可引用的条款，可先标为「疑似重大」'
      : `这一行业当日可引用 ${total} 条，如 ${allowed
          .slice(0, 3)
          .map((one) => one.id)
          .join('、')}`
  if (!clause) {
    throw unprocessable(
      'MAJOR_NEEDS_CLAUSE',
      `认定「重大」需要引用现行判定条款。请先选条款，或先标为「疑似重大」。${offer}`,
      { allowed },
    )
  }
  throw unprocessable('CLAUSE_NOT_IN_FORCE', `${explainRefusal(clause, on, isMajor)}。${offer}`, {
    parameter: 'clauseId',
    clause: {
      id: clause.id,
      title: clause.title,
      confirmed: clause.confirmed,
      effectiveFrom: clause.effectiveFrom,
      effectiveTo: clause.effectiveTo,
      successor: clause.successor,
    },
    allowed,
  })
}
