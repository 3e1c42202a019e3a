import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { mayDo } from '../access/model.ts'
import { readFilters } from '../core/filters.ts'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { FilterQuery, Id, Problem } from '../core/schema-parts.ts'
import { makeFilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { asFeatureCollection, GEOJSON_TYPE, wantsGeojson } from '../http/list-reply.ts'
import { notFound } from '../http/problems.ts'
import { createSite, editSite } from './change.ts'
import { asSite, asSiteDetail } from './model.ts'
import { findSite, listSites } from './queries.ts'
import { NewSite, SiteDetail, SiteListQuery, SitePage, SitePatch } from './schema.ts'

const Params = Type.Object({ id: Id })
const AsOfQuery = Type.Pick(FilterQuery, ['asOf'])

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  /** The site of a request as it is, or with the level that it had at `asOf`. Throws 404 where it may not be seen. */
  async function readSite(request: FastifyRequest, id: string) {
    const user = requireUser(request)
    const { asOf } = readFilters({ asOf: (request.query as { asOf?: string }).asOf })
    const at = await makeFilterRequest(app.context, asOf ? { asOf } : {}, user.scope)
    const row = await findSite(db, id, at)
    if (!row) throw notFound('场所')
    return asSiteDetail(row, mayDo(user.role, 'editSite') && at.asOf === null)
  }

  app.get(
    '/api/sites',
    {
      schema: {
        tags: ['sites'],
        summary: '场所清单；隐患类筛选词保留至少有一处相符隐患的场所',
        querystring: SiteListQuery,
        response: {
          200: {
            content: { 'application/json': { schema: SitePage }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const { limit = DEFAULT_LIMIT, cursor, sort = 'riskLevel' } = request.query
      const { rows, total, nextCursor } = await listSites(db, filterRequest, { limit, cursor, sort })
      const items = rows.map(asSite)
      if (wantsGeojson(request)) {
        return reply.type(GEOJSON_TYPE).send(asFeatureCollection(items, total, nextCursor))
      }
      return { items, total, nextCursor }
    },
  )

  app.post(
    '/api/sites',
    {
      schema: {
        tags: ['sites'],
        summary: '登记场所；辖区由位置得出，等级由风险得出',
        body: NewSite,
        response: { 201: SiteDetail, 400: Problem, 403: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'editSite')
      const id = await createSite(db, request.body, user, now())
      const site = await readSite(request, id)
      return reply.status(201).header('location', `/api/sites/${id}`).send(site)
    },
  )

  app.get(
    '/api/sites/:id',
    {
      schema: {
        tags: ['sites'],
        summary: '一处场所',
        params: Params,
        querystring: AsOfQuery,
        response: { 200: SiteDetail, 404: Problem },
      },
    },
    async (request) => readSite(request, request.params.id),
  )

  app.patch(
    '/api/sites/:id',
    {
      schema: {
        tags: ['sites'],
        summary: '修改场所，须写明所见版本',
        params: Params,
        body: SitePatch,
        response: { 200: SiteDetail, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      await readSite(request, request.params.id)
      const user = requireAction(request, 'editSite')
      await editSite(db, request.params.id, request.body, user, now())
      return readSite(request, request.params.id)
    },
  )
}

export default plugin
