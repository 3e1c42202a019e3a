import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    alter table clauses
      -- 前提: what must hold before the clause can be met at all
      add column premise text,
      -- clauses of another document on the same matter, and why both stand
      add column see_also text[] not null default '{}',
      add column overlap text,
      -- where the next edition treats the matter, as far as that is known
      add column successor_item text;
    -- the last word on a clause is asked for with every list that shows one
    drop index clause_confirmations_clause;
    create index clause_confirmations_clause on clause_confirmations (clause_id, confirmed_at desc, id desc);
  `,
  )
}
