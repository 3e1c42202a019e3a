import type { Knex } from 'knex'

/** The next numbers of a series such as YH-2025-000123, without gaps or repeats; the row lock orders writers. */
export async function allocateNumbers(
  transaction: Knex,
  prefix: 'YH' | 'YL',
  year: number,
  count: number,
): Promise<string[]> {
  const digits = prefix === 'YH' ? 6 : 4
  const result = await transaction.raw(
    `insert into number_series (prefix, year, last_value) values (:prefix, :year, :count)
     on conflict (prefix, year) do update set last_value = number_series.last_value + :count
     returning last_value`,
    { prefix, year, count },
  )
  const last: number = result.rows[0].last_value
  return Array.from({ length: count }, (_, index) => {
    const value = String(last - count + 1 + index).padStart(digits, '0')
    return `${prefix}-${year}-${value}`
  })
}
