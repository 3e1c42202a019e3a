import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    -- why a person took a risk or a unit out of the list; one that a newer assessment replaced needs no reason
    alter table risks
      add column retired_reason text check (length(retired_reason) between 1 and 500),
      add column retired_by_name text,
      add check (retired_reason is null or retired_at is not null);
    alter table site_units
      add column retired_reason text check (length(retired_reason) between 1 and 500),
      add column retired_by_name text,
      add check (retired_reason is null or retired_at is not null);
    create index risks_unit on risks (unit_id);
    create index risks_supersedes on risks (supersedes_id);
  `,
  )
}
