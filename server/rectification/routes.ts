import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { mayDo } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { Id, Problem } from '../core/schema-parts.ts'
import { asHazardDetail } from '../hazards/model.ts'
import { findHazard } from '../hazards/queries.ts'
import { HazardDetail, Transition } from '../hazards/schema.ts'
import { requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { WORK_CALENDAR } from './calendar.ts'
import { moveHazard } from './move.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  app.post(
    '/api/hazards/:id/transitions',
    {
      schema: {
        tags: ['rectification'],
        summary: '办理一步：登记、交办、签收、提交复查、退回、销号、不予认定、延期、挂牌、摘牌',
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
