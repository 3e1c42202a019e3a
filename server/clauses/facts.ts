import type { Knex } from 'knex'
import type { ClauseFacts } from '../hazards/rules.ts'
import { unprocessable } from '../http/problems.ts'

/** In SQL: whether a clause may make a hazard major: confirmed, in force, and written for major hazards. */
export const MAY_MAKE_MAJOR = `(clauses.confirmed and clauses.edition = 'current' and clauses.kind = 'major')`

/** What the severity rule asks about a clause. Throws 422 for one that is not in the library. */
export async function findClauseFacts(db: Knex, id: string | null): Promise<ClauseFacts | null> {
  if (id === null) return null
  const row = await db('clauses')
    .select('id', db.raw(`${MAY_MAKE_MAJOR} as "mayMakeMajor"`))
    .where({ id })
    .first()
  if (!row) throw unprocessable('UNKNOWN_CLAUSE', `判定条款库里没有「${id}」`)
  return row
}
