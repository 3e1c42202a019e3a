import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { VERSION } from './health.ts'

/** The OpenAPI document is made from the routes' own schemas, so it cannot say anything else. */
export async function registerOpenapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '隐患一张图 / Hidden Hazard Map',
        version: VERSION,
        description: '风险清单、隐患地图、整改与演练的接口。坐标为 WGS-84 经纬度；筛选词在各接口含义相同。',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'hazard_map_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs' })
  app.get(
    '/api/openapi.json',
    { schema: { tags: ['health'], summary: '接口说明（OpenAPI）', hide: true } },
    async () => app.swagger(),
  )
}
