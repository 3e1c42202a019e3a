import type { Knex } from 'knex'
import type { Config } from '../config.ts'
import { listSettingChanges, type SettingWriter, writeSettingWithHistory } from '../db/settings.ts'
import type { PrintSettings, PrintSettingsInput } from './schema.ts'

const KEY = 'printSheet'
const NOTHING: PrintSettingsInput = {
  unitName: null,
  title: null,
  source: null,
  approvalOwn: null,
  approvalTianditu: null,
  footer: null,
}

/** What stands on every sheet, and what stands there where nobody set anything. */
export async function readPrintSettings(db: Knex, config: Config): Promise<PrintSettings> {
  const [last] = await listSettingChanges(db, KEY)
  return {
    chosen: { ...NOTHING, ...(last?.value as Partial<PrintSettingsInput> | undefined) },
    defaults: { unitName: config.unitName, approvalTianditu: config.tiandituApproval },
    updatedAt: last?.recordedFrom.toISOString() ?? null,
    updatedByName: last?.updatedByName ?? null,
  }
}

export async function writePrintSettings(
  db: Knex,
  chosen: PrintSettingsInput,
  writer: SettingWriter,
): Promise<void> {
  const trimmed = Object.entries(chosen).map(([name, value]) => [name, value?.trim() || null])
  await writeSettingWithHistory(db, KEY, Object.fromEntries(trimmed), writer)
}
