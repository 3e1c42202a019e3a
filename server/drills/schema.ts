import { type Static, Type } from 'typebox'
import {
  AreaReference,
  FilterQuery,
  Id,
  Instant,
  Nullable,
  Page,
  PageQuery,
  PointGeometry,
  Words,
} from '../core/schema-parts.ts'
import { DRILL_FORMS, DRILL_STATES, SECTORS } from '../core/vocabulary.ts'

export const DRILL_CONTENTS = ['single', 'comprehensive'] as const
export const DRILL_PURPOSES = ['test', 'demonstration', 'research'] as const

/** A zone of the drill; the first issue of the product keeps free circles, drawn and marked 筛查参考. */
export const DrillZone = Type.Object({
  id: Type.String({ maxLength: 64 }),
  name: Type.String({ maxLength: 100 }),
  kind: Words(['isolation', 'protection', 'warning'] as const),
  radiusMeters: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 50_000 })),
})
export type DrillZone = Static<typeof DrillZone>

export const Drill = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  form: Words(DRILL_FORMS),
  content: Words(DRILL_CONTENTS),
  purpose: Words(DRILL_PURPOSES),
  scenario: Type.String(),
  sector: Nullable(Words(SECTORS)),
  startsAt: Nullable(Instant),
  endsAt: Nullable(Instant),
  state: Words(DRILL_STATES),
  geometry: Nullable(PointGeometry),
  hazardIds: Type.Array(Id),
  siteId: Nullable(Id),
  siteName: Nullable(Type.String()),
  area: Nullable(AreaReference),
  placeText: Nullable(Type.String()),
  zones: Type.Array(DrillZone),
  objectives: Nullable(Type.String()),
  commanderName: Nullable(Type.String()),
  note: Nullable(Type.String()),
  isExample: Type.Boolean(),
  mayEdit: Type.Boolean(),
  version: Type.Integer(),
  updatedAt: Instant,
})
export type Drill = Static<typeof Drill>
export const DrillPage = Page(Drill)
export type DrillPage = Static<typeof DrillPage>

const text = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })))
const editable = {
  title: Type.String({ minLength: 1, maxLength: 200 }),
  form: Words(DRILL_FORMS),
  content: Type.Optional(Words(DRILL_CONTENTS)),
  purpose: Type.Optional(Words(DRILL_PURPOSES)),
  scenario: Type.Optional(Type.String({ maxLength: 4000 })),
  sector: Type.Optional(Nullable(Words(SECTORS))),
  startsAt: Type.Optional(Nullable(Instant)),
  endsAt: Type.Optional(Nullable(Instant)),
  geometry: Type.Optional(Nullable(PointGeometry)),
  hazardIds: Type.Optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
  siteId: Type.Optional(Nullable(Id)),
  placeText: text(300),
  zones: Type.Optional(Type.Array(DrillZone, { maxItems: 20 })),
  objectives: text(4000),
  commanderName: text(100),
  note: text(4000),
}
export const NewDrill = Type.Object(
  { ...editable, state: Type.Optional(Words(['draft', 'planned'] as const)) },
  { additionalProperties: false },
)
export type NewDrill = Static<typeof NewDrill>
export const DrillPatch = Type.Intersect([
  Type.Partial(Type.Object({ ...editable, state: Words(DRILL_STATES) })),
  Type.Object({ version: Type.Integer({ minimum: 1 }) }),
])
export type DrillPatch = Static<typeof DrillPatch>

export const DrillEvent = Type.Object({
  id: Id,
  action: Words(['create', 'edit', 'move'] as const),
  changes: Type.Record(Type.String(), Type.Object({ from: Type.Unknown(), to: Type.Unknown() })),
  note: Nullable(Type.String()),
  actorName: Type.String(),
  occurredAt: Instant,
})
export type DrillEvent = Static<typeof DrillEvent>
export const DrillHistory = Type.Object({ items: Type.Array(DrillEvent), total: Type.Integer() })
export type DrillHistory = Static<typeof DrillHistory>

/** `state` and `form` are words of drills; the shared filter words act through the place and the linked hazards. */
export const DrillListQuery = Type.Intersect([
  FilterQuery,
  PageQuery,
  Type.Object({
    state: Type.Optional(Type.String({ description: 'draft, planned, running, done, cancelled' })),
    form: Type.Optional(Type.String({ description: 'tabletop, live, comprehensive' })),
    startsFrom: Type.Optional(Type.String()),
    startsTo: Type.Optional(Type.String()),
    hazardId: Type.Optional(Type.String({ description: '涉及这些隐患的演练' })),
  }),
])
export type DrillListQuery = Static<typeof DrillListQuery>
