import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

/** The list of risks asks each site for its last drill. */
export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    create index drills_site on drills (site_id);
    create index drill_states_site on drill_states (site_id);
  `,
  )
}
