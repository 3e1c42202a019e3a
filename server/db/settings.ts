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

/** A setting as it was at a past moment, or as it is now for null; undefined where nobody had set it then. */
export async function readSettingAt(db: Knex, key: string, at: Date | null): Promise<unknown> {
  const query = db('setting_history').select('value').where({ key })
  if (at === null) query.whereNull('recorded_to')
  else {
    query
      .where('recorded_from', '<', at)
      .where((either) => either.whereNull('recorded_to').orWhere('recorded_to', '>=', at))
  }
  return (await query.first())?.value
}

export interface SettingWriter {
  at: Date
  user: { id: string; displayName: string }
}

/** Sets what figures depend on: the value before stays, so that what was reported then can be made again. */
export async function writeSettingWithHistory(
  db: Knex,
  key: string,
  value: unknown,
  { at, user }: SettingWriter,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const last = await transaction('setting_history').where({ key }).max('recorded_from as moment').first()
    const isLater = !last?.moment || at > last.moment
    const moment = isLater ? at : new Date((last.moment as Date).getTime() + 1)
    await transaction('setting_history')
      .where({ key })
      .whereNull('recorded_to')
      .update({ recorded_to: moment })
    await transaction('setting_history').insert({
      key,
      value: JSON.stringify(value),
      recorded_from: moment,
      updated_by: user.id,
      updated_by_name: user.displayName,
    })
  })
}

export interface SettingChange {
  value: unknown
  recordedFrom: Date
  updatedByName: string | null
}

/** Every value that a setting had, newest first. */
export async function listSettingChanges(db: Knex, key: string): Promise<SettingChange[]> {
  return db('setting_history')
    .select('value', 'recorded_from as recordedFrom', 'updated_by_name as updatedByName')
    .where({ key })
    .orderBy('recorded_from', 'desc')
    .limit(100)
}
