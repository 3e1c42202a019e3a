import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { cleanText } from '../core/plain-text.ts'
import { recordChange } from '../db/changes.ts'
import { notFound, unprocessable } from '../http/problems.ts'
import { findSite } from '../sites/queries.ts'
import { type CheckRow, insertCheck } from './queries.ts'
import type { NewSiteCheck } from './schema.ts'

const EARLIEST = '1990-01-01'

/** Enters a check of a site that the user may see. */
export async function registerCheck(
  db: Knex,
  siteId: string,
  input: NewSiteCheck,
  user: User,
  at: Date,
): Promise<CheckRow> {
  const today = dayOf(at)
  const site = await findSite(db, siteId, { scope: user.scope, today, asOf: null })
  if (!site) throw notFound('场所')
  if (input.checkedOn > today) {
    throw unprocessable('CHECKED_IN_FUTURE', `检查日期 ${input.checkedOn} 晚于今天 ${today}`)
  }
  if (input.checkedOn < EARLIEST) {
    throw unprocessable('CHECKED_TOO_EARLY', `检查日期 ${input.checkedOn} 早于 1990 年，请核对`)
  }
  const checkedBy = cleanText(input.checkedBy)
  if (checkedBy === '') throw unprocessable('EMPTY_CHECKER', '请写检查人')
  const check: CheckRow = {
    id: uuid(),
    siteId,
    checkedOn: input.checkedOn,
    checkedBy,
    outcome: input.outcome,
    note: input.note ? cleanText(input.note) || null : null,
    isExample: user.isExample,
    createdAt: at,
  }
  await db.transaction(async (transaction) => {
    await insertCheck(transaction, { ...check, createdBy: user.id })
    await recordChange(transaction, {
      kind: 'site',
      id: siteId,
      areaCodes: [site.areaCode],
      sectors: [site.sector],
    })
  })
  return check
}
