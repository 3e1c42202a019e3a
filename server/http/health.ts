import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readMigrationStatus, readPostgisVersion } from '../db/migrate.ts'

export const VERSION = '0.1.0'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.context
  const Ready = Type.Object({
    status: Type.String(),
    database: Type.String(),
    postgis: Type.Union([Type.String(), Type.Null()]),
    version: Type.String(),
  })

  app.get(
    '/healthz',
    {
      schema: {
        tags: ['health'],
        summary: '进程是否活着',
        response: { 200: Type.Object({ status: Type.String(), version: Type.String() }) },
      },
    },
    async () => ({ status: 'ok', version: VERSION }),
  )

  app.get(
    '/readyz',
    { schema: { tags: ['health'], summary: '数据库可用且迁移到位', response: { 200: Ready, 503: Ready } } },
    async (request, reply) => {
      const answer = { database: database.engine, version: VERSION }
      try {
        const postgis = await readPostgisVersion(database.knex)
        const { pending } = await readMigrationStatus(database.knex)
        if (pending.length === 0) return { status: 'ready', postgis, ...answer }
        return reply.status(503).send({ status: 'migrations pending', postgis, ...answer })
      } catch (error) {
        request.log.error({ err: error }, 'not ready')
        return reply.status(503).send({ status: 'database unreachable', postgis: null, ...answer })
      }
    },
  )
}

export default plugin
