import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Page, Words } from '../core/schema-parts.ts'
import { CHECK_OUTCOMES } from '../core/vocabulary.ts'

/** A visit on the spot, also one that found nothing. */
export const SiteCheck = Type.Object({
  id: Id,
  siteId: Id,
  checkedOn: Day,
  checkedBy: Type.String(),
  outcome: Words(CHECK_OUTCOMES),
  note: Nullable(Type.String()),
  isExample: Type.Boolean(),
  createdAt: Instant,
})
export type SiteCheck = Static<typeof SiteCheck>
export const SiteCheckPage = Page(SiteCheck)

export const NewSiteCheck = Type.Object(
  {
    checkedOn: Day,
    checkedBy: Type.String({ minLength: 1, maxLength: 100 }),
    outcome: Words(CHECK_OUTCOMES),
    note: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
  },
  { additionalProperties: false },
)
export type NewSiteCheck = Static<typeof NewSiteCheck>
