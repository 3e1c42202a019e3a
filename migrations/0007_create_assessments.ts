import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    -- 判定标准文件: an edition of a document with the days between which it is in force
    create table clause_documents (
      id text primary key check (id ~ '^[0-9A-Za-z._-]{1,64}$'),
      title text not null,
      number text not null,
      edition text,
      issued_on date,
      effective_from date,
      effective_to date,
      successor_id text references clause_documents (id),
      confirmed boolean not null,
      note text,
      source_ref text,
      check (effective_to is null or effective_from is null or effective_to > effective_from)
    );
    alter table clauses
      add column document_id text references clause_documents (id),
      add column item text;
    create index clauses_document on clauses (document_id);

    -- an administrator's word that a clause was compared with its original, and where; the last one counts
    create table clause_confirmations (
      id uuid primary key,
      clause_id text not null references clauses (id),
      is_confirmed boolean not null,
      source text not null check (length(source) between 1 and 500),
      note text check (length(note) <= 2000),
      confirmed_by uuid not null references users (id),
      confirmed_by_name text not null,
      confirmed_at timestamptz not null
    );
    create index clause_confirmations_clause on clause_confirmations (clause_id, confirmed_at);
    create trigger clause_confirmations_append_only before update or delete on clause_confirmations
      for each row execute function refuse_change();

    -- 单元: a production or storage unit of a site, judged by itself as GB 18218 asks
    create table site_units (
      id uuid primary key,
      site_id uuid not null references sites (id),
      name text not null check (length(name) between 1 and 100),
      kind text not null check (kind in ('production', 'storage')),
      substances jsonb not null default '[]' check (jsonb_typeof(substances) = 'array'),
      -- people within 500 m as a person states them instead of what was counted
      exposed_people integer check (exposed_people >= 0),
      exposed_reason text check (length(exposed_reason) between 1 and 500),
      is_example boolean not null default false,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      retired_at timestamptz,
      check ((exposed_people is null) = (exposed_reason is null))
    );
    create index site_units_site on site_units (site_id);

    alter table risks
      add column unit_id uuid references site_units (id),
      add column clause_id text references clauses (id),
      -- the whole answer of the method at the time: steps, confirmed marks, threshold set, substances
      add column arithmetic jsonb,
      add column residual_level smallint check (residual_level between 1 and 4),
      add column assessed_by text check (length(assessed_by) <= 100),
      add column next_review_on date,
      -- the assessment that this one took the place of; that one is retired, not lost
      add column supersedes_id uuid references risks (id);
    create index risks_clause on risks (clause_id);

    alter table sites
      -- people within 500 m of the border, derived from protected places and population
      add column exposed_people integer check (exposed_people >= 0),
      add column exposure jsonb;

    -- residents of a grid cell, building or village, from a population layer that a bureau may have
    create table population_cells (
      id bigint generated always as identity primary key,
      people double precision not null check (people >= 0),
      source text not null,
      source_key text,
      geom geometry(Geometry, 4326) not null check (ST_IsValid(geom)),
      unique (source, source_key)
    );
    create index population_cells_geom on population_cells using gist (geom);
    -- geodesic distances are asked of protected places for each site
    create index protected_places_geography on protected_places using gist ((geom::geography));

    -- a visit on the spot, also one that found nothing
    create table site_checks (
      id uuid primary key,
      site_id uuid not null references sites (id),
      checked_on date not null,
      checked_by text not null check (length(checked_by) between 1 and 100),
      outcome text not null check (outcome in ('nothing_found', 'hazards_found')),
      note text check (length(note) <= 2000),
      is_example boolean not null default false,
      created_by uuid references users (id),
      created_at timestamptz not null default now()
    );
    create index site_checks_site on site_checks (site_id, checked_on);

    -- every value that a setting ever had, so that a list of a past day is made with the weights of that day
    create table setting_history (
      key text not null,
      value jsonb not null,
      recorded_from timestamptz not null,
      recorded_to timestamptz,
      updated_by uuid references users (id),
      updated_by_name text,
      primary key (key, recorded_from)
    );
  `,
  )
}
