import { type Static, Type } from 'typebox'
import {
  AreaReference,
  Day,
  FilterQuery,
  Id,
  Instant,
  NamedReference,
  Nullable,
  Page,
  PageQuery,
  PointGeometry,
  Words,
} from '../core/schema-parts.ts'
import {
  COORDINATE_SYSTEMS,
  PHOTO_STAGES,
  RISK_LEVELS,
  SECTORS,
  SEVERITIES,
  STATUSES,
  TRANSITION_ACTIONS,
} from '../core/vocabulary.ts'

/** An act that the asking user may take on this hazard now, with the fields that it takes. */
export const AvailableAction = Type.Object({
  action: Words(TRANSITION_ACTIONS),
  fields: Type.Array(
    Type.Object({
      name: Type.String(),
      isRequired: Type.Boolean(),
      kind: Words(['text', 'day', 'money', 'photo', 'clause'] as const),
    }),
  ),
})
export type AvailableAction = Static<typeof AvailableAction>

/** What the asking user may do with each of several hazards, for a list whose rows carry a button. */
export const HazardActions = Type.Object({
  items: Type.Array(Type.Object({ id: Id, actions: Type.Array(Words(TRANSITION_ACTIONS)) })),
})
export type HazardActions = Static<typeof HazardActions>

export const Hazard = Type.Object({
  id: Id,
  number: Type.String(),
  description: Type.String(),
  sector: Words(SECTORS),
  severity: Words(SEVERITIES),
  status: Words(STATUSES),
  overdue: Type.Boolean(),
  overdueWorkingDays: Type.Integer({ description: '0 when not overdue' }),
  remainingWorkingDays: Nullable(
    Type.Integer({ description: 'working days up to the due day; null if closed or undated' }),
  ),
  foundOn: Day,
  dueOn: Nullable(Day),
  closedOn: Nullable(Day),
  area: Nullable(AreaReference),
  site: Nullable(NamedReference),
  siteRiskLevel: Nullable(Words(RISK_LEVELS)),
  clause: Nullable(Type.Object({ id: Type.String(), title: Type.String(), confirmed: Type.Boolean() })),
  responsible: Nullable(Type.String({ description: 'unit and person as one text' })),
  geometry: Nullable(PointGeometry),
  isExample: Type.Boolean(),
  version: Type.Integer(),
  updatedAt: Instant,
})
export type Hazard = Static<typeof Hazard>

/** One hazard opened: everything that a person needs to decide the next move. */
export const HazardDetail = Type.Intersect([
  Hazard,
  Type.Object({
    locationText: Nullable(Type.String()),
    category: Nullable(Type.String()),
    foundBy: Nullable(Type.String()),
    originalDueOn: Nullable(Day),
    extensionCount: Type.Integer(),
    acceptedBy: Nullable(Type.String()),
    measures: Nullable(Type.String()),
    responsibleUnit: Nullable(Type.String()),
    responsiblePerson: Nullable(Type.String()),
    fundsWan: Nullable(Type.Number({ description: '万元' })),
    contingencyPlan: Nullable(Type.String()),
    supervisor: Nullable(Type.String()),
    result: Nullable(Type.String()),
    origin: Nullable(Type.String()),
    isListed: Type.Boolean(),
    listingDocument: Nullable(Type.String()),
    coordinateText: Nullable(Type.String()),
    coordinateSystem: Nullable(Words(COORDINATE_SYSTEMS)),
    createdAt: Instant,
    actions: Type.Array(AvailableAction),
    mayEdit: Type.Boolean(),
  }),
])
export type HazardDetail = Static<typeof HazardDetail>

export const HazardPage = Page(Hazard)
export type HazardPage = Static<typeof HazardPage>

export const HAZARD_SORTS = [
  'urgency',
  '-urgency',
  'foundOn',
  '-foundOn',
  'dueOn',
  '-dueOn',
  'updatedAt',
  '-updatedAt',
  'number',
  '-number',
  'severity',
  '-severity',
] as const
export type HazardSort = (typeof HAZARD_SORTS)[number]

export const HazardListQuery = Type.Intersect([
  FilterQuery,
  PageQuery,
  Type.Object({
    sort: Type.Optional(
      Type.Unsafe<HazardSort>({
        type: 'string',
        enum: [...HAZARD_SORTS],
        default: '-foundOn',
        description: 'urgency: overdue first, then by due day',
      }),
    ),
  }),
])
export type HazardListQuery = Static<typeof HazardListQuery>

const shortText = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })))

const editable = {
  description: Type.String({ minLength: 1, maxLength: 2000 }),
  sector: Words(SECTORS),
  severity: Words(SEVERITIES),
  foundOn: Day,
  dueOn: Type.Optional(Nullable(Day)),
  siteId: Type.Optional(Nullable(Id)),
  clauseId: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
  locationText: shortText(300),
  category: shortText(100),
  foundBy: shortText(100),
  measures: shortText(2000),
  responsibleUnit: shortText(200),
  responsiblePerson: shortText(100),
  fundsWan: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 10_000_000 }))),
  contingencyPlan: shortText(2000),
  supervisor: shortText(200),
  origin: shortText(100),
  geometry: Type.Optional(Nullable(PointGeometry)),
  coordinateSystem: Type.Optional(
    Type.Unsafe<'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09'>({
      type: 'string',
      enum: ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'],
      description: 'of `geometry`; WGS84 if left out',
    }),
  ),
}

export const NewHazard = Type.Object(editable, { additionalProperties: false })
export type NewHazard = Static<typeof NewHazard>

export const HazardPatch = Type.Intersect([
  Type.Partial(Type.Object(editable)),
  Type.Object({
    version: Type.Integer({ minimum: 1 }),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
])
export type HazardPatch = Static<typeof HazardPatch>

export const HazardEvent = Type.Object({
  id: Id,
  sequence: Type.Integer(),
  action: Type.String(),
  fromStatus: Nullable(Words(STATUSES)),
  toStatus: Nullable(Words(STATUSES)),
  changes: Type.Record(Type.String(), Type.Object({ from: Type.Unknown(), to: Type.Unknown() })),
  note: Nullable(Type.String()),
  actorName: Type.String(),
  occurredAt: Instant,
  photoIds: Type.Array(Id),
})
export type HazardEvent = Static<typeof HazardEvent>
export const HazardHistory = Type.Object({ items: Type.Array(HazardEvent), total: Type.Integer() })
export type HazardHistory = Static<typeof HazardHistory>

export const Transition = Type.Object(
  {
    action: Words(TRANSITION_ACTIONS),
    version: Type.Integer({ minimum: 1 }),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
    dueOn: Type.Optional(Day),
    responsibleUnit: Type.Optional(Type.String({ maxLength: 200 })),
    responsiblePerson: Type.Optional(Type.String({ maxLength: 100 })),
    measures: Type.Optional(Type.String({ maxLength: 2000 })),
    fundsWan: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000_000 })),
    contingencyPlan: Type.Optional(Type.String({ maxLength: 2000 })),
    documentNumber: Type.Optional(Type.String({ maxLength: 200 })),
    clauseId: Type.Optional(Type.String({ maxLength: 64 })),
    photoIds: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  },
  { additionalProperties: false },
)
export type Transition = Static<typeof Transition>

export const Photo = Type.Object({
  id: Id,
  stage: Words(PHOTO_STAGES),
  mediaType: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  takenAtText: Nullable(Type.String({ description: 'as the camera wrote it, without zone' })),
  distanceMeters: Nullable(Type.Number({ description: 'from the hazard, where the photo tells its place' })),
  createdAt: Instant,
  url: Type.String(),
  thumbnailUrl: Type.String(),
})
export type Photo = Static<typeof Photo>
export const PhotoList = Type.Object({ items: Type.Array(Photo), total: Type.Integer() })
export type PhotoList = Static<typeof PhotoList>

/** The photos of all hazards of a place, for one who may see those hazards. */
export const SitePhotoList = Type.Object({
  items: Type.Array(
    Type.Intersect([Photo, Type.Object({ hazardId: Id, number: Type.String(), description: Type.String() })]),
  ),
  total: Type.Integer(),
})
export type SitePhotoList = Static<typeof SitePhotoList>

const Counts = Type.Record(Type.String(), Type.Integer())

/**
 * The live counts of the filter panel. Each group ignores its own choice, so that a count says what ticking that
 * option would show; `total` and its parts obey the whole filter.
 */
export const HazardFacets = Type.Object({
  total: Type.Integer(),
  located: Type.Integer(),
  unlocated: Type.Integer(),
  quick: Type.Object({
    open: Type.Integer(),
    overdue: Type.Integer(),
    major: Type.Integer(),
    listed: Type.Integer(),
  }),
  sector: Counts,
  severity: Counts,
  status: Counts,
  area: Counts,
  riskLevel: Counts,
  weeks: Type.Array(Type.Object({ from: Day, count: Type.Integer() }), {
    description: 'found per week over the whole data, ignoring foundFrom and foundTo',
  }),
  sequence: Type.Integer(),
})
export type HazardFacets = Static<typeof HazardFacets>
