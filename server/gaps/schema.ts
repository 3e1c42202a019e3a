import { type Static, Type } from 'typebox'
import { Day, FilterQuery, Id, Instant, Nullable, Page, PageQuery, Words } from '../core/schema-parts.ts'
import { GAP_KINDS, RISK_LEVELS, SECTORS } from '../core/vocabulary.ts'
import { Site } from '../sites/schema.ts'
import { CHECK_LEVELS, DRILL_SUBJECTS } from './rules.ts'

/** Why something is a gap, by kind: each has its own sentence. */
export const GAP_REASONS = [
  'site_person',
  'risk_person',
  'never_checked',
  'check_overdue',
  'never_drilled',
  'drill_overdue',
  'no_geometry',
  'not_assessed',
  'level_without_risk',
  'no_inputs',
  'no_substances',
  'no_clause',
] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** What a visit on the spot was. */
export const CHECK_SOURCES = ['check', 'finding', 'reinspection'] as const
export type CheckSource = (typeof CHECK_SOURCES)[number]

const NamedRisk = Type.Object({ id: Id, name: Type.String(), level: Words(RISK_LEVELS) })

export const Gap = Type.Object({
  kind: Words(GAP_KINDS),
  reason: Words(GAP_REASONS),
  risk: Nullable(NamedRisk),
  sentence: Type.String({ description: 'why, with days and numbers, in Chinese' }),
  scenario: Nullable(Type.String({ description: 'no_drill: the accident type that was not drilled' })),
  lastOn: Nullable(Type.String({ description: 'the last check or drill that counts' })),
  days: Nullable(Type.Integer({ description: 'calendar days since lastOn' })),
  limit: Nullable(Type.Integer({ description: 'no_check: days; no_drill: months' })),
  subject: Nullable(Words(DRILL_SUBJECTS)),
  confirmed: Type.Boolean({ description: 'false: the limit or the matching is 待核' }),
})
export type Gap = Static<typeof Gap>

export const LastCheck = Type.Object({
  on: Day,
  source: Words(CHECK_SOURCES),
  days: Type.Integer(),
})
export type LastCheck = Static<typeof LastCheck>

/** The last drill of a place, and for which accident types of its risks it counts, by which words. */
export const LastDrill = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  on: Day,
  days: Type.Integer(),
  matches: Type.Array(Type.Object({ scenario: Type.String(), words: Type.Array(Type.String()) })),
})
export type LastDrill = Static<typeof LastDrill>

export const GapItem = Type.Object({
  id: Id,
  site: Site,
  geometry: Site.properties.geometry,
  kinds: Type.Array(Words(GAP_KINDS)),
  gaps: Type.Array(Gap),
  lastCheck: Nullable(LastCheck),
  lastDrill: Nullable(LastDrill),
})
export type GapItem = Static<typeof GapItem>

export const GapCounts = Type.Object({
  no_person: Type.Integer(),
  no_check: Type.Integer(),
  no_drill: Type.Integer(),
  no_position: Type.Integer(),
  no_arithmetic: Type.Integer(),
})
export type GapCounts = Static<typeof GapCounts>

export const GAP_SORTS = ['riskLevel', 'kinds', 'lastCheck', 'lastDrill', 'name'] as const
const DIRECTED = [...GAP_SORTS, ...GAP_SORTS.map((sort) => `-${sort}` as const)] as const
export type GapSort = (typeof DIRECTED)[number]

export const KindQuery = Type.Object({
  kind: Type.Optional(Type.String({ description: `${GAP_KINDS.join(', ')}；多个用逗号分开` })),
})
export const SortQuery = Type.Object({
  sort: Type.Optional(
    Type.Unsafe<GapSort>({
      type: 'string',
      enum: [...DIRECTED],
      default: 'riskLevel',
      description:
        'riskLevel: the highest first; kinds: the most first; lastCheck, lastDrill: the longest ago first',
    }),
  ),
})

export const GapQuery = Type.Intersect([FilterQuery, PageQuery, KindQuery, SortQuery])
export type GapQuery = Static<typeof GapQuery>

export const GapPage = Type.Intersect([
  Page(GapItem),
  Type.Object({
    kinds: GapCounts,
    sites: Type.Integer({ description: 'sites of the filter, with gaps or without' }),
    asOf: Type.String(),
  }),
])
export type GapPage = Static<typeof GapPage>

export const GAP_DIMENSIONS = ['area', 'sector', 'riskLevel', 'kind'] as const
export type GapDimension = (typeof GAP_DIMENSIONS)[number]

export const GapSummaryQuery = Type.Intersect([
  FilterQuery,
  KindQuery,
  Type.Object({ by: Type.Optional(Type.String({ description: GAP_DIMENSIONS.join(',') })) }),
])

/** One count of sites; the fields present are the dimensions asked for. */
export const GapSummaryItem = Type.Object({
  area: Type.Optional(Nullable(Type.String())),
  areaName: Type.Optional(Nullable(Type.String())),
  sector: Type.Optional(Words(SECTORS)),
  riskLevel: Type.Optional(Nullable(Words(RISK_LEVELS))),
  kind: Type.Optional(Words(GAP_KINDS)),
  count: Type.Integer(),
})
export type GapSummaryItem = Static<typeof GapSummaryItem>
export const GapSummary = Type.Object({
  items: Type.Array(GapSummaryItem),
  total: Type.Integer({
    description: 'sites with a gap; by kind one site counts once for each of its kinds',
  }),
})
export type GapSummary = Static<typeof GapSummary>

/** The sites with gaps as a map draws them. */
export const GapPoint = Type.Object({
  id: Id,
  name: Type.String(),
  riskLevel: Nullable(Words(RISK_LEVELS)),
  kinds: Type.Integer({ description: 'how many kinds of gaps' }),
  lng: Type.Number(),
  lat: Type.Number(),
})
export type GapPoint = Static<typeof GapPoint>
export const GapPoints = Type.Object({
  items: Type.Array(GapPoint),
  total: Type.Integer({ description: 'sites with a gap' }),
  withoutPosition: Type.Integer(),
})
export type GapPoints = Static<typeof GapPoints>

/** Since when the sites of a filter have no gap: the first day of those looked back to, without a break. */
export const GapsCleanSince = Type.Object({
  since: Nullable(Day),
  lookedBackTo: Day,
})
export type GapsCleanSince = Static<typeof GapsCleanSince>

const Days = Type.Integer({ minimum: 1, maximum: 3650 })
const Months = Type.Integer({ minimum: 1, maximum: 120 })
const Source = Nullable(Type.String({ minLength: 1, maxLength: 500 }))
const sameFor = <K extends string, T extends ReturnType<typeof Type.Integer>>(
  names: readonly K[],
  schema: T,
) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, schema])) as Record<K, T>, {
    additionalProperties: false,
  })

export const GapRulesInput = Type.Object(
  {
    checkDays: sameFor(CHECK_LEVELS, Days),
    checkSource: Source,
    drillMonths: sameFor(DRILL_SUBJECTS, Months),
    drillSource: Source,
  },
  { additionalProperties: false },
)

export const GapSettings = Type.Object({
  rules: GapRulesInput,
  defaults: GapRulesInput,
  isDefault: Type.Boolean(),
  /** To be sent along with a change: when the rules that were seen were set. */
  version: Nullable(Instant),
  duties: Type.Array(
    Type.Object({
      subject: Words(DRILL_SUBJECTS),
      name: Type.String(),
      months: Type.Integer(),
      basis: Type.String(),
      confirmed: Type.Boolean(),
    }),
  ),
  scenarios: Type.Array(Type.Object({ scenario: Type.String(), words: Type.Array(Type.String()) })),
  history: Type.Array(Type.Object({ rules: GapRulesInput, at: Instant, by: Nullable(Type.String()) })),
})
export type GapSettings = Static<typeof GapSettings>

export const GapSettingsChange = Type.Object(
  { rules: GapRulesInput, version: Nullable(Instant) },
  { additionalProperties: false },
)
export const GapSettingsPreviewInput = Type.Object({ rules: GapRulesInput }, { additionalProperties: false })

/** What a change of the rules would do, counted in sites. */
export const GapSettingsPreview = Type.Object({
  kinds: Type.Array(
    Type.Object({
      kind: Words(GAP_KINDS),
      before: Type.Integer(),
      after: Type.Integer(),
      appearing: Type.Integer(),
      vanishing: Type.Integer(),
    }),
  ),
})
export type GapSettingsPreview = Static<typeof GapSettingsPreview>
