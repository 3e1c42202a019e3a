import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readFilters } from '../core/filters.ts'
import { FilterQuery, Id, Problem } from '../core/schema-parts.ts'
import { makeFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { findSite } from '../sites/queries.ts'
import { registerCheck } from './change.ts'
import { type CheckRow, listChecks } from './queries.ts'
import { NewSiteCheck, SiteCheck, SiteCheckPage } from './schema.ts'

const Params = Type.Object({ id: Id })
const AsOfQuery = Type.Pick(FilterQuery, ['asOf'])
const asCheck = (row: CheckRow): SiteCheck => ({ ...row, createdAt: row.createdAt.toISOString() })

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  app.get(
    '/api/sites/:id/checks',
    {
      schema: {
        tags: ['sites'],
        summary: '一处场所的检查记录，新的在前',
        params: Params,
        querystring: AsOfQuery,
        response: { 200: SiteCheckPage, 404: Problem },
      },
    },
    async (request) => {
      const { scope } = requireUser(request)
      const { asOf } = readFilters(request.query)
      const at = await makeFilterRequest(app.context, asOf ? { asOf } : {}, scope)
      const { id } = request.params
      if (!(await findSite(db, id, at))) throw notFound('场所')
      const { rows, total } = await listChecks(db, id, at.asOf)
      return { items: rows.map(asCheck), total, nextCursor: null }
    },
  )

  app.post(
    '/api/sites/:id/checks',
    {
      schema: {
        tags: ['sites'],
        summary: '登记一次现场检查，未发现隐患的也登记',
        params: Params,
        body: NewSiteCheck,
        response: { 201: SiteCheck, 400: Problem, 403: Problem, 404: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'checkSite')
      const check = await registerCheck(db, request.params.id, request.body, user, now())
      return reply.status(201).send(asCheck(check))
    },
  )
}

export default plugin
