import type { Knex } from 'knex'
import type { Sector } from '../core/vocabulary.ts'
import { unprocessable } from '../http/problems.ts'
import { type ClauseStanding, isInForce, mayMakeMajor } from './model.ts'
import { joinStanding, MAY_MAKE_MAJOR, OFFERED, STANDING_COLUMNS, TITLE } from './standing.ts'

/** What a judgement asks about a clause on the day that its hazard was found. */
export interface ClauseFacts extends ClauseStanding {
  title: string
  /** Name of the document. */
  source: string
  text: string
  sector: Sector | null
  on: string
  isInForce: boolean
  mayMakeMajor: boolean
}

/** The clause as it counts on a day. Throws 422 for one that is not in the library. */
export async function findClauseFacts(db: Knex, id: string | null, on: string): Promise<ClauseFacts | null> {
  if (id === null) return null
  type Row = ClauseStanding & Pick<ClauseFacts, 'title' | 'source' | 'text' | 'sector'>
  const row: Row | undefined = await joinStanding(db('clauses'))
    .select('clauses.source', 'clauses.text', 'clauses.sector')
    .select(db.raw(`${STANDING_COLUMNS}, ${TITLE} as title`))
    .where('clauses.id', id)
    .first()
  if (!row) throw unprocessable('UNKNOWN_CLAUSE', `判定条款库里没有「${id}」`)
  return { ...row, on, isInForce: isInForce(row, on), mayMakeMajor: mayMakeMajor(row, on) }
}

export interface AllowedClause {
  id: string
  title: string
  text: string
}

const MAX_ALLOWED = 10

/** The clauses of a sector that a hazard found on a day may cite, or may be made major by: how many, and the first few. */
export async function listAllowedClauses(
  db: Knex,
  asked: { sector: Sector | null; on: string; isMajor: boolean },
): Promise<{ items: AllowedClause[]; total: number }> {
  const rows: (AllowedClause & { total: number })[] = await joinStanding(db('clauses'))
    .select(db.raw(`clauses.id, ${TITLE} as title, clauses.text, count(*) over ()::int as total`))
    .where('clauses.sector', asked.sector)
    .whereRaw(asked.isMajor ? MAY_MAKE_MAJOR : OFFERED, { on: asked.on })
    .orderByRaw('clauses.id collate "C"')
    .limit(MAX_ALLOWED)
  return { items: rows.map(({ total: _total, ...clause }) => clause), total: rows[0]?.total ?? 0 }
}
