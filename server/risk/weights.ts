import type { Knex } from 'knex'
import { recordChange } from '../db/changes.ts'
import {
  listSettingChanges,
  readSettingAt,
  type SettingWriter,
  writeSettingWithHistory,
} from '../db/settings.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { DEFAULT_PRESSURE_WEIGHTS } from './pressure.ts'
import type { PressureSetting, PressureWeights } from './pressure-schema.ts'

const KEY = 'pressureWeights'

/** The weights now, or those of the past day whose record is read. */
export async function readPressureWeights(
  db: Knex,
  request: Pick<FilterRequest, 'asOf' | 'isRecorded'> = { asOf: null },
): Promise<PressureWeights> {
  const value = await readSettingAt(db, KEY, request.isRecorded ? request.asOf : null)
  return (value as PressureWeights | undefined) ?? DEFAULT_PRESSURE_WEIGHTS
}

export async function readPressureSetting(db: Knex): Promise<Omit<PressureSetting, 'mayEdit'>> {
  const changes = await listSettingChanges(db, KEY)
  return {
    weights: (changes[0]?.value as PressureWeights | undefined) ?? DEFAULT_PRESSURE_WEIGHTS,
    defaults: DEFAULT_PRESSURE_WEIGHTS,
    isDefault: changes.length === 0,
    history: changes.map(({ value, recordedFrom, updatedByName }) => ({
      at: recordedFrom.toISOString(),
      by: updatedByName,
      weights: value as PressureWeights,
    })),
  }
}

/** Sets the weights; open lists hear of it. */
export async function savePressureWeights(
  db: Knex,
  weights: PressureWeights,
  writer: SettingWriter,
): Promise<void> {
  await db.transaction(async (transaction) => {
    await writeSettingWithHistory(transaction, KEY, weights, writer)
    await recordChange(transaction, { kind: 'setting', id: null, areaCodes: [], sectors: [] })
  })
}
