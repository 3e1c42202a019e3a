import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Id, Problem } from '../core/schema-parts.ts'
import { makeFilterRequest } from '../http/filter-request.ts'
import { requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { Exposure } from '../risk/assess-schema.ts'
import { findSite } from '../sites/queries.ts'
import { asExposure, countPeople } from './model.ts'
import { listSurroundings, readReach } from './queries.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.context
  const db = database.knex

  app.get(
    '/api/sites/:id/exposure',
    {
      schema: {
        tags: ['risk'],
        summary: '场所边界外 500 m 内人数（α 用）：总数含辖区外的防护目标，其名称只给可见者',
        params: Type.Object({ id: Id }),
        response: { 200: Exposure, 404: Problem },
      },
    },
    async (request) => {
      const { scope } = requireUser(request)
      const at = await makeFilterRequest(app.context, {}, scope)
      const { id } = request.params
      const [around] = (await findSite(db, id, at)) ? await listSurroundings(db, [id]) : []
      if (!around) throw notFound('场所')
      return asExposure(id, countPeople(around), await readReach(db, id), scope, at.today)
    },
  )
}

export default plugin
