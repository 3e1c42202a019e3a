import { type Static, Type } from 'typebox'
import { AnyGeometry, Nullable, Words } from '../core/schema-parts.ts'
import { AREA_KINDS } from '../core/vocabulary.ts'

export const AreaFeature = Type.Object({
  type: Type.Literal('Feature'),
  id: Type.String(),
  geometry: AnyGeometry,
  properties: Type.Object({
    code: Type.String(),
    name: Type.String(),
    kind: Words(AREA_KINDS),
    parentCode: Nullable(Type.String()),
    statCode: Nullable(Type.String()),
    civilCode: Nullable(Type.String()),
    isApproximate: Type.Boolean({ description: '示意边界，非法定' }),
    source: Type.String(),
    version: Type.Integer(),
  }),
})
export type AreaFeature = Static<typeof AreaFeature>
export const AreaCollection = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(AreaFeature),
  numberMatched: Type.Integer(),
  numberReturned: Type.Integer(),
})
export type AreaCollection = Static<typeof AreaCollection>
