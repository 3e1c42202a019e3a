import { type Static, Type } from 'typebox'
import { FilterQuery, Nullable, Words } from '../core/schema-parts.ts'
import { RISK_LEVELS, SECTORS, SEVERITIES, STATUSES } from '../core/vocabulary.ts'

export const SummaryQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    by: Type.Optional(Type.String({ description: 'area,sector,severity,status,riskLevel,month,clause' })),
  }),
])

/** One count; the fields present are the dimensions asked for. `area` null: outside every area or not located. */
export const SummaryItem = Type.Object({
  area: Type.Optional(Nullable(Type.String())),
  areaName: Type.Optional(Nullable(Type.String())),
  sector: Type.Optional(Words(SECTORS)),
  severity: Type.Optional(Words(SEVERITIES)),
  status: Type.Optional(Words(STATUSES)),
  riskLevel: Type.Optional(Nullable(Words(RISK_LEVELS))),
  month: Type.Optional(Type.String({ description: 'YYYY-MM of the day found' })),
  clause: Type.Optional(Nullable(Type.String())),
  clauseTitle: Type.Optional(Nullable(Type.String())),
  count: Type.Integer(),
})
export type SummaryItem = Static<typeof SummaryItem>
export const Summary = Type.Object({ items: Type.Array(SummaryItem), total: Type.Integer() })
export type Summary = Static<typeof Summary>

export const StatisticsQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    from: Type.String({ description: 'first day of the period' }),
    to: Type.String({ description: 'last day of the period' }),
  }),
])

const Figures = Type.Object({
  found: Type.Integer(),
  closed: Type.Integer({ description: 'of those found in the period, closed by its end' }),
  major: Type.Integer(),
  overdue: Type.Integer({ description: 'open and overdue at the end of the period' }),
  averageDaysToClose: Nullable(Type.Number()),
})
export const Statistics = Type.Object({
  from: Type.String(),
  to: Type.String(),
  figures: Figures,
  previous: Figures,
  byArea: Type.Array(
    Type.Object({
      area: Nullable(Type.String()),
      areaName: Nullable(Type.String()),
      found: Type.Integer(),
      closed: Type.Integer(),
      overdue: Type.Integer(),
    }),
  ),
  areaBySector: Type.Array(
    Type.Object({ area: Nullable(Type.String()), sector: Words(SECTORS), count: Type.Integer() }),
  ),
  trend: Type.Array(
    Type.Object({ day: Type.String(), open: Type.Integer(), overdue: Type.Integer(), major: Type.Integer() }),
    { description: 'the state at the end of each month (or week) up to the end of the period' },
  ),
})
export type Statistics = Static<typeof Statistics>
