import { type Static, Type } from 'typebox'
import {
  AnyGeometry,
  AreaReference,
  FilterQuery,
  Id,
  Instant,
  Nullable,
  Page,
  PageQuery,
  Words,
} from '../core/schema-parts.ts'
import { COORDINATE_SYSTEMS, RISK_LEVELS, SECTORS } from '../core/vocabulary.ts'

export const Site = Type.Object({
  id: Id,
  name: Type.String(),
  creditCode: Nullable(Type.String()),
  sector: Words(SECTORS),
  kind: Nullable(Type.String()),
  riskLevel: Nullable(Words(RISK_LEVELS)),
  area: Nullable(AreaReference),
  address: Nullable(Type.String()),
  geometry: Nullable(AnyGeometry),
  responsible: Nullable(Type.String()),
  isExample: Type.Boolean(),
  version: Type.Integer(),
  updatedAt: Instant,
})
export type Site = Static<typeof Site>

export const SiteDetail = Type.Intersect([
  Site,
  Type.Object({
    responsibleUnit: Nullable(Type.String()),
    responsiblePerson: Nullable(Type.String()),
    responsiblePhone: Nullable(Type.String()),
    coordinateText: Nullable(Type.String()),
    coordinateSystem: Nullable(Words(COORDINATE_SYSTEMS)),
    mayEdit: Type.Boolean(),
  }),
])
export type SiteDetail = Static<typeof SiteDetail>

export const SitePage = Page(Site)
export type SitePage = Static<typeof SitePage>

export const SITE_SORTS = ['riskLevel', '-riskLevel', 'name', '-name', 'updatedAt', '-updatedAt'] as const
export type SiteSort = (typeof SITE_SORTS)[number]
export const SiteListQuery = Type.Intersect([
  FilterQuery,
  PageQuery,
  Type.Object({
    sort: Type.Optional(
      Type.Unsafe<SiteSort>({ type: 'string', enum: [...SITE_SORTS], default: 'riskLevel' }),
    ),
  }),
])
export type SiteListQuery = Static<typeof SiteListQuery>

const text = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })))
const editable = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  sector: Words(SECTORS),
  creditCode: text(40),
  kind: text(100),
  address: text(300),
  responsibleUnit: text(200),
  responsiblePerson: text(100),
  responsiblePhone: text(40),
  geometry: Type.Optional(Nullable(AnyGeometry)),
  coordinateSystem: Type.Optional(
    Type.Unsafe<'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09'>({
      type: 'string',
      enum: ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'],
    }),
  ),
}
export const NewSite = Type.Object(editable, { additionalProperties: false })
export type NewSite = Static<typeof NewSite>
export const SitePatch = Type.Intersect([
  Type.Partial(Type.Object(editable)),
  Type.Object({ version: Type.Integer({ minimum: 1 }) }),
])
export type SitePatch = Static<typeof SitePatch>
