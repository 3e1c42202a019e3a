import { type Static, Type } from 'typebox'
import { Nullable } from '../core/schema-parts.ts'

/** The data of a `changed` event of /api/live: what to read again, never the thing itself. */
export const LiveChange = Type.Object({
  kind: Type.String(),
  id: Nullable(Type.String()),
  area: Nullable(Type.String({ description: 'the first area concerned that you may see' })),
  sequence: Type.Integer(),
})
export type LiveChange = Static<typeof LiveChange>
