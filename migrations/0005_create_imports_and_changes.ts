import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    create table imports (
      id uuid primary key,
      kind text not null check (kind in ('sites', 'risks', 'hazards')),
      file_name text not null,
      file_sha256 text not null,
      coordinate_system text not null,
      state text not null check (state in ('checked', 'committed', 'undone', 'discarded')),
      options jsonb not null default '{}',
      report jsonb not null,
      created_by uuid references users (id),
      created_at timestamptz not null default now(),
      committed_at timestamptz,
      undone_at timestamptz
    );
    create index imports_created_at on imports (created_at);
    create table import_rows (
      import_id uuid not null references imports (id),
      position integer not null,
      sheet text not null,
      row_number integer not null,
      outcome text not null check (outcome in ('new', 'changed', 'unchanged', 'rejected')),
      cells jsonb not null,
      record jsonb,
      issues jsonb not null default '[]',
      target_id uuid,
      before jsonb,
      primary key (import_id, position)
    );
    alter table hazards add foreign key (import_id) references imports (id);
    alter table sites add foreign key (import_id) references imports (id);
    alter table risks add foreign key (import_id) references imports (id);

    -- one row; every committed change of map data raises it inside its own transaction
    create table change_sequence (
      id smallint primary key check (id = 1),
      value bigint not null
    );
    insert into change_sequence values (1, 0);
    create table change_log (
      sequence bigint primary key,
      kind text not null,
      entity_id uuid,
      area_codes text[] not null default '{}',
      sectors text[] not null default '{}',
      created_at timestamptz not null default now()
    );
    create table settings (
      key text primary key,
      value jsonb not null,
      updated_by uuid references users (id),
      updated_at timestamptz not null default now()
    );
  `,
  )
}
