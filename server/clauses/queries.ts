import type { Knex } from 'knex'
import type { Sector } from '../core/vocabulary.ts'
import { applyKeyset, type Keyed, type Order, takePage } from '../db/keyset.ts'
import { containing } from '../hazards/filter.ts'
import { splitCitation } from './citation.ts'
import type { Clause, ClauseConfirmation, ClauseDetail, ClauseDocument } from './schema.ts'
import { CONFIRMED, IN_FORCE, joinStanding, MAY_MAKE_MAJOR, OFFERED, TITLE } from './standing.ts'

/** The day is bound as `:on`. */
const COLUMNS = `clauses.id, ${TITLE} as title, clauses.sector, clauses.sector_label as "sectorLabel", clauses.kind,
  clauses.source, clauses.document_number as "documentNumber", clauses.article as citation, clauses.text,
  clauses.premise, clauses.applies_to as "appliesTo", ${CONFIRMED} as confirmed,
  case when confirmation.confirmed_at is not null then jsonb_build_object('by', confirmation.confirmed_by_name,
    'at', confirmation.confirmed_at, 'source', confirmation.source, 'isConfirmed', confirmation.is_confirmed)
    end as confirmation,
  clauses.edition, ${IN_FORCE} as "isInForce", ${MAY_MAKE_MAJOR} as "mayMakeMajor", clauses.see_also as "seeAlso",
  clauses.overlap, clauses.successor_item as "successorItem", clauses.note, clauses.source_ref as "sourceRef",
  documents.id as "documentId"`

/** What is current and judges before what only helps, what was replaced or retired last. */
const RANK = `((case clauses.edition when 'current' then 0 when 'unknown' then 10 when 'superseded' then 20 else 30 end)
  + (case clauses.kind when 'major' then 0 when 'major_direct' then 1 when 'major_composite_element' then 2
      when 'common' then 3 when 'major_topic' then 4 else 5 end))`
const ORDER: Order = {
  keys: [
    { expression: RANK, type: 'int' },
    { expression: 'clauses.id collate "C"', type: 'text' },
  ],
  isDescending: false,
}

export interface ClauseFilter {
  q?: string | undefined
  sector?: Sector[] | undefined
  placeType?: string[] | undefined
  documentId?: string[] | undefined
  mayMakeMajor?: boolean | undefined
  confirmed?: boolean | undefined
  includeSuperseded: boolean
  /** The day by which it is judged what is in force and may make a hazard major. */
  on: string
  /** Only what a hazard found on that day may cite. */
  isOffer: boolean
}

const SEARCHED = ['id', 'text', 'source', 'document_number', 'article', 'sector_label', 'note', 'premise']

function selectClauses(db: Knex, filter: ClauseFilter): Knex.QueryBuilder {
  const { on } = filter
  const query = joinStanding(db('clauses'))
  if (filter.sector) query.whereIn('clauses.sector', filter.sector)
  if (filter.placeType) query.whereRaw('clauses.applies_to && ?::text[]', [filter.placeType])
  if (filter.documentId) query.whereIn('clauses.document_id', filter.documentId)
  if (filter.mayMakeMajor !== undefined) {
    query.whereRaw(`${MAY_MAKE_MAJOR} = :wanted`, { on, wanted: filter.mayMakeMajor })
  }
  if (filter.confirmed !== undefined) query.whereRaw(`${CONFIRMED} = ?`, [filter.confirmed])
  if (!filter.includeSuperseded) query.whereNotIn('clauses.edition', ['superseded', 'retired'])
  if (filter.isOffer) query.whereRaw(OFFERED, { on })
  const { q } = filter
  if (q) {
    const pattern = containing(q)
    query.where((either) => {
      for (const column of SEARCHED) either.orWhereILike(`clauses.${column}`, pattern)
      either.orWhereILike('documents.title', pattern).orWhereILike('documents.number', pattern)
      either.orWhereRaw(`array_to_string(clauses.applies_to, ' ') ilike ?`, [pattern])
    })
  }
  return query
}

type ClauseRow = Omit<ClauseDetail, 'document' | 'article' | 'item' | 'confirmations'> & {
  documentId: string | null
}

export async function listClauses(
  db: Knex,
  filter: ClauseFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Clause[]; total: number; nextCursor: string | null }> {
  const query = selectClauses(db, filter).select(db.raw(COLUMNS, { on: filter.on }))
  const rows: (ClauseRow & Keyed)[] = await applyKeyset(db, query, ORDER, page)
  const { rows: items, nextCursor } = takePage(rows, ORDER, page.limit)
  const counted = await selectClauses(db, filter).count('* as count').first()
  return { items: await withDocuments(db, items), total: Number(counted.count), nextCursor }
}

/** A clause with its whole story, judged by a day. */
export async function findClause(db: Knex, id: string, on: string): Promise<ClauseDetail | undefined> {
  const rows: ClauseRow[] = await joinStanding(db('clauses'))
    .select(db.raw(COLUMNS, { on }))
    .where('clauses.id', id)
  const [row] = rows
  if (!row) return undefined
  const [clause] = await withDocuments(db, [row])
  return clause && { ...clause, sourceRef: row.sourceRef, confirmations: await listConfirmations(db, id) }
}

async function withDocuments(db: Knex, rows: readonly ClauseRow[]): Promise<Clause[]> {
  const documents = new Map((await listDocuments(db)).map((document) => [document.id, document]))
  return rows.map(({ documentId, ...row }) => ({
    ...row,
    ...splitCitation(row.citation),
    confirmation: row.confirmation && {
      ...row.confirmation,
      // a moment inside JSON is the engine's own text
      at: new Date(row.confirmation.at).toISOString(),
    },
    document: (documentId === null ? undefined : documents.get(documentId)) ?? null,
  }))
}

async function listConfirmations(db: Knex, id: string): Promise<ClauseConfirmation[]> {
  const rows: (Omit<ClauseConfirmation, 'at'> & { at: Date })[] = await db('clause_confirmations')
    .select('id', 'is_confirmed as isConfirmed', 'source', 'note')
    .select('confirmed_by_name as by', 'confirmed_at as at')
    .where('clause_id', id)
    .orderByRaw('confirmed_at desc, id desc')
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** The documents of the library, with how many of their clauses it has. */
export async function listDocuments(db: Knex): Promise<ClauseDocument[]> {
  const result = await db.raw(
    `select documents.id, documents.title, documents.number, documents.edition, documents.issued_on as "issuedOn",
       documents.effective_from as "effectiveFrom", documents.effective_to as "effectiveTo",
       case when successor.id is not null then
         jsonb_build_object('id', successor.id, 'title', successor.title, 'number', successor.number) end as successor,
       documents.confirmed, documents.note, documents.source_ref as "sourceRef",
       (select count(*)::int from clauses where document_id = documents.id) as clauses,
       (select count(*)::int from clauses
          left join lateral (select is_confirmed from clause_confirmations where clause_id = clauses.id
            order by confirmed_at desc, id desc limit 1) as confirmation on true
          where document_id = documents.id and ${CONFIRMED}) as "confirmedClauses"
     from clause_documents documents
     left join clause_documents successor on successor.id = documents.successor_id
     order by documents.number collate "C", documents.id collate "C"`,
  )
  return result.rows
}

/** What the clauses are written for, the most frequent first. */
export async function listPlaceTypes(db: Knex): Promise<{ placeType: string; count: number }[]> {
  const result = await db.raw(
    `select place_type as "placeType", count(*)::int as count
     from clauses, unnest(applies_to) as place_type
     group by place_type order by count(*) desc, place_type collate "C"`,
  )
  return result.rows
}
