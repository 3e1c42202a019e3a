import { type Static, Type } from 'typebox'
import {
  Day,
  FilterQuery,
  Id,
  NamedReference,
  Nullable,
  Page,
  PageQuery,
  Words,
} from '../core/schema-parts.ts'
import { RISK_LEVELS, RISK_METHODS } from '../core/vocabulary.ts'
import { Site } from '../sites/schema.ts'
import { Arithmetic } from './assess-schema.ts'
import { Pressure } from './pressure-schema.ts'

export const Risk = Type.Object({
  id: Id,
  siteId: Id,
  name: Type.String(),
  kind: Nullable(Type.String()),
  hazardFactors: Nullable(Type.String()),
  accidentTypes: Nullable(Type.String()),
  method: Words(RISK_METHODS),
  inputs: Type.Record(Type.String(), Type.Unknown()),
  score: Nullable(Type.Number()),
  level: Words(RISK_LEVELS),
  formula: Type.String({ description: 'the arithmetic as one line, such as D=6×6×15=540' }),
  engineeringControls: Nullable(Type.String()),
  managementControls: Nullable(Type.String()),
  trainingControls: Nullable(Type.String()),
  protectionControls: Nullable(Type.String()),
  emergencyControls: Nullable(Type.String()),
  controlLevel: Nullable(Type.String()),
  responsibleUnit: Nullable(Type.String()),
  responsiblePerson: Nullable(Type.String()),
  checkFrequency: Nullable(Type.String()),
  assessedOn: Nullable(Day),
  assessedBy: Nullable(Type.String()),
  nextReviewOn: Nullable(Day),
  residualLevel: Nullable(Words(RISK_LEVELS)),
  arithmetic: Nullable(Arithmetic),
  unit: Nullable(NamedReference),
  clause: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  supersedesId: Nullable(Id),
  isExample: Type.Boolean(),
  version: Type.Integer(),
})
export type Risk = Static<typeof Risk>
export const RiskPage = Page(Risk)
export type RiskPage = Static<typeof RiskPage>

export const RiskListItem = Type.Intersect([
  Site,
  Type.Object({
    rank: Type.Integer(),
    why: Type.Array(Type.String(), { description: 'reasons with numbers, in Chinese' }),
    risks: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        method: Words(RISK_METHODS),
        score: Nullable(Type.Number()),
        level: Words(RISK_LEVELS),
        formula: Type.String(),
        confirmed: Type.Boolean({
          description: 'false: a figure of its arithmetic, or the rule from it to the level, is 待核',
        }),
      }),
    ),
    pressure: Pressure,
    exposedPeople: Nullable(
      Type.Integer({ description: 'within 500 m of the border, for the exposure factor' }),
    ),
    openHazards: Type.Object({
      general: Type.Integer(),
      suspectedMajor: Type.Integer(),
      major: Type.Integer(),
      overdue: Type.Integer(),
      maxOverdueWorkingDays: Type.Integer(),
    }),
    lastDrillOn: Nullable(Day),
  }),
])
export type RiskListItem = Static<typeof RiskListItem>

export const RISK_LIST_SORTS = [
  'rank',
  '-rank',
  'name',
  'openHazards',
  '-openHazards',
  'overdue',
  '-overdue',
  'pressure',
  '-pressure',
] as const
export type RiskListSort = (typeof RISK_LIST_SORTS)[number]

export const RiskListQuery = Type.Intersect([
  FilterQuery,
  PageQuery,
  Type.Object({
    sort: Type.Optional(
      Type.Unsafe<RiskListSort>({ type: 'string', enum: [...RISK_LIST_SORTS], default: 'rank' }),
    ),
  }),
])
export type RiskListQuery = Static<typeof RiskListQuery>

/** What a list tells: the present; a past day as it was known on it; one before the record, as ledgers tell of it. */
export const AS_OF_BASES = ['present', 'recorded', 'rebuilt'] as const
export type AsOfBasis = (typeof AS_OF_BASES)[number]

export const RiskListPage = Type.Intersect([
  Page(RiskListItem),
  Type.Object({
    levels: Type.Record(Type.String(), Type.Integer(), {
      description: 'sites by level 1–4 and none; ignores riskLevel',
    }),
    gaps: Type.Object(
      {
        withoutResponsible: Type.Integer(),
        withoutCheck: Type.Integer(),
        withoutDrill: Type.Integer(),
        withoutPlace: Type.Integer(),
        withoutLevel: Type.Integer({ description: 'no level, or one without arithmetic' }),
      },
      { description: 'sites with a gap of each kind: the totals of /api/gaps' },
    ),
    asOf: Type.String(),
    basis: Words(AS_OF_BASES),
    maxPressure: Type.Number({ description: 'the greatest pressure in the whole filtered list' }),
  }),
])
export type RiskListPage = Static<typeof RiskListPage>
