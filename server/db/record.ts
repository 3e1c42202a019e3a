import type { Knex } from 'knex'

/**
 * When the system began to know anything of the list, or null before the first entry. From then on a past day is read
 * as it was known on that day, so that it equals what was exported on it; before, as ledgers told of it afterwards.
 */
export async function readRecordStart(db: Knex): Promise<Date | null> {
  const result = await db.raw(
    `select least((select min(recorded_from) from site_states), (select min(recorded_from) from hazard_states)) as start`,
  )
  return result.rows[0].start
}

/** In SQL: whether a state, of a table or alias, was what the system knew at `:asOf`. */
export const wasKnown = (states: string): string =>
  `(${states}.recorded_from < :asOf and (${states}.recorded_to is null or ${states}.recorded_to >= :asOf))`
