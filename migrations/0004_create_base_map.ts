import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

/**
 * What the base map draws. `source` is 'schematic' for the invented demonstration network, 'osm' for an imported
 * extract, 'reference' for shipped reference data; `source_key` makes an import repeatable.
 */
const table = (name: string, geometryType: string, columns: string) => `
    create table ${name} (
      id bigint generated always as identity primary key,
      source text not null check (source in ('schematic', 'osm', 'reference')),
      source_key text,
      name text,
      class text not null,
      ${columns}
      geom geometry(${geometryType}, 4326) not null check (ST_IsValid(geom)),
      unique (source, source_key)
    );
    create index ${name}_geom on ${name} using gist (geom);`

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,

    table(
      'roads',
      'LineString',
      `is_oneway boolean not null default false, speed_kmh real, importance smallint not null default 5,`,
    ) +
      table('railways', 'LineString', '') +
      table('waters', 'Geometry', '') +
      table('land_uses', 'MultiPolygon', '') +
      table('buildings', 'MultiPolygon', '') +
      table('places', 'Point', 'importance smallint not null default 5,') +
      table('boundaries', 'MultiPolygon', ''),
  )
}
