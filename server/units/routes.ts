import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Retirement } from '../assessments/schema.ts'
import { dayOf } from '../core/calendar.ts'
import { Id, Problem } from '../core/schema-parts.ts'
import { makeFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { findSite } from '../sites/queries.ts'
import { createUnit, editUnit, endUnit } from './change.ts'
import { findUnit, listUnits } from './queries.ts'
import { describeUnits } from './read.ts'
import { NewSiteUnit, SiteUnit, SiteUnitPage, SiteUnitPatch } from './schema.ts'

const Params = Type.Object({ id: Id })
const UnitParams = Type.Object({ id: Id, unitId: Id })
const refusals = { 400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem }
const tags = ['risk']

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  async function assertVisible(request: FastifyRequest, siteId: string): Promise<void> {
    const view = await makeFilterRequest(app.context, {}, requireUser(request).scope)
    if (!(await findSite(db, siteId, view))) throw notFound('场所')
  }

  async function readUnit(siteId: string, id: string): Promise<SiteUnit> {
    const row = await findUnit(db, siteId, id)
    const [unit] = row ? await describeUnits(db, [row], dayOf(now())) : []
    if (!unit) throw notFound('单元')
    return unit
  }

  app.get(
    '/api/sites/:id/units',
    {
      schema: {
        tags,
        summary: '一处场所的单元：物质与 q/Q，S，R，重大危险源级别',
        params: Params,
        response: { 200: SiteUnitPage, 404: Problem },
      },
    },
    async (request) => {
      const { id } = request.params
      await assertVisible(request, id)
      const items = await describeUnits(db, await listUnits(db, [id]), dayOf(now()))
      return { items, total: items.length, nextCursor: null }
    },
  )

  app.post(
    '/api/sites/:id/units',
    {
      schema: {
        tags,
        summary: '登记单元，按 GB 18218 评定；S 不小于 1 的成为场所的一项风险',
        params: Params,
        body: NewSiteUnit,
        response: { 201: SiteUnit, ...refusals },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'assessRisk')
      const { id } = request.params
      const unitId = await createUnit(db, id, request.body, user, now())
      return reply.status(201).send(await readUnit(id, unitId))
    },
  )

  app.patch(
    '/api/sites/:id/units/:unitId',
    {
      schema: {
        tags,
        summary: '修改单元，须写明所见版本；结果不同时保存为新评估，原评估保留',
        params: UnitParams,
        body: SiteUnitPatch,
        response: { 200: SiteUnit, ...refusals },
      },
    },
    async (request) => {
      const user = requireAction(request, 'assessRisk')
      const { id, unitId } = request.params
      await editUnit(db, id, unitId, request.body, user, now())
      return readUnit(id, unitId)
    },
  )

  app.post(
    '/api/sites/:id/units/:unitId/retire',
    {
      schema: {
        tags,
        summary: '停用单元及由它得出的风险，须写明理由和所见版本',
        params: UnitParams,
        body: Retirement,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'assessRisk')
      const { id, unitId } = request.params
      await endUnit(db, id, unitId, request.body, user, now())
      return reply.status(204).send(null)
    },
  )
}

export default plugin
