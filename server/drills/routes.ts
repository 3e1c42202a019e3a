import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { readFilters } from '../core/filters.ts'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { FilterQuery, Id, Problem } from '../core/schema-parts.ts'
import { type FilterRequest, makeFilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { asFeatureCollection, GEOJSON_TYPE, wantsGeojson } from '../http/list-reply.ts'
import { notFound } from '../http/problems.ts'
import { createDrill, editDrill } from './change.ts'
import { asDrill, type DrillRow } from './model.ts'
import { findDrill, findVisibleHazardIds, listDrillEvents, listDrills } from './queries.ts'
import { Drill, DrillHistory, DrillListQuery, DrillPage, DrillPatch, NewDrill } from './schema.ts'
import { readDrillWords } from './words.ts'

const Params = Type.Object({ id: Id })
const AsOfQuery = Type.Pick(FilterQuery, ['asOf'])
type View = Omit<FilterRequest, 'filters'>

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  async function describe(request: FastifyRequest, rows: DrillRow[], view: View): Promise<Drill[]> {
    const user = requireUser(request)
    const hazardIds = rows.flatMap((row) => row.hazardIds)
    const visibleHazardIds = await findVisibleHazardIds(db, hazardIds, view)
    return rows.map((row) => asDrill(row, { user, visibleHazardIds, isPast: view.asOf !== null }))
  }

  /** The drill of a request as it is, or was at `asOf`. Throws 404 where it may not be seen. */
  async function readDrill(request: FastifyRequest, id: string): Promise<Drill> {
    const user = requireUser(request)
    const { asOf } = readFilters({ asOf: (request.query as { asOf?: string }).asOf })
    const view = await makeFilterRequest(app.context, asOf ? { asOf } : {}, user.scope)
    const row = await findDrill(db, id, view)
    const [drill] = row ? await describe(request, [row], view) : []
    if (!drill) throw notFound('演练')
    return drill
  }

  app.get(
    '/api/drills',
    {
      schema: {
        tags: ['drills'],
        summary: '演练清单，开始时间晚的在前；Accept: application/geo+json 时为 GeoJSON',
        querystring: DrillListQuery,
        response: {
          200: {
            content: { 'application/json': { schema: DrillPage }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const words = readDrillWords(request.query)
      const { limit = DEFAULT_LIMIT, cursor } = request.query
      const { rows, total, nextCursor } = await listDrills(db, filterRequest, words, { limit, cursor })
      const items = await describe(request, rows, filterRequest)
      if (wantsGeojson(request)) {
        return reply.type(GEOJSON_TYPE).send(asFeatureCollection(items, total, nextCursor))
      }
      return { items, total, nextCursor }
    },
  )

  app.post(
    '/api/drills',
    {
      schema: {
        tags: ['drills'],
        summary: '新建演练',
        body: NewDrill,
        response: { 201: Drill, 400: Problem, 403: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'planDrill')
      const id = await createDrill(db, request.body, user, now())
      const drill = await readDrill(request, id)
      return reply.status(201).header('location', `/api/drills/${id}`).send(drill)
    },
  )

  app.get(
    '/api/drills/:id',
    {
      schema: {
        tags: ['drills'],
        summary: '一次演练',
        params: Params,
        querystring: AsOfQuery,
        response: { 200: Drill, 404: Problem },
      },
    },
    async (request) => readDrill(request, request.params.id),
  )

  app.patch(
    '/api/drills/:id',
    {
      schema: {
        tags: ['drills'],
        summary: '修改、移动或取消演练（state: cancelled），须写明所见版本',
        params: Params,
        body: DrillPatch,
        response: { 200: Drill, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      const { id } = request.params
      await readDrill(request, id)
      const user = requireAction(request, 'planDrill')
      await editDrill(db, id, request.body, user, now())
      return readDrill(request, id)
    },
  )

  app.get(
    '/api/drills/:id/history',
    {
      schema: {
        tags: ['drills'],
        summary: '一次演练的经过，最早在前',
        params: Params,
        response: { 200: DrillHistory, 404: Problem },
      },
    },
    async (request) => {
      await readDrill(request, request.params.id)
      const rows = await listDrillEvents(db, request.params.id)
      const items = rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }))
      return { items: items as DrillHistory['items'], total: items.length }
    },
  )
}

export default plugin
