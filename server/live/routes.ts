import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { asUser } from '../auth/authenticate.ts'
import { findUserBySession, findUserByToken } from '../auth/queries.ts'
import { hashToken } from '../auth/secrets.ts'
import { Problem } from '../core/schema-parts.ts'
import { requireUser } from '../http/guard.ts'
import { tooManyRequests } from '../http/problems.ts'
import { type Listener, type LiveHub, makeLiveHub } from './hub.ts'
import { readLastEventId } from './model.ts'

declare module 'fastify' {
  interface FastifyInstance {
    live: LiveHub
  }
}

// proxies cut a silent connection after 30 to 60 seconds
const KEEP_ALIVE_MILLISECONDS = 20_000
const RECONNECT_MILLISECONDS = 2_000
/** A person has a few windows open; more is a fault of a client. */
const MAX_STREAMS_PER_USER = 30
/** What a client may leave unread before it is let go. */
const MAX_BACKLOG_BYTES = 1_048_576

function tokenHashOf(request: FastifyRequest): string {
  const header = request.headers.authorization
  return header?.startsWith('Bearer ') ? hashToken(header.slice(7)) : (request.sessionTokenHash ?? '')
}

function openStream(reply: FastifyReply): Pick<Listener, 'write' | 'end'> {
  const stream = reply.raw
  reply.hijack()
  stream.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
  })
  stream.write(`retry: ${RECONNECT_MILLISECONDS}\n\n`)
  return {
    write: (text) => {
      if (stream.writableEnded || stream.destroyed) return
      stream.write(text)
      if (stream.writableLength > MAX_BACKLOG_BYTES) stream.destroy()
    },
    end: () => stream.end(),
  }
}

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const hub = makeLiveHub(database, async (tokenHash) => {
    const row =
      (await findUserBySession(database.knex, tokenHash, now())) ??
      (await findUserByToken(database.knex, tokenHash, now()))
    return row ? asUser(row).scope : null
  })
  app.decorate('live', hub)
  const timer = setInterval(() => {
    hub.tick().catch((error: unknown) => app.log.error({ err: error }, 'live updates'))
  }, KEEP_ALIVE_MILLISECONDS)
  timer.unref()
  // before the server waits for its connections to end
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await hub.close()
  })

  app.get(
    '/api/live',
    {
      // a HEAD request would hold a stream open that nobody reads
      exposeHeadRoute: false,
      schema: {
        tags: ['live'],
        summary: '他人修改的实时通知（server-sent events）：hello、changed、reset',
        description:
          'changed：{kind, id, area, sequence}；断线重连时以 Last-Event-ID（或 since）补发，遗漏过多则发 reset，应全部重读。',
        querystring: Type.Object({
          since: Type.Optional(Type.String({ description: '从哪个变更号之后开始', maxLength: 20 })),
        }),
        response: {
          200: { content: { 'text/event-stream': { schema: Type.String() } } },
          401: Problem,
          429: Problem,
        },
      },
    },
    async (request, reply) => {
      const user = requireUser(request)
      if (hub.countOf(user.id) >= MAX_STREAMS_PER_USER) {
        throw tooManyRequests('同时打开的页面太多，请先关闭一些')
      }
      const header = request.headers['last-event-id']
      const since = readLastEventId(typeof header === 'string' ? header : request.query.since)
      await hub.start()
      const stream = openStream(reply)
      const listener: Listener = {
        tokenHash: tokenHashOf(request),
        userId: user.id,
        scope: user.scope,
        ...stream,
      }
      let isGone = false
      let leave = () => {}
      reply.raw.on('close', () => {
        isGone = true
        leave()
      })
      leave = await hub.join(listener, since).catch((error: unknown) => {
        request.log.error({ err: error }, 'live updates')
        stream.end()
        return () => {}
      })
      if (isGone) leave()
    },
  )
}

// not in a scope of its own, so that the hub is known to the whole app
export default Object.assign(plugin, { [Symbol.for('skip-override')]: true })
