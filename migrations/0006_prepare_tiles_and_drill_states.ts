import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

/**
 * Where a point lies in the tile pyramid, as whole numbers of 2^-30 of the world's width (4 cm): a shift to the right
 * gives its tile at any zoom. Counting a million points into cells by these took half the time of reading geometries.
 */
const STEPS = 2 ** 30
const MERCATOR_MAX_LAT = 85.0511287798066
const TILE_COLUMNS = `
      add column tile_x integer generated always as (
        case when geom is not null then
          greatest(0, least(${STEPS - 1}, floor((ST_X(geom) + 180) / 360 * ${STEPS})))::integer
        end) stored,
      add column tile_y integer generated always as (
        case when geom is not null then
          greatest(0, least(${STEPS - 1}, floor(
            (0.5 - asinh(tan(radians(greatest(-${MERCATOR_MAX_LAT}, least(${MERCATOR_MAX_LAT}, ST_Y(geom))))))
              / (2 * pi())) * ${STEPS})))::integer
        end) stored;`

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    alter table hazards ${TILE_COLUMNS}
    alter table hazard_states ${TILE_COLUMNS}

    -- the last change of a kind is part of every tile's ETag
    create index change_log_kind on change_log (kind, sequence);

    -- every state that a drill was ever in, with its hazards: asOf reads this table with the same filters
    create table drill_states (
      like drills including constraints,
      hazard_ids uuid[] not null default '{}',
      valid_from timestamptz not null,
      valid_to timestamptz,
      primary key (id, valid_from),
      foreign key (id) references drills (id),
      foreign key (area_code) references areas (code) on update cascade,
      check (valid_to is null or valid_to > valid_from)
    );
    create index drill_states_geom on drill_states using gist (geom);
    create index drill_states_valid on drill_states (valid_from, valid_to);
  `,
  )
}
