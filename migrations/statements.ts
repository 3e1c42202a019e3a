import type { Knex } from 'knex'

/**
 * Runs a text of several statements one by one: the embedded engine's prepared queries take one statement each.
 * A statement ends with a semicolon at the end of a line; bodies between $$ are left whole.
 */
export async function runStatements(db: Knex, text: string): Promise<void> {
  const statements: string[] = []
  let current = ''
  let isInBody = false
  for (const line of text.split('\n')) {
    if ((line.match(/\$\$/g) ?? []).length % 2 === 1) isInBody = !isInBody
    current += `${line}\n`
    if (!isInBody && /;\s*$/.test(line)) {
      statements.push(current)
      current = ''
    }
  }
  if (current.trim()) statements.push(current)
  for (const statement of statements) {
    // knex reads "?" as a binding, also inside a comment or a check
    await db.raw(statement.replaceAll('?', '\\?'))
  }
}
