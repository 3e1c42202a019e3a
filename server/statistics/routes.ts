import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../core/schema-parts.ts'
import { readFilterRequest } from '../http/filter-request.ts'
import { previousPeriod, readDimensions, readPeriod, sortSummary, trendDays } from './model.ts'
import { countAreaBySector, countSummary, readFigures, readFiguresByArea, readTrendPoint } from './queries.ts'
import { Statistics, StatisticsQuery, Summary, SummaryQuery } from './schema.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const db = app.context.database.knex

  app.get(
    '/api/summary',
    {
      schema: {
        tags: ['statistics'],
        summary: '按辖区、行业、级别、状态、风险等级、月份、条款任意组合计数；区外记在 area: null',
        querystring: SummaryQuery,
        response: { 200: Summary, 400: Problem },
      },
    },
    async (request) => {
      const filterRequest = await readFilterRequest(request)
      const by = readDimensions(request.query.by)
      const items = sortSummary(await countSummary(db, filterRequest, by), by)
      return { items, total: items.reduce((sum, item) => sum + item.count, 0) }
    },
  )

  app.get(
    '/api/statistics',
    {
      schema: {
        tags: ['statistics'],
        summary: '一个时段的数字、与等长的上一段对比、分辖区与行业、月末走势；不予认定的不计',
        querystring: StatisticsQuery,
        response: { 200: Statistics, 400: Problem },
      },
    },
    async (request) => {
      const filterRequest = await readFilterRequest(request)
      const period = readPeriod(request.query.from, request.query.to)
      const trend = []
      // one after the other: the embedded engine has one connection, and others wait for it between two questions
      for (const day of trendDays(period, filterRequest.today)) {
        trend.push(await readTrendPoint(db, filterRequest, day))
      }
      const areaBySector = await countAreaBySector(db, filterRequest, period)
      return {
        ...period,
        figures: await readFigures(db, filterRequest, period),
        previous: await readFigures(db, filterRequest, previousPeriod(period)),
        byArea: await readFiguresByArea(db, filterRequest, period),
        areaBySector: sortSummary(areaBySector, ['area', 'sector']) as typeof areaBySector,
        trend,
      }
    },
  )
}

export default plugin
