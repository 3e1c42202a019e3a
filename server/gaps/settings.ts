import type { Knex } from 'knex'
import { recordChange } from '../db/changes.ts'
import {
  listSettingChanges,
  readSettingAt,
  type SettingWriter,
  writeSettingWithHistory,
} from '../db/settings.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { staleVersion } from '../http/problems.ts'
import { DEFAULT_GAP_RULES, DRILL_DUTIES, DRILL_SUBJECTS, type GapRules } from './rules.ts'
import { SCENARIO_WORDS } from './scenario.ts'
import type { GapSettings } from './schema.ts'

const KEY = 'gapRules'

/** The rules now, or as they were at the past moment that is asked for. */
export async function readGapRules(db: Knex, { asOf }: Pick<FilterRequest, 'asOf'>): Promise<GapRules> {
  return ((await readSettingAt(db, KEY, asOf)) as GapRules | undefined) ?? DEFAULT_GAP_RULES
}

export async function readGapSettings(db: Knex): Promise<GapSettings> {
  const changes = await listSettingChanges(db, KEY)
  const [last] = changes
  return {
    rules: (last?.value as GapRules | undefined) ?? DEFAULT_GAP_RULES,
    defaults: DEFAULT_GAP_RULES,
    isDefault: last === undefined,
    version: last?.recordedFrom.toISOString() ?? null,
    duties: DRILL_SUBJECTS.map((subject) => {
      const { zh, months, basis, confirmed } = DRILL_DUTIES[subject]
      return { subject, name: zh, months, basis, confirmed }
    }),
    scenarios: Object.entries(SCENARIO_WORDS).map(([scenario, words]) => ({ scenario, words: [...words] })),
    history: changes.map(({ value, recordedFrom, updatedByName }) => ({
      rules: value as GapRules,
      at: recordedFrom.toISOString(),
      by: updatedByName,
    })),
  }
}

/** Sets the rules, if nobody set others since `version` was read. Throws 409 with the current ones. */
export async function saveGapRules(
  db: Knex,
  change: { rules: GapRules; version: string | null },
  writer: SettingWriter,
): Promise<void> {
  await db.transaction(async (transaction) => {
    // two changes at once: the second waits here, and then finds the first
    await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [KEY])
    const current = await readGapSettings(transaction)
    if (current.version !== change.version) throw staleVersion(current)
    await writeSettingWithHistory(transaction, KEY, change.rules, writer)
    await recordChange(transaction, { kind: 'setting', id: null, areaCodes: [], sectors: [] })
  })
}
