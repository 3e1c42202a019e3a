import { type Static, Type } from 'typebox'
import { Id, Nullable, Words } from '../core/schema-parts.ts'
import { ROLES, SECTORS } from '../core/vocabulary.ts'

export const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
)
export type Credentials = Static<typeof Credentials>

/** Who is signed in, what they may see and do, and what the server shows in its frame. */
export const Session = Type.Object({
  user: Type.Object({
    id: Id,
    username: Type.String(),
    displayName: Type.String(),
    role: Words(ROLES),
    areas: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    sectors: Type.Array(Words(SECTORS)),
    actions: Type.Array(Type.String(), { description: 'what this role may do; see access/model.ts' }),
  }),
  unitName: Type.String(),
  helpPhone: Nullable(Type.String()),
  hasExampleData: Type.Boolean(),
})
export type Session = Static<typeof Session>

/** What the sign-in page may know before anyone has signed in. */
export const Frame = Type.Object({
  unitName: Type.String(),
  helpPhone: Nullable(Type.String()),
  exampleAccounts: Type.Array(
    Type.Object({ username: Type.String(), displayName: Type.String(), role: Words(ROLES) }),
  ),
})
export type Frame = Static<typeof Frame>

export const NewToken = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    username: Type.String({ minLength: 1, maxLength: 64 }),
    expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
)
export type NewToken = Static<typeof NewToken>

export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  username: Type.String(),
  createdAt: Type.String(),
  expiresAt: Nullable(Type.String()),
  revokedAt: Nullable(Type.String()),
})
export type Token = Static<typeof Token>
export const MadeToken = Type.Intersect([Token, Type.Object({ token: Type.String() })])
