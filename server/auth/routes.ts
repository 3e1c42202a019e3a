import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { v7 as uuid } from 'uuid'
import { actionsOf, type User } from '../access/model.ts'
import { Id, Problem } from '../core/schema-parts.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { notFound, ProblemError, tooManyRequests, unprocessable } from '../http/problems.ts'
import { asUser, SESSION_COOKIE, SESSION_HOURS } from './authenticate.ts'
import {
  findAreaNames,
  findUserByName,
  hasExampleHazards,
  insertSession,
  insertToken,
  listExampleAccounts,
  listTokens,
  removeSession,
  revokeToken,
} from './queries.ts'
import { Credentials, Frame, MadeToken, NewToken, Session, Token } from './schema.ts'
import { hashPassword, isPassword, makeToken } from './secrets.ts'

const SIGN_INS_PER_MINUTE = 20

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config, now } = app.context
  const db = database.knex
  // compared against when the name is unknown, so that the answer takes as long as for a known one
  const decoyHash = await hashPassword('no such account')

  async function describeSession(user: User): Promise<Session> {
    return {
      user: {
        id: user.id,
        username: user.username,
        displayName: user.displayName,
        role: user.role,
        areas: await findAreaNames(db, user.areaCodes),
        sectors: user.sectors,
        actions: actionsOf(user.role),
      },
      unitName: config.unitName,
      helpPhone: config.helpPhone,
      hasExampleData: await hasExampleHazards(db),
    }
  }

  app.get(
    '/api/frame',
    { schema: { tags: ['session'], summary: '登录页所需的单位名称与示例账号', response: { 200: Frame } } },
    async () => ({
      unitName: config.unitName,
      helpPhone: config.helpPhone,
      exampleAccounts: await listExampleAccounts(db),
    }),
  )

  app.post(
    '/api/session',
    {
      schema: {
        tags: ['session'],
        summary: '登录',
        body: Credentials,
        response: { 200: Session, 401: Problem, 429: Problem },
      },
      config: {
        rateLimit: {
          max: SIGN_INS_PER_MINUTE,
          timeWindow: '1 minute',
          // one address may hold a whole office: the name counts too
          keyGenerator: (request: FastifyRequest) =>
            `${request.ip} ${(request.body as Credentials | undefined)?.username ?? ''}`,
          hook: 'preHandler',
          errorResponseBuilder: () => tooManyRequests('登录尝试太多，请一分钟后再试'),
        },
      },
    },
    async (request, reply) => {
      const { username, password } = request.body
      const row = await findUserByName(db, username.toLowerCase())
      const isRight = await isPassword(row?.passwordHash ?? decoyHash, password)
      if (!row?.isActive || !isRight) {
        throw new ProblemError(401, 'WRONG_CREDENTIALS', '没有登录', '用户名或密码不对')
      }
      const { token, tokenHash } = makeToken()
      const expiresAt = new Date(now().getTime() + SESSION_HOURS * 3_600_000)
      await insertSession(db, { tokenHash, userId: row.id, now: now(), expiresAt })
      reply.setCookie(SESSION_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: request.protocol === 'https',
        expires: expiresAt,
      })
      return describeSession(asUser(row))
    },
  )

  app.get(
    '/api/session',
    { schema: { tags: ['session'], summary: '当前登录人', response: { 200: Session, 401: Problem } } },
    async (request) => describeSession(requireUser(request)),
  )

  app.delete(
    '/api/session',
    { schema: { tags: ['session'], summary: '退出登录', response: { 204: Type.Null() } } },
    async (request, reply) => {
      if (request.sessionTokenHash) await removeSession(db, request.sessionTokenHash)
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).status(204).send(null)
    },
  )

  app.get(
    '/api/tokens',
    {
      schema: {
        tags: ['tokens'],
        summary: '机器客户端令牌',
        response: { 200: Type.Object({ items: Type.Array(Token), total: Type.Integer() }) },
      },
    },
    async (request) => {
      requireAction(request, 'manage')
      const items = (await listTokens(db)) as Token[]
      return { items, total: items.length }
    },
  )

  app.post(
    '/api/tokens',
    {
      schema: {
        tags: ['tokens'],
        summary: '为某账号签发令牌；令牌只显示这一次',
        body: NewToken,
        response: { 201: MadeToken, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'manage')
      const owner = await findUserByName(db, request.body.username)
      if (!owner) throw unprocessable('UNKNOWN_USER', `没有账号「${request.body.username}」`)
      const { token, tokenHash } = makeToken()
      const row = await insertToken(db, {
        id: uuid(),
        name: request.body.name,
        tokenHash,
        userId: owner.id,
        createdBy: user.id,
        expiresAt: request.body.expiresAt ?? null,
      })
      return reply.status(201).send({ ...(row as Token), token })
    },
  )

  app.delete(
    '/api/tokens/:id',
    {
      schema: {
        tags: ['tokens'],
        summary: '吊销令牌',
        params: Type.Object({ id: Id }),
        response: { 204: Type.Null(), 404: Problem },
      },
    },
    async (request, reply) => {
      requireAction(request, 'manage')
      if (!(await revokeToken(db, request.params.id, now()))) throw notFound('令牌')
      return reply.status(204).send(null)
    },
  )
}

export default plugin
