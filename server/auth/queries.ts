import type { Knex } from 'knex'
import type { Role, Sector } from '../core/vocabulary.ts'

export interface UserRow {
  id: string
  username: string
  displayName: string
  role: Role
  passwordHash: string
  isActive: boolean
  isExample: boolean
  areaCodes: string[]
  sectors: Sector[]
  /** The areas with all that lie below them. */
  scopeAreaCodes: string[]
}

const userColumns = `
  users.id, users.username, users.display_name as "displayName", users.role, users.password_hash as "passwordHash",
  users.is_active as "isActive", users.is_example as "isExample",
  array(select area_code from user_areas where user_id = users.id order by 1) as "areaCodes",
  array(select sector from user_sectors where user_id = users.id order by 1) as sectors,
  array(
    with recursive below as (
      select area_code as code from user_areas where user_id = users.id
      union
      select areas.code from areas join below on areas.parent_code = below.code
    )
    select code from below order by 1
  ) as "scopeAreaCodes"`

export async function findUserByName(db: Knex, username: string): Promise<UserRow | undefined> {
  const result = await db.raw(`select ${userColumns} from users where username = ?`, [username])
  return result.rows[0]
}

export async function findUserBySession(
  db: Knex,
  tokenHash: string,
  now: Date,
): Promise<UserRow | undefined> {
  const result = await db.raw(
    `select ${userColumns} from sessions join users on users.id = sessions.user_id
     where sessions.token_hash = ? and sessions.expires_at > ? and users.is_active`,
    [tokenHash, now],
  )
  return result.rows[0]
}

export async function findUserByToken(db: Knex, tokenHash: string, now: Date): Promise<UserRow | undefined> {
  const result = await db.raw(
    `select ${userColumns} from tokens join users on users.id = tokens.user_id
     where tokens.token_hash = ? and tokens.revoked_at is null
       and (tokens.expires_at is null or tokens.expires_at > ?) and users.is_active`,
    [tokenHash, now],
  )
  return result.rows[0]
}

export async function insertSession(
  db: Knex,
  session: { tokenHash: string; userId: string; now: Date; expiresAt: Date },
): Promise<void> {
  await db('sessions').where('expires_at', '<', session.now).delete()
  await db('sessions').insert({
    token_hash: session.tokenHash,
    user_id: session.userId,
    created_at: session.now,
    expires_at: session.expiresAt,
  })
}

/** Carries the hash of a session that ended, so that every server closes what it still holds open for it. */
export const SIGN_OUT_CHANNEL = 'hidden_hazard_map_sign_out'

export async function removeSession(db: Knex, tokenHash: string): Promise<void> {
  await db('sessions').where({ token_hash: tokenHash }).delete()
  await db.raw('select pg_notify(?, ?)', [SIGN_OUT_CHANNEL, tokenHash])
}

export async function findAreaNames(db: Knex, codes: string[]): Promise<{ code: string; name: string }[]> {
  return db('areas').select('code', 'name').whereIn('code', codes).orderBy('code')
}

export async function listExampleAccounts(
  db: Knex,
): Promise<{ username: string; displayName: string; role: Role }[]> {
  return db('users')
    .select('username', 'display_name as displayName', 'role')
    .where({ is_example: true, is_active: true })
    .orderBy('created_at')
    .orderBy('username')
}

export async function hasExampleHazards(db: Knex): Promise<boolean> {
  const row = await db('hazards').where({ is_example: true }).whereNull('withdrawn_at').first('id')
  return row !== undefined
}

export interface NewUserRow {
  id: string
  username: string
  displayName: string
  role: Role
  passwordHash: string
  isExample: boolean
  areaCodes: string[]
  sectors: Sector[]
}

export async function insertUser(transaction: Knex, user: NewUserRow): Promise<void> {
  await transaction('users').insert({
    id: user.id,
    username: user.username,
    display_name: user.displayName,
    role: user.role,
    password_hash: user.passwordHash,
    is_example: user.isExample,
  })
  if (user.areaCodes.length > 0) {
    await transaction('user_areas').insert(
      user.areaCodes.map((code) => ({ user_id: user.id, area_code: code })),
    )
  }
  if (user.sectors.length > 0) {
    await transaction('user_sectors').insert(user.sectors.map((sector) => ({ user_id: user.id, sector })))
  }
}

export async function updatePassword(db: Knex, userId: string, passwordHash: string): Promise<void> {
  await db('users').where({ id: userId }).update({ password_hash: passwordHash, updated_at: db.fn.now() })
}

const tokenColumns = `tokens.id, tokens.name, users.username, tokens.created_at as "createdAt",
  tokens.expires_at as "expiresAt", tokens.revoked_at as "revokedAt"`

export async function listTokens(db: Knex): Promise<Record<string, unknown>[]> {
  const result = await db.raw(
    `select ${tokenColumns} from tokens join users on users.id = tokens.user_id order by tokens.created_at, tokens.id`,
  )
  return result.rows
}

export async function insertToken(
  db: Knex,
  token: {
    id: string
    name: string
    tokenHash: string
    userId: string
    createdBy: string
    expiresAt: string | null
  },
): Promise<Record<string, unknown>> {
  await db('tokens').insert({
    id: token.id,
    name: token.name,
    token_hash: token.tokenHash,
    user_id: token.userId,
    created_by: token.createdBy,
    expires_at: token.expiresAt,
  })
  const result = await db.raw(
    `select ${tokenColumns} from tokens join users on users.id = tokens.user_id where tokens.id = ?`,
    [token.id],
  )
  return result.rows[0]
}

export async function revokeToken(db: Knex, id: string, now: Date): Promise<boolean> {
  return (await db('tokens').where({ id }).whereNull('revoked_at').update({ revoked_at: now })) > 0
}
