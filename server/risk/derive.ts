import type { Knex } from 'knex'

/** A site is as grave as the gravest of its risks in force. Derived, so the version stays; answers whose level changed. */
export async function deriveRiskLevels(
  transaction: Knex,
  siteIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const result = await transaction.raw(
    `update sites set risk_level = derived.level, updated_at = :at::timestamptz
     from (select id, (select min(level) from risks where risks.site_id = asked.id and retired_at is null) as level
       from jsonb_array_elements_text(:ids::jsonb) as named(value), lateral (select named.value::uuid as id) asked) derived
     where sites.id = derived.id and sites.risk_level is distinct from derived.level
     returning sites.id`,
    { at, ids: JSON.stringify([...new Set(siteIds)]) },
  )
  return result.rows.map((row: { id: string }) => row.id)
}
