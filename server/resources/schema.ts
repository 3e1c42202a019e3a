import { type Static, Type } from 'typebox'
import {
  AreaReference,
  FilterQuery,
  Id,
  Nullable,
  Page,
  PageQuery,
  PointGeometry,
  Words,
} from '../core/schema-parts.ts'
import { PROTECTED_PLACE_KINDS, RESOURCE_KINDS } from '../core/vocabulary.ts'

const place = {
  id: Id,
  name: Type.String(),
  area: Nullable(AreaReference),
  address: Nullable(Type.String()),
  geometry: PointGeometry,
  source: Type.String(),
  isExample: Type.Boolean(),
  version: Type.Integer(),
}

export const Resource = Type.Object({
  ...place,
  kind: Words(RESOURCE_KINDS),
  phone: Nullable(Type.String()),
  capacity: Nullable(Type.String()),
})
export type Resource = Static<typeof Resource>
export const ResourcePage = Page(Resource)
export type ResourcePage = Static<typeof ResourcePage>

export const ProtectedPlace = Type.Object({
  ...place,
  kind: Words(PROTECTED_PLACE_KINDS),
  headcount: Nullable(Type.Integer({ minimum: 0 })),
})
export type ProtectedPlace = Static<typeof ProtectedPlace>
export const ProtectedPlacePage = Page(ProtectedPlace)
export type ProtectedPlacePage = Static<typeof ProtectedPlacePage>

const newPlace = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  address: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
  geometry: PointGeometry,
}
const newResource = {
  ...newPlace,
  kind: Words(RESOURCE_KINDS),
  phone: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  capacity: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
}
const newProtectedPlace = {
  ...newPlace,
  kind: Words(PROTECTED_PLACE_KINDS),
  headcount: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 }))),
}
const version = { version: Type.Integer({ minimum: 1 }) }

export const NewResource = Type.Object(newResource, { additionalProperties: false })
export type NewResource = Static<typeof NewResource>
export const NewProtectedPlace = Type.Object(newProtectedPlace, { additionalProperties: false })
export type NewProtectedPlace = Static<typeof NewProtectedPlace>
export const ResourcePatch = Type.Intersect([Type.Partial(Type.Object(newResource)), Type.Object(version)])
export type ResourcePatch = Static<typeof ResourcePatch>
export const ProtectedPlacePatch = Type.Intersect([
  Type.Partial(Type.Object(newProtectedPlace)),
  Type.Object(version),
])
export type ProtectedPlacePatch = Static<typeof ProtectedPlacePatch>

/** `kind` is a word of its own; of the shared words area, bbox and q act on places. */
export const PlaceListQuery = Type.Intersect([
  FilterQuery,
  PageQuery,
  Type.Object({ kind: Type.Optional(Type.String({ description: '类别，多个用逗号分开' })) }),
])
export type PlaceListQuery = Static<typeof PlaceListQuery>
