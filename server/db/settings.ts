import type { Knex } from 'knex'

/** What the product itself remembers beside the map data, by key. */
export async function readSetting(db: Knex, key: string): Promise<unknown> {
  const row = await db('settings').select('value').where({ key }).first()
  return row?.value
}

export async function writeSetting(db: Knex, key: string, value: unknown): Promise<void> {
  const row = { key, value: JSON.stringify(value), updated_at: db.fn.now() }
  await db('settings').insert(row).onConflict('key').merge()
}
