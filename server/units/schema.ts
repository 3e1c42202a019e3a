import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, Page, Words } from '../core/schema-parts.ts'
import { UNIT_KINDS } from '../core/vocabulary.ts'
import { SubstanceInput, UnitAssessment } from '../risk/assess-schema.ts'

/** 单元 of a site, with how GB 18218 judges it. */
export const SiteUnit = Type.Object({
  id: Id,
  siteId: Id,
  name: Type.String(),
  kind: Words(UNIT_KINDS),
  substances: Type.Array(SubstanceInput),
  /** People within 500 m by which α is taken. */
  people: Type.Object({
    used: Nullable(Type.Integer({ description: 'null: not known' })),
    counted: Nullable(Type.Integer()),
    reason: Nullable(Type.String({ description: 'why a person stated another number than was counted' })),
  }),
  /** Null where it cannot be judged; `problem` then says why. */
  assessment: Nullable(UnitAssessment),
  unconfirmed: Type.Array(Type.String()),
  problem: Nullable(Type.String()),
  riskId: Nullable(Type.Unsafe<string>({ ...Id, description: 'the risk that follows from it, where S ≥ 1' })),
  isExample: Type.Boolean(),
  version: Type.Integer(),
  updatedAt: Instant,
})
export type SiteUnit = Static<typeof SiteUnit>
export const SiteUnitPage = Page(SiteUnit)
export type SiteUnitPage = Static<typeof SiteUnitPage>

const editable = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  kind: Words(UNIT_KINDS),
  substances: Type.Array(SubstanceInput, { minItems: 1, maxItems: 100 }),
}
const override = {
  exposedPeople: Type.Optional(
    Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'instead of what was counted' })),
  ),
  exposedReason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
}

export const NewSiteUnit = Type.Object({ ...editable, ...override }, { additionalProperties: false })
export type NewSiteUnit = Static<typeof NewSiteUnit>

export const SiteUnitPatch = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    name: Type.Optional(editable.name),
    kind: Type.Optional(editable.kind),
    substances: Type.Optional(editable.substances),
    ...override,
  },
  { additionalProperties: false },
)
export type SiteUnitPatch = Static<typeof SiteUnitPatch>
