import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Page, PageQuery, Words } from '../core/schema-parts.ts'
import { SECTORS } from '../core/vocabulary.ts'

const DocumentReference = Type.Object({ id: Type.String(), title: Type.String(), number: Type.String() })

/** 判定标准文件: an edition, and the days between which it is in force. */
const documentFields = {
  id: Type.String(),
  title: Type.String(),
  number: Type.String(),
  edition: Nullable(Type.String()),
  issuedOn: Nullable(Day),
  effectiveFrom: Nullable(Day),
  effectiveTo: Nullable(
    Type.String({ format: 'date', description: 'the first day on which it is no longer in force' }),
  ),
  successor: Nullable(DocumentReference),
  confirmed: Type.Boolean({ description: 'whether these facts are; a null day is 待核 in any case' }),
}
export const ClauseDocument = Type.Object({
  ...documentFields,
  note: Nullable(Type.String()),
  sourceRef: Nullable(Type.String()),
  clauses: Type.Integer({ description: 'how many of its clauses are in the library' }),
  confirmedClauses: Type.Integer(),
})
export type ClauseDocument = Static<typeof ClauseDocument>
export const ClauseDocumentList = Type.Object({ items: Type.Array(ClauseDocument), total: Type.Integer() })
export type ClauseDocumentList = Static<typeof ClauseDocumentList>

export const PlaceTypeList = Type.Object({
  items: Type.Array(Type.Object({ placeType: Type.String(), count: Type.Integer() })),
  total: Type.Integer(),
})
export type PlaceTypeList = Static<typeof PlaceTypeList>

const clauseFields = {
  id: Type.String(),
  title: Type.String({ description: 'document number and article as written' }),
  sector: Nullable(Words(SECTORS)),
  sectorLabel: Type.String(),
  kind: Type.String(),
  source: Type.String(),
  documentNumber: Type.String(),
  document: Nullable(Type.Object(documentFields)),
  article: Type.String({ description: '条' }),
  item: Nullable(Type.String({ description: '款、项, as officials write it: （二）' })),
  citation: Type.String({ description: 'article and item as the library writes them' }),
  text: Type.String({ description: 'a summary of ours, not the wording of the standard' }),
  premise: Nullable(Type.String({ description: '前提: what must hold before the clause can be met' })),
  appliesTo: Type.Array(Type.String()),
  confirmed: Type.Boolean({
    description: 'by the library, or by the last word of an administrator; else 待核',
  }),
  confirmation: Nullable(
    Type.Object({ by: Type.String(), at: Instant, source: Type.String(), isConfirmed: Type.Boolean() }),
  ),
  edition: Type.String(),
  isInForce: Type.Boolean({ description: 'on the day asked for, else today' }),
  mayMakeMajor: Type.Boolean({
    description: 'on the day asked for, else today: in force, confirmed, and a clause on major hazards',
  }),
  seeAlso: Type.Array(Type.String({ description: 'ids of clauses of another document on the same matter' })),
  overlap: Nullable(Type.String({ description: 'why two documents stand side by side' })),
  successorItem: Nullable(Type.String()),
  note: Nullable(Type.String()),
}
export const Clause = Type.Object(clauseFields)
export type Clause = Static<typeof Clause>
export const ClausePage = Page(Clause)
export type ClausePage = Static<typeof ClausePage>

export const ClauseConfirmation = Type.Object({
  id: Id,
  isConfirmed: Type.Boolean(),
  source: Type.String(),
  note: Nullable(Type.String()),
  by: Type.String(),
  at: Instant,
})
export type ClauseConfirmation = Static<typeof ClauseConfirmation>

/** A clause opened: also who confirmed it or took that back, newest first. */
export const ClauseDetail = Type.Object({
  ...clauseFields,
  sourceRef: Nullable(Type.String()),
  confirmations: Type.Array(ClauseConfirmation),
})
export type ClauseDetail = Static<typeof ClauseDetail>

export const NewClauseConfirmation = Type.Object(
  {
    isConfirmed: Type.Boolean({ description: 'false takes a confirmation back' }),
    source: Type.String({ maxLength: 500, description: 'where the original was read: 文号、页' }),
    note: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
  },
  { additionalProperties: false },
)
export type NewClauseConfirmation = Static<typeof NewClauseConfirmation>

const filterFields = {
  q: Type.Optional(Type.String({ maxLength: 100, description: '文字，中文子串可查' })),
  sector: Type.Optional(Type.String({ description: '行业领域，多个用逗号分开' })),
  placeType: Type.Optional(
    Type.String({ maxLength: 400, description: '适用场所，见 /api/clauses/place-types' }),
  ),
  documentId: Type.Optional(Type.String({ maxLength: 400, description: '文件，见 /api/clauses/documents' })),
  on: Type.Optional(
    Type.String({ description: 'YYYY-MM-DD：只列这一天发现的隐患可引用的条款，并按这一天判断' }),
  ),
  mayMakeMajor: Type.Optional(Type.Boolean({ description: '可据以认定重大' })),
  confirmed: Type.Optional(Type.Boolean({ description: '已核或待核' })),
  includeSuperseded: Type.Optional(
    Type.Boolean({ default: true, description: 'false：不列已被代替、已退役的' }),
  ),
}
export const ClauseQuery = Type.Intersect([PageQuery, Type.Object(filterFields)])
export type ClauseQuery = Static<typeof ClauseQuery>
