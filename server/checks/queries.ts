import type { Knex } from 'knex'
import type { CheckOutcome } from '../core/vocabulary.ts'

export interface CheckRow {
  id: string
  siteId: string
  checkedOn: string
  checkedBy: string
  outcome: CheckOutcome
  note: string | null
  isExample: boolean
  createdAt: Date
}

const COLUMNS = [
  'id',
  'site_id as siteId',
  'checked_on as checkedOn',
  'checked_by as checkedBy',
  'outcome',
  'note',
  'is_example as isExample',
  'created_at as createdAt',
]
/** More than a daily check of a year; older ones are in the figures, not on the page. */
const MAXIMUM = 500

/** The checks of a site, newest first; those that were known at a past moment. */
export async function listChecks(
  db: Knex,
  siteId: string,
  asOf: Date | null,
): Promise<{ rows: CheckRow[]; total: number }> {
  const known = () => {
    const query = db('site_checks').where({ site_id: siteId })
    return asOf === null ? query : query.where('created_at', '<', asOf)
  }
  const rows: CheckRow[] = await known()
    .select(COLUMNS)
    .orderBy([
      { column: 'checked_on', order: 'desc' },
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MAXIMUM)
  const counted = await known().count('* as count').first()
  return { rows, total: Number(counted?.count ?? 0) }
}

export async function insertCheck(transaction: Knex, check: CheckRow & { createdBy: string }): Promise<void> {
  await transaction('site_checks').insert({
    id: check.id,
    site_id: check.siteId,
    checked_on: check.checkedOn,
    checked_by: check.checkedBy,
    outcome: check.outcome,
    note: check.note,
    is_example: check.isExample,
    created_by: check.createdBy,
    created_at: check.createdAt,
  })
}
