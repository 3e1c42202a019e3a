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
import { badRequest, notFound } from '../http/problems.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import { createHazard, editHazard } from './change.ts'
import { readHazardFacets } from './facets.ts'
import { asHazard, asHazardDetail, type HazardDetailRow } from './model.ts'
import { CursorError, findHazard, listHazardEvents, listHazards } from './queries.ts'
import {
  HazardDetail,
  HazardFacets,
  HazardHistory,
  HazardListQuery,
  HazardPage,
  HazardPatch,
  NewHazard,
} from './schema.ts'

const Params = Type.Object({ id: Id })
const AsOfQuery = Type.Pick(FilterQuery, ['asOf'])

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  /** The hazard of a request as it is, or was at `asOf`. Throws 404 where it may not be seen. */
  async function readHazard(request: FastifyRequest, id: string) {
    const user = requireUser(request)
    const { asOf } = readFilters({ asOf: (request.query as { asOf?: string }).asOf })
    const at = await makeFilterRequest(app.context, asOf ? { asOf } : {}, user.scope)
    const row = await findHazard(db, id, at)
    if (!row) throw notFound('隐患')
    return { user, row, at }
  }

  function describe(
    row: HazardDetailRow,
    request: FastifyRequest,
    today: string,
    isPast: boolean,
  ): HazardDetail {
    const user = requireUser(request)
    return asHazardDetail(row, today, WORK_CALENDAR, {
      id: user.id,
      role: user.role,
      mayEdit: mayDo(user.role, 'editHazard'),
      isPast,
    })
  }

  app.get(
    '/api/hazards',
    {
      schema: {
        tags: ['hazards'],
        summary: '隐患清单；Accept: application/geo+json 时为 GeoJSON',
        querystring: HazardListQuery,
        response: {
          200: {
            content: { 'application/json': { schema: HazardPage }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const { limit = DEFAULT_LIMIT, cursor, sort = '-foundOn' } = request.query
      const page = await listHazards(db, filterRequest, { limit, cursor, sort }).catch((error: unknown) => {
        if (error instanceof CursorError) throw badRequest('BAD_CURSOR', '翻页位置无效，请从第一页重新查')
        throw error
      })
      const items = page.rows.map((row) => asHazard(row, filterRequest.today, WORK_CALENDAR))
      if (wantsGeojson(request)) {
        return reply.type(GEOJSON_TYPE).send(asFeatureCollection(items, page.total, page.nextCursor))
      }
      return { items, total: page.total, nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/api/hazards/facets',
    {
      schema: {
        tags: ['hazards'],
        summary: '筛选面板各选项的实时数目；每组不计本组已选项',
        querystring: FilterQuery,
        response: { 200: HazardFacets, 400: Problem },
      },
    },
    async (request) => readHazardFacets(db, await readFilterRequest(request)),
  )

  app.post(
    '/api/hazards',
    {
      schema: {
        tags: ['hazards'],
        summary: '登记新隐患（待核实）',
        body: NewHazard,
        response: { 201: HazardDetail, 400: Problem, 403: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'createHazard')
      const id = await createHazard(db, request.body, user, now())
      const { row, at } = await readHazard(request, id)
      return reply
        .status(201)
        .header('location', `/api/hazards/${id}`)
        .send(describe(row, request, at.today, false))
    },
  )

  app.get(
    '/api/hazards/:id',
    {
      schema: {
        tags: ['hazards'],
        summary: '一处隐患，及您现在可以办理的动作',
        params: Params,
        querystring: AsOfQuery,
        response: { 200: HazardDetail, 404: Problem },
      },
    },
    async (request) => {
      const { row, at } = await readHazard(request, request.params.id)
      return describe(row, request, at.today, at.asOf !== null)
    },
  )

  app.patch(
    '/api/hazards/:id',
    {
      schema: {
        tags: ['hazards'],
        summary: '修改隐患，须写明所见版本',
        params: Params,
        body: HazardPatch,
        response: { 200: HazardDetail, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      const { user } = await readHazard(request, request.params.id)
      requireAction(request, 'editHazard')
      await editHazard(db, request.params.id, request.body, user, now())
      const { row, at } = await readHazard(request, request.params.id)
      return describe(row, request, at.today, false)
    },
  )

  app.get(
    '/api/hazards/:id/history',
    {
      schema: {
        tags: ['hazards'],
        summary: '一处隐患的经过，最早在前',
        params: Params,
        response: { 200: HazardHistory, 404: Problem },
      },
    },
    async (request) => {
      await readHazard(request, request.params.id)
      const rows = await listHazardEvents(db, request.params.id)
      const items = rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }))
      return { items: items as HazardHistory['items'], total: items.length }
    },
  )
}

export default plugin
