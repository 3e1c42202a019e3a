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
  documentId: string | null
  item: string | null
  premise: string | null
  seeAlso: string[]
  overlap: string | null
  successorItem: string | null
}

/** An edition of a document with the days between which it is in force; null is what nobody has told us. */
export interface ReferenceDocument {
  id: string
  title: string
  number: string
  edition: string | null
  issuedOn: string | null
  effectiveFrom: string | null
  effectiveTo: string | null
  successorId: string | null
  confirmed: boolean
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

const DOCUMENT_COLUMNS = `title, number, edition, issued_on, effective_from, effective_to, successor_id, confirmed,
  note, source_ref`
const CLAUSE_COLUMNS = `sector_label, sector, kind, source, document_number, article, text, applies_to, confirmed,
  edition, note, source_ref, document_id, item, premise, see_also, overlap, successor_item`
const qualified = (table: string, columns: string) =>
  columns.replaceAll(/\w+/g, (column) => `${table}.${column}`)
/** Overwrites a row only where it differs, so that a repeat of the same file writes nothing. */
const updateChanged = (table: string, columns: string) =>
  `on conflict (id) do update set (${columns}) = (${qualified('excluded', columns)})
       where (${qualified(table, columns)}) is distinct from (${qualified('excluded', columns)})
     returning id`

/** Writes the documents of the clause library; answers the ids that are new or changed. */
export async function saveDocuments(db: Knex, documents: ReferenceDocument[]): Promise<string[]> {
  const result = await db.raw(
    `insert into clause_documents (id, ${DOCUMENT_COLUMNS})
     select document.id, document.title, document.number, document.edition, document."issuedOn",
       document."effectiveFrom", document."effectiveTo", document."successorId", document.confirmed, document.note,
       document."sourceRef"
     from jsonb_to_recordset(?::jsonb) as document(id text, title text, number text, edition text, "issuedOn" date,
       "effectiveFrom" date, "effectiveTo" date, "successorId" text, confirmed boolean, note text, "sourceRef" text)
     ${updateChanged('clause_documents', DOCUMENT_COLUMNS)}`,
    [JSON.stringify(documents)],
  )
  return result.rows.map((row: { id: string }) => row.id)
}

/**
 * Writes the clause library; answers the ids that are new or changed. What administrators confirmed stands in a table
 * of its own and is not touched.
 */
export async function saveClauses(db: Knex, clauses: ReferenceClause[]): Promise<string[]> {
  const result = await db.raw(
    `insert into clauses (id, ${CLAUSE_COLUMNS})
     select clause.id, clause."sectorLabel", clause.sector, clause.kind, clause.source, clause."documentNumber",
       clause.article, clause.text, clause."appliesTo", clause.confirmed, clause.edition, clause.note,
       clause."sourceRef", clause."documentId", clause.item, clause.premise, clause."seeAlso", clause.overlap,
       clause."successorItem"
     from jsonb_to_recordset(?::jsonb) as clause(id text, "sectorLabel" text, sector text, kind text, source text,
       "documentNumber" text, article text, text text, "appliesTo" text[], confirmed boolean, edition text,
       note text, "sourceRef" text, "documentId" text, item text, premise text, "seeAlso" text[], overlap text,
       "successorItem" text)
     ${updateChanged('clauses', CLAUSE_COLUMNS)}`,
    [JSON.stringify(clauses)],
  )
  return result.rows.map((row: { id: string }) => row.id)
}
