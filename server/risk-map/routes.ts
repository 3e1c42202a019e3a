import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Problem } from '../core/schema-parts.ts'
import { readFilterRequest } from '../http/filter-request.ts'
import { asFeatureCollection, GEOJSON_TYPE, wantsGeojson } from '../http/list-reply.ts'
import { badRequest } from '../http/problems.ts'
import { readAreaRule, readHexagonId, readHexagonMeasure, readHexagonSize } from './model.ts'
import { readRiskAreas } from './read-areas.ts'
import { MAX_HEXAGONS, readHexagonRows, readHexagons } from './read-hexagons.ts'
import {
  HEXAGON_SIZES,
  HexagonRows,
  HexagonRowsQuery,
  Hexagons,
  HexagonsQuery,
  RiskAreas,
  RiskAreasQuery,
} from './schema.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const db = app.context.database.knex

  app.get(
    '/api/risk-map/areas',
    {
      schema: {
        tags: ['risk-map'],
        summary:
          '风险四色图：各辖区的场所数、等级和依据；规则 highest 取最高级、share 占比、weighted 加权密度（均待核）',
        querystring: RiskAreasQuery,
        response: {
          200: {
            content: { 'application/json': { schema: RiskAreas }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const rule = readAreaRule(request.query)
      const areas = await readRiskAreas(db, filterRequest, rule)
      if (!wantsGeojson(request)) return areas
      const features = areas.items.map((item) => ({ ...item, id: item.code, rule }))
      return reply.type(GEOJSON_TYPE).send(asFeatureCollection(features, features.length))
    },
  )

  app.get(
    '/api/risk-map/hexagons',
    {
      schema: {
        tags: ['risk-map'],
        summary: `六边形网格（EPSG:4551，size 为边长，米）：只答有场所或隐患的格，最多 ${MAX_HEXAGONS} 个；格号不随 bbox 变`,
        querystring: HexagonsQuery,
        response: {
          200: {
            content: { 'application/json': { schema: Hexagons }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
          422: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const size = readHexagonSize(request.query)
      const hexagons = await readHexagons(db, filterRequest, size, readHexagonMeasure(request.query))
      if (!wantsGeojson(request)) return hexagons
      return reply.type(GEOJSON_TYPE).send(asFeatureCollection(hexagons.items, hexagons.total))
    },
  )

  app.get(
    '/api/risk-map/hexagons/:hexagon',
    {
      schema: {
        tags: ['risk-map'],
        summary: '一个六边形格内的场所和隐患，筛选同上',
        params: Type.Object({ hexagon: Type.String({ description: 'size_i_j' }) }),
        querystring: HexagonRowsQuery,
        response: { 200: HexagonRows, 400: Problem },
      },
    },
    async (request) => {
      const filterRequest = await readFilterRequest(request)
      const key = readHexagonId(request.params.hexagon)
      if (!key) {
        const sizes = HEXAGON_SIZES.join('、')
        throw badRequest(
          'BAD_HEXAGON',
          `「${request.params.hexagon.slice(0, 80)}」不是格号，应写成 边长_i_j，边长可用：${sizes}`,
        )
      }
      return readHexagonRows(db, filterRequest, key, request.query.limit ?? 100)
    },
  )
}

export default plugin
