import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../core/schema-parts.ts'
import { requireUser } from '../http/guard.ts'
import { listAreas } from './queries.ts'
import { AreaCollection } from './schema.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.context

  app.get(
    '/api/areas',
    {
      schema: {
        tags: ['areas'],
        summary: '可见的辖区（GeoJSON）；isApproximate 为示意边界，非法定',
        response: { 200: AreaCollection, 401: Problem },
      },
    },
    async (request) => {
      const user = requireUser(request)
      const features = await listAreas(database.knex, user.scope)
      return {
        type: 'FeatureCollection' as const,
        features,
        numberMatched: features.length,
        numberReturned: features.length,
      }
    },
  )
}

export default plugin
