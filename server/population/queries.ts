import type { Knex } from 'knex'
import type { CellShape } from './read-file.ts'

export interface CellRecord {
  sourceKey: string
  people: number
  shape: CellShape
}

const BATCH = 1_000

/** Takes away the layer that came from this source before; answers how many cells it had. */
export async function removeLayer(transaction: Knex, source: string): Promise<number> {
  // the embedded engine does not tell how many rows a delete took
  const removed: unknown[] = await transaction('population_cells').where({ source }).delete().returning('id')
  return removed.length
}

/** Writes cells, projected ones by way of PostGIS; outlines that cross themselves are mended. */
export async function insertCells(
  transaction: Knex,
  source: string,
  srid: number,
  cells: readonly CellRecord[],
): Promise<void> {
  for (let start = 0; start < cells.length; start += BATCH) {
    await transaction.raw(
      `insert into population_cells (people, source, source_key, geom)
       select cell.people, :source, cell."sourceKey", mended.geom
       from jsonb_to_recordset(:cells::jsonb) as cell("sourceKey" text, people float8, shape jsonb),
         lateral (select ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(cell.shape::text), :srid::int), 4326) as geom) drawn,
         lateral (select case when ST_Dimension(drawn.geom) = 2
           then ST_CollectionExtract(ST_MakeValid(drawn.geom), 3) else drawn.geom end as geom) mended`,
      { source, srid, cells: JSON.stringify(cells.slice(start, start + BATCH)) },
    )
  }
}

/** The keys of cells of a source without a surface, which could not be shared out. */
export async function listFlatCells(transaction: Knex, source: string): Promise<string[]> {
  return transaction('population_cells')
    .where({ source })
    .whereRaw(`(ST_IsEmpty(geom) or (ST_Dimension(geom) = 2 and ST_Area(geom::geography) = 0))`)
    .orderBy('id')
    .limit(5)
    .pluck('source_key')
}

export interface LayerFacts {
  cells: number
  people: number
  west: number
  south: number
  east: number
  north: number
}

export async function readLayer(transaction: Knex, source: string): Promise<LayerFacts> {
  const result = await transaction.raw(
    `select count(*)::int as cells, sum(people)::float8 as people, ST_XMin(ST_Extent(geom)) as west,
       ST_YMin(ST_Extent(geom)) as south, ST_XMax(ST_Extent(geom)) as east, ST_YMax(ST_Extent(geom)) as north
     from population_cells where source = :source`,
    { source },
  )
  return result.rows[0]
}
