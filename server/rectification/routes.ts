import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { mayDo } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { Id, Problem } from '../core/schema-parts.ts'
import { asHazardDetail, factsOf } from '../hazards/model.ts'
import { findHazard, findHazards } from '../hazards/queries.ts'
import { HazardActions, HazardDetail, Transition } from '../hazards/schema.ts'
import { requireUser } from '../http/guard.ts'
import { badRequest, notFound } from '../http/problems.ts'
import { WORK_CALENDAR } from './calendar.ts'
import { availableMoves } from './model.ts'
import { moveHazard } from './move.ts'

const MAX_IDS = 200
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function readIds(text: string): string[] {
  const ids = [...new Set(text.split(','))]
  if (ids.length > MAX_IDS || !ids.every((id) => UUID.test(id))) {
    throw badRequest('BAD_IDS', `id 应为最多 ${MAX_IDS} 个隐患编号，用逗号分开`)
  }
  return ids
}

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  app.get(
    '/api/hazards/actions',
    {
      schema: {
        tags: ['rectification'],
        summary: '一批隐患各自现在可以办理的动作；看不到的不列出',
        querystring: Type.Object({
          id: Type.String({ minLength: 36, maxLength: 37 * MAX_IDS, description: '编号，用逗号分开' }),
        }),
        response: { 200: HazardActions, 400: Problem },
      },
    },
    async (request) => {
      const user = requireUser(request)
      const ids = readIds(request.query.id)
      const rows = await findHazards(db, ids, { scope: user.scope, today: dayOf(now()), asOf: null })
      return {
        items: rows.map((row) => ({
          id: row.id,
          actions: availableMoves(factsOf(row), user).map((move) => move.action),
        })),
      }
    },
  )

  app.post(
    '/api/hazards/:id/transitions',
    {
      schema: {
        tags: ['rectification'],
        summary:
          '办理一步：登记、交办、签收、提交复查、退回、销号、不予认定、延期、挂牌、摘牌、认定重大、改为一般',
        params: Type.Object({ id: Id }),
        body: Transition,
        response: { 200: HazardDetail, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      const user = requireUser(request)
      const { id } = request.params
      await moveHazard(db, id, request.body, user, now())
      const today = dayOf(now())
      const row = await findHazard(db, id, { scope: user.scope, today, asOf: null })
      if (!row) throw notFound('隐患')
      return asHazardDetail(row, today, WORK_CALENDAR, {
        id: user.id,
        role: user.role,
        mayEdit: mayDo(user.role, 'editHazard'),
        isPast: false,
      })
    },
  )
}

export default plugin
