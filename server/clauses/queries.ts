import type { Knex } from 'knex'
import type { Sector } from '../core/vocabulary.ts'
import { applyKeyset, type Keyed, type Order, takePage } from '../db/keyset.ts'
import { containing } from '../hazards/filter.ts'
import { MAY_MAKE_MAJOR } from './facts.ts'
import type { Clause } from './schema.ts'

const COLUMNS = `clauses.id, concat_ws(' ', nullif(clauses.document_number, ''), nullif(clauses.article, '')) as title,
  clauses.sector, clauses.sector_label as "sectorLabel", clauses.kind, clauses.source,
  clauses.document_number as "documentNumber", clauses.article, clauses.text, clauses.applies_to as "appliesTo",
  clauses.confirmed, clauses.edition, ${MAY_MAKE_MAJOR} as "mayMakeMajor", clauses.note`

const ORDER: Order = { keys: [{ expression: 'clauses.id collate "C"', type: 'text' }], isDescending: false }

export interface ClauseFilter {
  q?: string | undefined
  sector?: Sector[] | undefined
  mayMakeMajor?: boolean | undefined
}

function selectClauses(db: Knex, filter: ClauseFilter): Knex.QueryBuilder {
  const query = db('clauses')
  if (filter.sector) query.whereIn('clauses.sector', filter.sector)
  if (filter.mayMakeMajor !== undefined) query.whereRaw(`${MAY_MAKE_MAJOR} = ?`, [filter.mayMakeMajor])
  const { q } = filter
  if (q) {
    const pattern = containing(q)
    query.where((either) => {
      for (const column of ['id', 'text', 'source', 'document_number', 'article', 'sector_label', 'note']) {
        either.orWhereILike(`clauses.${column}`, pattern)
      }
      either.orWhereRaw(`array_to_string(clauses.applies_to, ' ') ilike ?`, [pattern])
    })
  }
  return query
}

export async function listClauses(
  db: Knex,
  filter: ClauseFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Clause[]; total: number; nextCursor: string | null }> {
  const query = selectClauses(db, filter).select(db.raw(COLUMNS))
  const rows: (Clause & Keyed)[] = await applyKeyset(db, query, ORDER, page)
  const { rows: items, nextCursor } = takePage(rows, ORDER, page.limit)
  const counted = await selectClauses(db, filter).count('* as count').first()
  return { items, total: Number(counted.count), nextCursor }
}

export async function findClause(db: Knex, id: string): Promise<Clause | undefined> {
  return db('clauses').select(db.raw(COLUMNS)).where('clauses.id', id).first()
}
