import { type Static, Type } from 'typebox'

export const VectorLayer = Type.Object({
  id: Type.String({ description: 'source layer' }),
  description: Type.String(),
  minzoom: Type.Optional(Type.Integer()),
  fields: Type.Record(Type.String(), Type.String()),
})
export type VectorLayer = Static<typeof VectorLayer>

/** TileJSON 3.0, as the specification of that name has it. */
export const TileJson = Type.Object({
  tilejson: Type.Literal('3.0.0'),
  name: Type.String(),
  tiles: Type.Array(Type.String()),
  vector_layers: Type.Array(VectorLayer),
  bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  center: Type.Array(Type.Number(), { minItems: 3, maxItems: 3 }),
  minzoom: Type.Integer(),
  maxzoom: Type.Integer(),
  attribution: Type.String(),
})
export type TileJson = Static<typeof TileJson>
