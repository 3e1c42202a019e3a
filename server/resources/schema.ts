import { type Static, Type } from 'typebox'
import { AreaReference, Id, Nullable, Page, PointGeometry, Words } from '../core/schema-parts.ts'
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
export const NewResource = Type.Object(
  {
    ...newPlace,
    kind: Words(RESOURCE_KINDS),
    phone: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
    capacity: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
  },
  { additionalProperties: false },
)
export type NewResource = Static<typeof NewResource>
export const NewProtectedPlace = Type.Object(
  {
    ...newPlace,
    kind: Words(PROTECTED_PLACE_KINDS),
    headcount: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 }))),
  },
  { additionalProperties: false },
)
export type NewProtectedPlace = Static<typeof NewProtectedPlace>
