import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../core/schema-parts.ts'
import { readFilterRequest } from '../http/filter-request.ts'
import { assertMonthly, makeMonths, readMonths } from './monthly-model.ts'
import { countMonths, listReportAreas } from './monthly-queries.ts'
import { MonthlyFigures, MonthlyFiguresQuery } from './monthly-schema.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const db = app.context.database.knex

  app.get(
    '/api/monthly-figures',
    {
      schema: {
        tags: ['statistics'],
        summary:
          '隐患排查治理月报：按发现月份和街镇的排查数、整改数、整改率、治理计划、五到位、挂牌、资金；每个数带着能列出它的筛选词',
        querystring: MonthlyFiguresQuery,
        response: { 200: MonthlyFigures, 400: Problem },
      },
    },
    async (request) => {
      const filterRequest = await readFilterRequest(request)
      assertMonthly(filterRequest.filters)
      const { from, to, months } = readMonths(request.query, filterRequest.today)
      const counts = await countMonths(db, filterRequest, { from, to })
      const areas = await listReportAreas(db, filterRequest.scope)
      return {
        from,
        to,
        today: filterRequest.today,
        months: makeMonths(months, counts, areas, filterRequest.filters),
      }
    },
  )
}

export default plugin
