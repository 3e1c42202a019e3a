import { type Static, Type } from 'typebox'
import { Nullable, Page, PageQuery, Words } from '../core/schema-parts.ts'
import { SECTORS } from '../core/vocabulary.ts'

export const Clause = Type.Object({
  id: Type.String(),
  title: Type.String({ description: 'document number and article' }),
  sector: Nullable(Words(SECTORS)),
  sectorLabel: Type.String(),
  kind: Type.String(),
  source: Type.String(),
  documentNumber: Type.String(),
  article: Type.String(),
  text: Type.String({ description: 'a summary of ours, not the wording of the standard' }),
  appliesTo: Type.Array(Type.String()),
  confirmed: Type.Boolean(),
  edition: Type.String(),
  mayMakeMajor: Type.Boolean({ description: 'confirmed, in force, and a clause on major hazards' }),
  note: Nullable(Type.String()),
})
export type Clause = Static<typeof Clause>
export const ClausePage = Page(Clause)
export type ClausePage = Static<typeof ClausePage>
export const ClauseQuery = Type.Intersect([
  PageQuery,
  Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    sector: Type.Optional(Type.String()),
    mayMakeMajor: Type.Optional(Type.Boolean()),
  }),
])
export type ClauseQuery = Static<typeof ClauseQuery>
