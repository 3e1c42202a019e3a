import type { Knex } from 'knex'

export const CHANGE_CHANNEL = 'hidden_hazard_map_change'
/** The engine refuses a message of 8,000 bytes. A longer one goes as its number alone; who hears it reads the log. */
const MAX_MESSAGE_BYTES = 7_900

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
  'clause',
  'setting',
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
  const whole = JSON.stringify(recorded)
  const isShort = new TextEncoder().encode(whole).byteLength <= MAX_MESSAGE_BYTES
  const message = isShort ? whole : JSON.stringify({ sequence })
  await transaction.raw('select pg_notify(?, ?)', [CHANGE_CHANNEL, message])
  return sequence
}

export async function currentSequence(db: Knex): Promise<number> {
  const row = await db('change_sequence').select('value').first()
  return row.value
}

/** The changes after a number, oldest first, at most so many. */
export async function listChangesAfter(db: Knex, sequence: number, limit: number): Promise<RecordedChange[]> {
  return db('change_log')
    .select('sequence', 'kind', 'entity_id as id', 'area_codes as areaCodes', 'sectors')
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit)
}
