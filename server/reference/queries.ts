import type { Geometry } from 'geojson'
import type { Knex } from 'knex'
import type { AreaKind, Sector } from '../core/vocabulary.ts'

export interface ReferenceArea {
  code: string
  name: string
  kind: AreaKind
  parentCode: string | null
  statCode: string | null
  civilCode: string | null
  source: string
  geometry: Geometry
}

export interface ReferenceClause {
  id: string
  sectorLabel: string
  sector: Sector | null
  kind: string
  source: string
  documentNumber: string
  article: string
  text: string
  appliesTo: string[]
  confirmed: boolean
  edition: string
  note: string | null
  sourceRef: string | null
}

/** Adds areas that are missing. One that is there stays: its outline may be the official one by now. */
export async function addMissingAreas(db: Knex, areas: ReferenceArea[]): Promise<string[]> {
  const added: string[] = []
  // one by one, parents first: the parent must be there for the foreign key
  for (const area of areas) {
    const result = await db.raw(
      `insert into areas (code, name, kind, parent_code, stat_code, civil_code, is_approximate, source, geom)
       values (?, ?, ?, ?, ?, ?, true, ?,
         ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_GeomFromGeoJSON(?)), 3)))
       on conflict (code) do nothing
       returning code`,
      [
        area.code,
        area.name,
        area.kind,
        area.parentCode,
        area.statCode,
        area.civilCode,
        area.source,
        JSON.stringify(area.geometry),
      ],
    )
    added.push(...result.rows.map((row: { code: string }) => row.code))
  }
  return added
}

const CLAUSE_COLUMNS = `sector_label, sector, kind, source, document_number, article, text, applies_to, confirmed,
  edition, note, source_ref`
const qualified = (table: string) => CLAUSE_COLUMNS.replaceAll(/\w+/g, (column) => `${table}.${column}`)

/** Writes the clause library; answers the ids that are new or changed. */
export async function saveClauses(db: Knex, clauses: ReferenceClause[]): Promise<string[]> {
  const result = await db.raw(
    `insert into clauses (id, ${CLAUSE_COLUMNS})
     select clause.id, clause."sectorLabel", clause.sector, clause.kind, clause.source, clause."documentNumber",
       clause.article, clause.text, clause."appliesTo", clause.confirmed, clause.edition, clause.note,
       clause."sourceRef"
     from jsonb_to_recordset(?::jsonb) as clause(id text, "sectorLabel" text, sector text, kind text, source text,
       "documentNumber" text, article text, text text, "appliesTo" text[], confirmed boolean, edition text,
       note text, "sourceRef" text)
     on conflict (id) do update set (${CLAUSE_COLUMNS}) = (${qualified('excluded')})
       where (${qualified('clauses')}) is distinct from (${qualified('excluded')})
     returning id`,
    [JSON.stringify(clauses)],
  )
  return result.rows.map((row: { id: string }) => row.id)
}
