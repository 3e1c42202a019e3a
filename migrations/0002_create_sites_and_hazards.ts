import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

const SECTORS = `('chemicals', 'fire', 'transport', 'industry', 'gas', 'construction', 'special_equipment',
  'small_place', 'self_built_house', 'agriculture')`
const COORDINATE_SYSTEMS = `('WGS84', 'CGCS2000', 'GCJ02', 'BD09', 'EPSG:4549', 'EPSG:4550', 'EPSG:4551', 'EPSG:4530')`

/** The columns of a hazard that change over time; `hazards` holds the present, `hazard_states` every past. */
const HAZARD_COLUMNS = `
      number text not null,
      row_key text,
      site_id uuid references sites (id),
      area_code text references areas (code) on update cascade,
      area_basis text check (area_basis in ('geometry', 'named', 'site')),
      sector text not null check (sector in ${SECTORS}),
      description text not null check (length(description) between 1 and 2000),
      location_text text check (length(location_text) <= 300),
      category text check (length(category) <= 100),
      severity text not null check (severity in ('general', 'suspected_major', 'major')),
      status text not null
        check (status in ('reported', 'registered', 'assigned', 'rectifying', 'submitted', 'closed', 'rejected')),
      clause_id text references clauses (id),
      found_on date not null,
      found_by text check (length(found_by) <= 100),
      due_on date,
      original_due_on date,
      extension_count integer not null default 0 check (extension_count >= 0),
      closed_on date,
      accepted_by text check (length(accepted_by) <= 100),
      measures text check (length(measures) <= 2000),
      responsible_unit text check (length(responsible_unit) <= 200),
      responsible_person text check (length(responsible_person) <= 100),
      funds_wan numeric(14, 4) check (funds_wan >= 0),
      contingency_plan text check (length(contingency_plan) <= 2000),
      supervisor text check (length(supervisor) <= 200),
      result text check (length(result) <= 2000),
      origin text check (length(origin) <= 100),
      is_listed boolean not null default false,
      listing_document text check (length(listing_document) <= 200),
      submitted_by uuid references users (id),
      geom geometry(Point, 4326) check (ST_IsValid(geom)),
      coordinate_text text check (length(coordinate_text) <= 200),
      coordinate_system text check (coordinate_system in ${COORDINATE_SYSTEMS}),
      is_example boolean not null default false,
      import_id uuid,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      withdrawn_at timestamptz,
      check (severity <> 'major' or clause_id is not null),
      check (due_on is null or due_on >= found_on),
      check (closed_on is null or closed_on >= found_on),
      check (status <> 'closed' or closed_on is not null)`

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    -- 判定条款; confirmed = false is shown as 待核 and may not make a hazard major
    create table clauses (
      id text primary key,
      sector_label text not null,
      sector text,
      kind text not null,
      source text not null,
      document_number text not null,
      article text not null,
      text text not null,
      applies_to text[] not null default '{}',
      confirmed boolean not null,
      edition text not null,
      note text,
      source_ref text
    );

    create table sites (
      id uuid primary key,
      feature_id bigint generated always as identity unique,
      row_key text,
      name text not null check (length(name) between 1 and 200),
      credit_code text check (length(credit_code) <= 40),
      kind text check (length(kind) <= 100),
      sector text not null check (sector in ${SECTORS}),
      risk_level smallint check (risk_level between 1 and 4),
      area_code text references areas (code) on update cascade,
      area_basis text check (area_basis in ('geometry', 'named')),
      address text check (length(address) <= 300),
      responsible_unit text check (length(responsible_unit) <= 200),
      responsible_person text check (length(responsible_person) <= 100),
      responsible_phone text check (length(responsible_phone) <= 40),
      geom geometry(Geometry, 4326) check (ST_IsValid(geom)),
      coordinate_text text check (length(coordinate_text) <= 200),
      coordinate_system text check (coordinate_system in ${COORDINATE_SYSTEMS}),
      is_example boolean not null default false,
      import_id uuid,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      retired_at timestamptz
    );
    create unique index sites_row_key on sites (row_key) where retired_at is null;
    create index sites_geom on sites using gist (geom);
    create index sites_area on sites (area_code);

    create table risks (
      id uuid primary key,
      row_key text,
      site_id uuid not null references sites (id),
      name text not null check (length(name) between 1 and 200),
      kind text check (length(kind) <= 100),
      hazard_factors text check (length(hazard_factors) <= 1000),
      accident_types text check (length(accident_types) <= 300),
      method text not null check (method in ('lec', 'ls', 'gb18218', 'direct')),
      inputs jsonb not null default '{}',
      score double precision,
      level smallint not null check (level between 1 and 4),
      engineering_controls text check (length(engineering_controls) <= 2000),
      management_controls text check (length(management_controls) <= 2000),
      training_controls text check (length(training_controls) <= 2000),
      protection_controls text check (length(protection_controls) <= 2000),
      emergency_controls text check (length(emergency_controls) <= 2000),
      control_level text check (length(control_level) <= 100),
      responsible_unit text check (length(responsible_unit) <= 200),
      responsible_person text check (length(responsible_person) <= 100),
      check_frequency text check (length(check_frequency) <= 100),
      assessed_on date,
      is_example boolean not null default false,
      import_id uuid,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      retired_at timestamptz
    );
    create unique index risks_row_key on risks (row_key) where retired_at is null;
    create index risks_site on risks (site_id);

    create table hazards (
      id uuid primary key,
      feature_id bigint generated always as identity unique,
      ${HAZARD_COLUMNS}
    );
    create unique index hazards_number on hazards (number);
    create unique index hazards_row_key on hazards (row_key) where withdrawn_at is null;
    create index hazards_geom on hazards using gist (geom);
    create index hazards_area on hazards (area_code);
    create index hazards_site on hazards (site_id);
    create index hazards_found_on on hazards (found_on);
    create index hazards_open_due_on on hazards (due_on) where status not in ('closed', 'rejected');

    -- every state that a hazard was ever in: asOf reads this table with the same filters
    create table hazard_states (
      id uuid not null references hazards (id),
      feature_id bigint not null,
      ${HAZARD_COLUMNS},
      valid_from timestamptz not null,
      valid_to timestamptz,
      primary key (id, valid_from),
      check (valid_to is null or valid_to > valid_from)
    );
    create index hazard_states_geom on hazard_states using gist (geom);
    create index hazard_states_valid on hazard_states (valid_from, valid_to);

    create table hazard_events (
      id uuid primary key,
      hazard_id uuid not null references hazards (id),
      sequence integer not null check (sequence > 0),
      action text not null,
      from_status text,
      to_status text,
      changes jsonb not null default '{}',
      note text check (length(note) <= 2000),
      actor_id uuid references users (id),
      actor_name text not null,
      import_id uuid,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null default now(),
      unique (hazard_id, sequence)
    );
    create index hazard_events_occurred on hazard_events (occurred_at);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;
    create trigger hazard_events_append_only before update or delete on hazard_events
      for each row execute function refuse_change();

    create table hazard_photos (
      id uuid primary key,
      hazard_id uuid not null references hazards (id),
      event_id uuid references hazard_events (id),
      stage text not null check (stage in ('before', 'after')),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
      byte_size integer not null check (byte_size > 0),
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      taken_at_text text,
      geom geometry(Point, 4326) check (ST_IsValid(geom)),
      distance_meters double precision,
      created_by uuid references users (id),
      created_at timestamptz not null default now()
    );
    create index hazard_photos_hazard on hazard_photos (hazard_id);
    create index hazard_photos_geom on hazard_photos using gist (geom);

    create table number_series (
      prefix text not null,
      year integer not null,
      last_value integer not null default 0,
      primary key (prefix, year)
    );
  `,
  )
}
