import type { FastifyInstance, FastifyRequest } from 'fastify'
import { scopeOf, type User } from '../access/model.ts'
import { findUserBySession, findUserByToken, type UserRow } from './queries.ts'
import { hashToken } from './secrets.ts'

export const SESSION_COOKIE = 'hazard_map_session'
export const SESSION_HOURS = 12

export function asUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    role: row.role,
    areaCodes: row.areaCodes,
    sectors: row.sectors,
    isExample: row.isExample,
    scope: scopeOf(row.role, row.scopeAreaCodes, row.sectors),
  }
}

/** Finds out who asks, before any handler runs: by cookie (people) or bearer token (machine clients). */
export function registerAuthentication(app: FastifyInstance): void {
  app.decorateRequest('user', null)
  app.decorateRequest('sessionTokenHash', null)
  app.addHook('onRequest', async (request) => {
    const row = await findAsker(app, request)
    request.user = row ? asUser(row) : null
  })
}

async function findAsker(app: FastifyInstance, request: FastifyRequest): Promise<UserRow | undefined> {
  const { database, now } = app.context
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) return findUserByToken(database.knex, hashToken(header.slice(7)), now())
  const token = request.cookies[SESSION_COOKIE]
  if (!token) return undefined
  request.sessionTokenHash = hashToken(token)
  return findUserBySession(database.knex, request.sessionTokenHash, now())
}
