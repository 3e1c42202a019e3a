import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    create table drills (
      id uuid primary key,
      feature_id bigint generated always as identity unique,
      number text not null unique,
      title text not null check (length(title) between 1 and 200),
      form text not null check (form in ('tabletop', 'live', 'comprehensive')),
      content text not null default 'single' check (content in ('single', 'comprehensive')),
      purpose text not null default 'test' check (purpose in ('test', 'demonstration', 'research')),
      scenario text not null default '' check (length(scenario) <= 4000),
      sector text,
      starts_at timestamptz,
      ends_at timestamptz,
      state text not null default 'draft' check (state in ('draft', 'planned', 'running', 'done', 'cancelled')),
      site_id uuid references sites (id),
      area_code text references areas (code) on update cascade,
      place_text text check (length(place_text) <= 300),
      geom geometry(Point, 4326) check (ST_IsValid(geom)),
      zones jsonb not null default '[]',
      objectives text check (length(objectives) <= 4000),
      commander_name text check (length(commander_name) <= 100),
      note text check (length(note) <= 4000),
      is_example boolean not null default false,
      created_by uuid references users (id),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check (ends_at is null or starts_at is null or ends_at >= starts_at)
    );
    create index drills_geom on drills using gist (geom);
    create table drill_hazards (
      drill_id uuid not null references drills (id),
      hazard_id uuid not null references hazards (id),
      primary key (drill_id, hazard_id)
    );
    create index drill_hazards_hazard on drill_hazards (hazard_id);
    create table drill_events (
      id uuid primary key,
      drill_id uuid not null references drills (id),
      action text not null,
      changes jsonb not null default '{}',
      note text,
      actor_id uuid references users (id),
      actor_name text not null,
      occurred_at timestamptz not null default now()
    );
    create index drill_events_drill on drill_events (drill_id);
    create trigger drill_events_append_only before update or delete on drill_events
      for each row execute function refuse_change();

    create table resources (
      id uuid primary key,
      feature_id bigint generated always as identity unique,
      name text not null check (length(name) between 1 and 200),
      kind text not null check (kind in ('fire_station', 'hospital', 'rescue_team', 'shelter', 'depot', 'hydrant')),
      area_code text references areas (code) on update cascade,
      address text,
      phone text,
      capacity text,
      source text not null,
      source_key text unique,
      is_example boolean not null default false,
      geom geometry(Point, 4326) not null check (ST_IsValid(geom)),
      version integer not null default 1,
      updated_at timestamptz not null default now()
    );
    create index resources_geom on resources using gist (geom);

    create table protected_places (
      id uuid primary key,
      feature_id bigint generated always as identity unique,
      name text not null check (length(name) between 1 and 200),
      kind text not null check (kind in ('school', 'hospital', 'elderly_home', 'market', 'residential', 'kindergarten')),
      headcount integer check (headcount >= 0),
      area_code text references areas (code) on update cascade,
      address text,
      source text not null,
      source_key text unique,
      is_example boolean not null default false,
      geom geometry(Point, 4326) not null check (ST_IsValid(geom)),
      version integer not null default 1,
      updated_at timestamptz not null default now()
    );
    create index protected_places_geom on protected_places using gist (geom);
  `,
  )
}
