import type { Knex } from 'knex'
import {
  listSettingChanges,
  readSettingAt,
  type SettingWriter,
  writeSettingWithHistory,
} from '../db/settings.ts'
import { staleVersion, unprocessable } from '../http/problems.ts'
import type { MethodSettingsReply, MethodSettingsWrite } from './method-schema.ts'
import {
  DEFAULT_METHOD_SETTINGS,
  faultOfSettings,
  METHOD_SETTINGS_KEY,
  type MethodSettings,
} from './methods/settings.ts'

/** The settings of the methods in force, now or at a past moment. */
export async function readMethodSettings(db: Knex, at: Date | null = null): Promise<MethodSettings> {
  const kept = await readSettingAt(db, METHOD_SETTINGS_KEY, at)
  return (kept as MethodSettings | undefined) ?? DEFAULT_METHOD_SETTINGS
}

export async function describeMethodSettings(db: Knex): Promise<MethodSettingsReply> {
  const changes = await listSettingChanges(db, METHOD_SETTINGS_KEY)
  const history = changes.map(({ value, recordedFrom, updatedByName }) => ({
    ...(value as MethodSettings),
    since: recordedFrom.toISOString(),
    updatedByName,
  }))
  const [current] = history
  return {
    ...DEFAULT_METHOD_SETTINGS,
    ...(current ?? { since: null, updatedByName: null }),
    history,
  }
}

/** Keeps new settings; risks that are there keep the set by which they were graded. Throws 409 and 422. */
export async function writeMethodSettings(
  db: Knex,
  { since, ...settings }: MethodSettingsWrite,
  writer: SettingWriter,
): Promise<MethodSettingsReply> {
  const fault = faultOfSettings(settings)
  if (fault) throw unprocessable('BAD_METHOD_SETTINGS', fault.message, { parameter: fault.parameter })
  await db.transaction(async (transaction) => {
    // one writer at a time: the second sees what the first wrote, and that it is stale
    await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [METHOD_SETTINGS_KEY])
    const current = await describeMethodSettings(transaction)
    if (current.since !== since) throw staleVersion(current)
    await writeSettingWithHistory(transaction, METHOD_SETTINGS_KEY, settings, writer)
  })
  return describeMethodSettings(db)
}
