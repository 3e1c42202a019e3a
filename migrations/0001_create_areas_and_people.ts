import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    create table areas (
      code text primary key check (code ~ '^[0-9A-Za-z-]{1,32}$'),
      name text not null check (length(name) between 1 and 100),
      kind text not null check (kind in ('zone', 'subdistrict', 'town', 'grid')),
      parent_code text references areas (code),
      stat_code text,
      civil_code text,
      is_approximate boolean not null,
      source text not null,
      geom geometry(MultiPolygon, 4326) not null check (ST_IsValid(geom)),
      version integer not null default 1,
      updated_at timestamptz not null default now()
    );
    create index areas_geom on areas using gist (geom);
    create index areas_parent on areas (parent_code);

    create table users (
      id uuid primary key,
      username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
      display_name text not null check (length(display_name) between 1 and 60),
      role text not null check (role in ('analyst', 'officer', 'inspector', 'commander', 'admin')),
      password_hash text not null,
      is_active boolean not null default true,
      is_example boolean not null default false,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    -- an officer is bound to areas, an inspector to sectors; the other roles see the whole zone
    create table user_areas (
      user_id uuid not null references users (id),
      area_code text not null references areas (code) on update cascade,
      primary key (user_id, area_code)
    );
    create table user_sectors (
      user_id uuid not null references users (id),
      sector text not null,
      primary key (user_id, sector)
    );
    -- only a hash of the random token is kept, so a copy of the database opens no session
    create table sessions (
      token_hash text primary key,
      user_id uuid not null references users (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index sessions_expires_at on sessions (expires_at);
    create table tokens (
      id uuid primary key,
      name text not null check (length(name) between 1 and 100),
      token_hash text not null unique,
      user_id uuid not null references users (id),
      created_by uuid not null references users (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      revoked_at timestamptz
    );
  `,
  )
}
