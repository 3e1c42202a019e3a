import { type Static, Type } from 'typebox'
import { FilterQuery } from '../core/schema-parts.ts'
import { KindQuery, SortQuery } from '../gaps/schema.ts'
import { HAZARD_SORTS, type HazardSort } from '../hazards/schema.ts'
import { RISK_LIST_SORTS, type RiskListSort } from '../risk/schema.ts'

/** Stated in every message that refers to it. */
export const MAX_EXPORT_ROWS = 50_000

export const EXPORT_FORMATS = ['xlsx', 'csv', 'geojson'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const HazardExportQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    sort: Type.Optional(
      Type.Unsafe<HazardSort>({ type: 'string', enum: [...HAZARD_SORTS], default: '-foundOn' }),
    ),
  }),
])
export type HazardExportQuery = Static<typeof HazardExportQuery>

export const RiskListExportQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    sort: Type.Optional(
      Type.Unsafe<RiskListSort>({ type: 'string', enum: [...RISK_LIST_SORTS], default: 'rank' }),
    ),
  }),
])
export type RiskListExportQuery = Static<typeof RiskListExportQuery>

export const GapExportQuery = Type.Intersect([FilterQuery, KindQuery, SortQuery])
export type GapExportQuery = Static<typeof GapExportQuery>
