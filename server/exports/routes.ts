import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Problem } from '../core/schema-parts.ts'
import { readKinds } from '../gaps/list.ts'
import { basisOf, type FilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireUser } from '../http/guard.ts'
import { readAreaRule, readHexagonMeasure, readHexagonSize } from '../risk-map/model.ts'
import { HexagonsQuery, RiskAreasQuery } from '../risk-map/schema.ts'
import { MonthlyExportQuery } from '../statistics/monthly-schema.ts'
import { describeFilters } from './describe-filters.ts'
import { makeGapExport } from './gap-export.ts'
import { type ExportCaption, makeHazardExport } from './hazard-export.ts'
import { makeMonthlyExport } from './monthly-export.ts'
import { listAreaNames, readAreaNames } from './queries.ts'
import { makeRiskListExport } from './risk-list-export.ts'
import { makeHexagonsExport, makeRiskAreasExport } from './risk-map-export.ts'
import {
  EXPORT_FORMATS,
  type ExportFormat,
  GapExportQuery,
  HazardExportQuery,
  MAX_EXPORT_ROWS,
  RiskListExportQuery,
} from './schema.ts'
import { dispositionOf, MEDIA_TYPES, sendExport } from './send.ts'
import { writeWorkbook } from './write-workbook.ts'

const FORMAT_NAMES: Record<ExportFormat, string> = { xlsx: 'Excel', csv: 'CSV（UTF-8）', geojson: 'GeoJSON' }
const describeRoute = (title: string, format: ExportFormat) => ({
  tags: ['exports'],
  summary: `${title}导出为 ${FORMAT_NAMES[format]}，筛选同清单，最多 ${MAX_EXPORT_ROWS.toLocaleString('en')} 行`,
  response: {
    200: { content: { [MEDIA_TYPES[format]]: { schema: Type.Any() } } },
    400: Problem,
    422: Problem,
  },
})

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config, now } = app.context
  const db = database.knex

  /** Of when, by whom and with which filter a file was made: it goes from hand to hand without the screen. */
  async function captionOf(request: FastifyRequest, filterRequest: FilterRequest): Promise<ExportCaption> {
    const { filters, scope } = filterRequest
    const at = now()
    const moment = filters.asOf ? filters.asOf + BASIS_WORDS[basisOf(filterRequest)] : beijingTime(at)
    const words = describeFilters(filters, await readAreaNames(db))
    const parts = [`截至 ${moment}`, words === '' ? '全部' : `筛选：${words}`]
    return {
      unitName: config.unitName,
      smallPrint: [...parts, `${requireUser(request).displayName} 导出`].join('；'),
      at,
      areaNames: await listAreaNames(db, scope),
    }
  }

  for (const format of EXPORT_FORMATS) {
    app.get(
      `/api/hazards.${format}`,
      { schema: { ...describeRoute('隐患台账', format), querystring: HazardExportQuery } },
      async (request, reply) => {
        const filterRequest = await readFilterRequest(request)
        const { sort = '-foundOn' } = request.query
        const caption = await captionOf(request, filterRequest)
        return sendExport(reply, await makeHazardExport(db, filterRequest, sort, caption), format)
      },
    )

    app.get(
      `/api/risk-list.${format}`,
      { schema: { ...describeRoute('风险清单', format), querystring: RiskListExportQuery } },
      async (request, reply) => {
        const filterRequest = await readFilterRequest(request)
        const { sort = 'rank' } = request.query
        const caption = await captionOf(request, filterRequest)
        return sendExport(reply, await makeRiskListExport(db, filterRequest, sort, caption), format)
      },
    )

    app.get(
      `/api/risk-map/areas.${format}`,
      { schema: { ...describeRoute('辖区风险四色表', format), querystring: RiskAreasQuery } },
      async (request, reply) => {
        const filterRequest = await readFilterRequest(request)
        const rule = readAreaRule(request.query)
        const caption = await captionOf(request, filterRequest)
        return sendExport(reply, await makeRiskAreasExport(db, filterRequest, rule, caption), format)
      },
    )

    app.get(
      `/api/risk-map/hexagons.${format}`,
      { schema: { ...describeRoute('六边形网格表', format), querystring: HexagonsQuery } },
      async (request, reply) => {
        const filterRequest = await readFilterRequest(request)
        const grid = { size: readHexagonSize(request.query), measure: readHexagonMeasure(request.query) }
        const caption = await captionOf(request, filterRequest)
        return sendExport(reply, await makeHexagonsExport(db, filterRequest, grid, caption), format)
      },
    )

    app.get(
      `/api/gaps.${format}`,
      { schema: { ...describeRoute('责任缺口', format), querystring: GapExportQuery } },
      async (request, reply) => {
        const filterRequest = await readFilterRequest(request)
        const wanted = { kinds: readKinds(request.query), sort: request.query.sort ?? 'riskLevel' }
        const caption = await captionOf(request, filterRequest)
        return sendExport(reply, await makeGapExport(db, filterRequest, wanted, caption), format)
      },
    )
  }

  app.get(
    '/api/monthly-figures.xlsx',
    {
      schema: {
        tags: ['exports'],
        summary: '隐患排查治理月报导出为 Excel：一个月分街镇，另附当年逐月',
        querystring: MonthlyExportQuery,
        response: {
          200: { content: { [MEDIA_TYPES.xlsx]: { schema: Type.Any() } } },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const caption = await captionOf(request, filterRequest)
      const { month, sheets } = await makeMonthlyExport(db, filterRequest, request.query.month, caption)
      const names = [`monthly-figures_${month}.xlsx`, `隐患排查治理月报_${month}.xlsx`] as const
      return reply
        .type(MEDIA_TYPES.xlsx)
        .header('content-disposition', dispositionOf(...names))
        .header('cache-control', 'private, no-store')
        .send(await writeWorkbook(...sheets))
    },
  )
}

/** How a past day was read, since a file is asked about long after. */
const BASIS_WORDS = {
  present: '',
  recorded: '（按当日系统记录）',
  rebuilt: '（当日尚未启用本系统，按台账日期重建）',
} as const

/** 2025-06-18 09:42 (Beijing time). */
function beijingTime(instant: Date): string {
  return `${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}（北京时间）`
}

export default plugin
