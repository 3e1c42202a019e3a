import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { cleanText } from '../core/plain-text.ts'
import { recordChange } from '../db/changes.ts'
import { notFound, unprocessable } from '../http/problems.ts'
import type { NewClauseConfirmation } from './schema.ts'

/**
 * Writes an administrator's word on a clause: that it was compared with its original, and where that is, or that such a
 * word is taken back. The words stand beside the library, so a newer library leaves them as they are.
 */
export async function confirmClause(
  db: Knex,
  id: string,
  input: NewClauseConfirmation,
  user: User,
  at: Date,
): Promise<void> {
  const source = cleanText(input.source)
  if (source === '') {
    throw unprocessable('SOURCE_MISSING', '请写明出处（source）：核对的是哪份原文，文号和页码', {
      missing: ['source'],
    })
  }
  await db.transaction(async (transaction) => {
    // two words on one clause follow one another
    const clause = await transaction('clauses').select('sector').where({ id }).forUpdate().first()
    if (!clause) throw notFound('判定条款')
    await transaction('clause_confirmations').insert({
      id: uuid(),
      clause_id: id,
      is_confirmed: input.isConfirmed,
      source,
      note: cleanText(input.note ?? '') || null,
      confirmed_by: user.id,
      confirmed_by_name: user.displayName,
      confirmed_at: at,
    })
    await recordChange(transaction, {
      kind: 'clause',
      // the log names things by uuid, and a clause has none: whoever shows clauses reads them again
      id: null,
      areaCodes: [],
      sectors: clause.sector === null ? [] : [clause.sector],
    })
  })
}
