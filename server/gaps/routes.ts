import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { FilterQuery, Problem } from '../core/schema-parts.ts'
import { readFilterRequest } from '../http/filter-request.ts'
import { asFeatureCollection, GEOJSON_TYPE, wantsGeojson } from '../http/list-reply.ts'
import { readCleanSince } from './clean-since.ts'
import { readGaps } from './find.ts'
import { asGapItems } from './items.ts'
import {
  countKinds,
  pageOfGaps,
  readGapDimensions,
  readKinds,
  summarizeGaps,
  unitsOfAreas,
  withKinds,
} from './list.ts'
import { listAreaTree, listPositions } from './queries.ts'
import {
  GapPage,
  GapPoints,
  GapQuery,
  GapSummary,
  GapSummaryQuery,
  GapsCleanSince,
  KindQuery,
} from './schema.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex
  const tags = ['gaps']

  app.get(
    '/api/gaps',
    {
      schema: {
        tags,
        summary: '责任缺口：没有责任人、超期未检查、未按情景演练、未定位、等级无依据的场所，附理由',
        querystring: GapQuery,
        response: {
          200: {
            content: { 'application/json': { schema: GapPage }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const kinds = readKinds(request.query)
      const { limit = DEFAULT_LIMIT, cursor, sort = 'riskLevel' } = request.query
      const all = await readGaps(db, filterRequest)
      const found = withKinds(all, kinds)
      const { rows, nextCursor } = pageOfGaps(found, { limit, cursor, sort })
      const items = await asGapItems(db, filterRequest, rows)
      if (wantsGeojson(request)) {
        return reply.type(GEOJSON_TYPE).send(asFeatureCollection(items, found.length, nextCursor))
      }
      const asOf = filterRequest.filters.asOf ?? now().toISOString()
      return { items, total: found.length, nextCursor, kinds: countKinds(all), sites: all.length, asOf }
    },
  )

  app.get(
    '/api/gaps/summary',
    {
      schema: {
        tags,
        summary: '责任缺口按辖区、行业、等级、种类计场所数；网格计入所属街镇，区外记在 area: null',
        querystring: GapSummaryQuery,
        response: { 200: GapSummary, 400: Problem },
      },
    },
    async (request) => {
      const filterRequest = await readFilterRequest(request)
      const kinds = readKinds(request.query)
      const by = readGapDimensions(request.query.by)
      const units = unitsOfAreas(await listAreaTree(db, filterRequest.scope))
      const all = await readGaps(db, filterRequest)
      return { items: summarizeGaps(all, by, kinds, units), total: withKinds(all, kinds).length }
    },
  )

  app.get(
    '/api/gaps/points',
    {
      schema: {
        tags,
        summary: '有责任缺口的场所在图上的位置',
        querystring: Type.Intersect([FilterQuery, KindQuery]),
        response: { 200: GapPoints, 400: Problem },
      },
    },
    async (request) => {
      const filterRequest = await readFilterRequest(request)
      const found = withKinds(await readGaps(db, filterRequest), readKinds(request.query))
      const positions = new Map((await listPositions(db, filterRequest)).map((row) => [row.id, row]))
      const items = found.flatMap(({ site: { id, name, riskLevel }, kinds }) => {
        const position = positions.get(id)
        return position
          ? [{ id, name, riskLevel, kinds: kinds.length, lng: position.lng, lat: position.lat }]
          : []
      })
      return { items, total: found.length, withoutPosition: found.length - items.length }
    },
  )

  app.get(
    '/api/gaps/clean-since',
    {
      schema: {
        tags,
        summary: '筛选内从哪一天起没有责任缺口；最多回看 31 天',
        querystring: Type.Intersect([FilterQuery, KindQuery]),
        response: { 200: GapsCleanSince, 400: Problem },
      },
    },
    async (request) => readCleanSince(db, await readFilterRequest(request), readKinds(request.query)),
  )
}

export default plugin
