import type { Knex } from 'knex'

export const CHANGE_CHANNEL = 'hidden_hazard_map_change'

export const CHANGE_KINDS = [
  'hazard',
  'site',
  'risk',
  'drill',
  'resource',
  'protectedPlace',
  'area',
  'base',
  'import',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export interface Change {
  kind: ChangeKind
  id: string | null
  /** Every area that the thing is or was in; a null area code is left out. */
  areaCodes: (string | null)[]
  sectors: string[]
}

export interface RecordedChange {
  sequence: number
  kind: ChangeKind
  id: string | null
  areaCodes: string[]
  sectors: string[]
}

/**
 * Raises the change sequence inside the caller's transaction. The row lock makes commits follow the sequence, so a
 * reader that sees number n sees all changes up to n. Listeners hear of it when the transaction commits.
 */
export async function recordChange(transaction: Knex, change: Change): Promise<number> {
  const areaCodes = [...new Set(change.areaCodes.filter((code) => code !== null))]
  const sectors = [...new Set(change.sectors)]
  const updated = await transaction.raw(
    'update change_sequence set value = value + 1 where id = 1 returning value',
  )
  const sequence: number = updated.rows[0].value
  await transaction('change_log').insert({
    sequence,
    kind: change.kind,
    entity_id: change.id,
    area_codes: areaCodes,
    sectors,
  })
  const recorded: RecordedChange = { sequence, kind: change.kind, id: change.id, areaCodes, sectors }
  await transaction.raw('select pg_notify(?, ?)', [CHANGE_CHANNEL, JSON.stringify(recorded)])
  return sequence
}

export async function currentSequence(db: Knex): Promise<number> {
  const row = await db('change_sequence').select('value').first()
  return row.value
}
