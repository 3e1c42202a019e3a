import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readFilters } from '../core/filters.ts'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { FilterQuery, Id, Problem } from '../core/schema-parts.ts'
import { basisOf, makeFilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireUser } from '../http/guard.ts'
import { asFeatureCollection, GEOJSON_TYPE, wantsGeojson } from '../http/list-reply.ts'
import { notFound } from '../http/problems.ts'
import { findSite } from '../sites/queries.ts'
import { listRiskRanking } from './list.ts'
import { formulaOf } from './model.ts'
import { listRisksOfSites, readRiskHead } from './queries.ts'
import { asRiskListItem } from './ranking.ts'
import { RiskListPage, RiskListQuery, RiskPage } from './schema.ts'

const Params = Type.Object({ id: Id })
const AsOfQuery = Type.Pick(FilterQuery, ['asOf'])

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  app.get(
    '/api/risk-list',
    {
      schema: {
        tags: ['risk'],
        summary: '风险清单：场所按固有等级、当前压力、分值、名称排名，附理由',
        querystring: RiskListQuery,
        response: {
          200: {
            content: { 'application/json': { schema: RiskListPage }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const { limit = DEFAULT_LIMIT, cursor, sort = 'rank' } = request.query
      const { rows, nextCursor, maxPressure } = await listRiskRanking(db, filterRequest, {
        limit,
        cursor,
        sort,
      })
      const items = rows.map(asRiskListItem)
      const head = await readRiskHead(db, filterRequest)
      if (wantsGeojson(request)) {
        return reply.type(GEOJSON_TYPE).send(asFeatureCollection(items, head.total, nextCursor))
      }
      const asOf = filterRequest.filters.asOf ?? now().toISOString()
      return { items, nextCursor, ...head, asOf, basis: basisOf(filterRequest), maxPressure }
    },
  )

  app.get(
    '/api/sites/:id/risks',
    {
      schema: {
        tags: ['risk'],
        summary: '一处场所的风险，定级的一项在前',
        params: Params,
        querystring: AsOfQuery,
        response: { 200: RiskPage, 404: Problem },
      },
    },
    async (request) => {
      const user = requireUser(request)
      const { asOf } = readFilters(request.query)
      const at = await makeFilterRequest(app.context, asOf ? { asOf } : {}, user.scope)
      const site = await findSite(db, request.params.id, at)
      if (!site) throw notFound('场所')
      const rows = await listRisksOfSites(db, [request.params.id], at)
      const items = rows.map((row) => ({ ...row, formula: formulaOf(row) }))
      return { items, total: items.length, nextCursor: null }
    },
  )
}

export default plugin
