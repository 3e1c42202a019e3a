import type { Knex } from 'knex'
import { EVER, STILL } from './model.ts'

/**
 * The rule by which a clause counts, in SQL, for queries over `clauses` joined by `joinStanding`. The days that speak for
 * or against a clause are worked out here once; comparing them with a day is left to model.ts or IN_FORCE.
 */

/** Joins each clause's document and the last word of an administrator on it, at present or as it was at a moment. */
export function joinStanding(query: Knex.QueryBuilder, asOf: Date | null = null): Knex.QueryBuilder {
  return joinConfirmation(
    query.leftJoin('clause_documents as documents', 'documents.id', 'clauses.document_id'),
    asOf,
  )
}

/** The last word alone, for lists that show no more of a clause than whether it is confirmed. */
export function joinConfirmation(query: Knex.QueryBuilder, asOf: Date | null): Knex.QueryBuilder {
  return query.joinRaw(
    `left join lateral (
       select is_confirmed, source, confirmed_by_name, confirmed_at from clause_confirmations
       where clause_id = clauses.id ${asOf ? 'and confirmed_at < ?' : ''}
       order by confirmed_at desc, id desc limit 1) as confirmation on true`,
    asOf ? [asOf] : [],
  )
}

/** The library's word counts until an administrator has spoken. */
export const CONFIRMED = `coalesce(confirmation.is_confirmed, clauses.confirmed)`
const BY_ADMINISTRATOR = `(confirmation.is_confirmed is true)`

/** Where the first day is not known, a document is not in force before it was issued, nor before the year of its edition. */
export const IN_FORCE_FROM = `coalesce(documents.effective_from, documents.issued_on,
  make_date(substring(documents.edition from '^[0-9]{4}')::int, 1, 1), date '${EVER}')`
/** What was replaced or retired on a day that nobody knows is in force on none. */
export const IN_FORCE_TO = `(case when clauses.edition = 'retired' then date '${EVER}' else
  coalesce(documents.effective_to, case clauses.edition when 'superseded' then date '${EVER}' else date '${STILL}' end)
  end)`
/** Binds the day as `:on`. */
export const IN_FORCE = `(${IN_FORCE_FROM} <= :on::date and :on::date < ${IN_FORCE_TO})`

/**
 * `major` counts once confirmed, by the library or an administrator; where the first day is not known, the library must
 * hold the edition for current or an administrator have compared the clause with its original. Direct elements of a
 * replaced edition and clauses of which only the topic is known count by an administrator's word alone.
 * All else (elements that count only together, common faults, placeholders) never does.
 */
export const MAKES_MAJOR = `(case
  when clauses.kind = 'major' then ${CONFIRMED}
    and (documents.effective_from is not null or clauses.edition = 'current' or ${BY_ADMINISTRATOR})
  when clauses.kind in ('major_direct', 'major_topic') then ${BY_ADMINISTRATOR}
  else false end)`
/** Binds the day as `:on`. */
export const MAY_MAKE_MAJOR = `(${MAKES_MAJOR} and ${IN_FORCE})`

/** What a person is offered to cite for a hazard found on the day `:on`: no placeholder, no topic without its text. */
export const OFFERED = `(${IN_FORCE} and (clauses.kind in ('major', 'major_direct', 'major_composite_element', 'common')
  or (clauses.kind = 'major_topic' and ${BY_ADMINISTRATOR})))`

export const TITLE = `concat_ws(' ', nullif(clauses.document_number, ''), nullif(clauses.article, ''))`
export const STANDING_COLUMNS = `clauses.id, clauses.kind, coalesce(documents.number, clauses.document_number) as "documentNumber",
  ${CONFIRMED} as confirmed, ${MAKES_MAJOR} as "makesMajor", ${IN_FORCE_FROM} as "inForceFrom",
  ${IN_FORCE_TO} as "inForceTo", documents.effective_from as "effectiveFrom", documents.effective_to as "effectiveTo",
  (select number from clause_documents successor where successor.id = documents.successor_id) as successor`
