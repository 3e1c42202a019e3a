import type { Knex } from 'knex'
import { recordChange } from '../db/changes.ts'
import { deriveRiskLevels } from '../risk/derive.ts'

/** Derives the site's level and tells others of the risk, and of the site where its level changed. */
export async function announceRisk(
  transaction: Knex,
  riskId: string,
  site: { id: string; areaCode: string | null; sector: string },
  at: Date,
): Promise<void> {
  const changed = await deriveRiskLevels(transaction, [site.id], at)
  const whereabouts = { areaCodes: [site.areaCode], sectors: [site.sector] }
  await recordChange(transaction, { kind: 'risk', id: riskId, ...whereabouts })
  if (changed.length > 0) await recordChange(transaction, { kind: 'site', id: site.id, ...whereabouts })
}
