import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { dayOf } from '../core/calendar.ts'
import { Problem } from '../core/schema-parts.ts'
import { dispositionOf } from '../exports/send.ts'
import { type FilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { unprocessable } from '../http/problems.ts'
import { assertRiskMapChoice } from '../risk-map/model.ts'
import { countSites } from '../sites/queries.ts'
import { makePrintEngine, type PrintJob } from './engine.ts'
import { assertExtent, pageAddress, pixelsOf, readDotsPerInch, readSheet, type Sheet } from './model.ts'
import { asPdf, asPicture } from './output.ts'
import {
  MAX_PRINTED_ROWS,
  MapPictureQuery,
  MapPrintQuery,
  PrintSettings,
  PrintSettingsInput,
  RiskListPrintQuery,
} from './schema.ts'
import { readPrintSettings, writePrintSettings } from './settings.ts'

/** As sharp as a good office printer: the map's picture in a PDF has 288 dots per inch. */
const PDF_SCALE = 3
const CSS_DOTS_PER_INCH = 96

const describeRoute = (summary: string, mediaType: string) => ({
  tags: ['print'],
  summary,
  response: {
    200: { content: { [mediaType]: { schema: Type.Any() } } },
    400: Problem,
    422: Problem,
    501: Problem,
    503: Problem,
    504: Problem,
  },
})

interface Output {
  name: string
  plainName: string
  extension: 'pdf' | 'png'
}

const plugin: FastifyPluginAsyncTypebox<{ hasViewer: boolean }> = async (app, { hasViewer }) => {
  const { database, config, now } = app.context
  const db = database.knex
  const print = makePrintEngine(app, hasViewer)

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    sheet: Sheet,
    page: { path: string; filterRequest: FilterRequest },
    output: Output,
    job: Pick<PrintJob, 'scale' | 'print'>,
  ): Promise<FastifyReply> {
    const left = new AbortController()
    reply.raw.once('close', () => left.abort())
    const address = pageAddress(page.path, request.query as Record<string, unknown>, sheet)
    let bytes: Buffer
    try {
      bytes = await print({
        ...job,
        user: requireUser(request),
        address,
        paper: sheet.paper,
        signal: left.signal,
      })
    } catch (error) {
      // nobody is there any more
      if (left.signal.aborted) return reply.hijack()
      throw error
    }
    const day = page.filterRequest.filters.asOf ? page.filterRequest.today : dayOf(now())
    const nameOf = (name: string) => `${name}_${sheet.paper}_${day}.${output.extension}`
    return reply
      .type(output.extension === 'pdf' ? 'application/pdf' : 'image/png')
      .header('content-disposition', dispositionOf(nameOf(output.plainName), nameOf(output.name)))
      .header('cache-control', 'private, no-store')
      .send(bytes)
  }

  app.get(
    '/api/map.pdf',
    {
      schema: {
        ...describeRoute('隐患地图印成 PDF：图名、图例、比例尺、指北针、审图号', 'application/pdf'),
        querystring: MapPrintQuery,
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const sheet = readSheet(request.query)
      assertExtent(request.query.extent)
      assertRiskMapChoice(request.query)
      const output = { name: '隐患地图', plainName: 'hazard-map', extension: 'pdf' } as const
      return send(request, reply, sheet, { path: '/print/map', filterRequest }, output, {
        scale: PDF_SCALE,
        print: asPdf(sheet.paper),
      })
    },
  )

  app.get(
    '/api/map.png',
    {
      schema: { ...describeRoute('隐患地图印成图片，同 PDF', 'image/png'), querystring: MapPictureQuery },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const sheet = readSheet(request.query)
      assertExtent(request.query.extent)
      assertRiskMapChoice(request.query)
      const dotsPerInch = readDotsPerInch(request.query)
      const output = { name: '隐患地图', plainName: 'hazard-map', extension: 'png' } as const
      return send(request, reply, sheet, { path: '/print/map', filterRequest }, output, {
        scale: dotsPerInch / CSS_DOTS_PER_INCH,
        print: asPicture(pixelsOf(sheet.paper, dotsPerInch), dotsPerInch),
      })
    },
  )

  app.get(
    '/api/risk-list.pdf',
    {
      schema: {
        ...describeRoute(
          `风险清单印成 PDF，筛选同清单，最多 ${MAX_PRINTED_ROWS.toLocaleString('en')} 处`,
          'application/pdf',
        ),
        querystring: RiskListPrintQuery,
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const sheet = readSheet(request.query)
      assertPrintable(await countSites(db, filterRequest))
      const output = { name: '风险清单', plainName: 'risk-list', extension: 'pdf' } as const
      return send(request, reply, sheet, { path: '/print/risk-list', filterRequest }, output, {
        scale: 1,
        print: asPdf(sheet.paper),
      })
    },
  )

  app.get(
    '/api/settings/print',
    {
      schema: {
        tags: ['print'],
        summary: '图纸上的单位、标题、来源、审图号和页脚',
        response: { 200: PrintSettings },
      },
    },
    async (request) => {
      requireUser(request)
      return readPrintSettings(db, config)
    },
  )

  app.put(
    '/api/settings/print',
    {
      schema: {
        tags: ['print'],
        summary: '改图纸上的单位、标题、来源、审图号和页脚；null 为缺省',
        body: PrintSettingsInput,
        response: { 200: PrintSettings, 400: Problem, 403: Problem },
      },
    },
    async (request) => {
      const user = requireAction(request, 'manage')
      await writePrintSettings(db, request.body, { at: now(), user })
      return readPrintSettings(db, config)
    },
  )
}

/** Nothing is cut off in silence: a list that is too long is refused with its length and the way out. */
function assertPrintable(total: number): void {
  if (total <= MAX_PRINTED_ROWS) return
  const [length, limit] = [total, MAX_PRINTED_ROWS].map((count) => count.toLocaleString('en'))
  throw unprocessable(
    'TOO_MANY_ROWS',
    `有 ${length} 处场所，一次最多打印 ${limit} 处。请按辖区、行业或等级缩小筛选后分次打印，或导出 Excel`,
    { total, limit: MAX_PRINTED_ROWS },
  )
}

export default plugin
