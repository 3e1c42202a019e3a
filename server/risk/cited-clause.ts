import type { Knex } from 'knex'
import { findClauseFacts, listAllowedClauses } from '../clauses/facts.ts'
import { explainRefusal } from '../clauses/model.ts'
import type { AssessRequest } from './assess-schema.ts'
import type { CitedClause } from './methods/direct.ts'

/** The clause of a direct judgement as it counts on a day. Throws 422 for one that is not in the library. */
export async function findCitedClause(
  db: Knex,
  request: AssessRequest,
  on: string,
): Promise<CitedClause | null> {
  const clause = await findClauseFacts(
    db,
    request.method === 'direct' ? (request.clauseId ?? null) : null,
    on,
  )
  if (!clause || clause.mayMakeMajor) return clause && { ...clause, refusal: null }
  const { items } = await listAllowedClauses(db, { sector: clause.sector, on, isMajor: true })
  return {
    ...clause,
    refusal: { text: explainRefusal(clause, on, true, '判定日期'), allowed: items.map(({ id }) => id) },
  }
}
