import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { EVERYTHING, mayDo } from '../access/model.ts'
import { Problem } from '../core/schema-parts.ts'
import { makeFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { unprocessable } from '../http/problems.ts'
import { weightsFault } from './pressure.ts'
import { PressurePreview, PressureSetting, PressureWeights } from './pressure-schema.ts'
import { previewWeights } from './rank-preview.ts'
import { readPressureSetting, savePressureWeights } from './weights.ts'

const Body = Type.Object({ weights: PressureWeights }, { additionalProperties: false })

function assertSound(weights: PressureWeights): void {
  const fault = weightsFault(weights)
  if (fault) throw unprocessable('BAD_WEIGHTS', fault)
}

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex
  const tags = ['settings']

  app.get(
    '/api/settings/pressure',
    {
      schema: {
        tags,
        summary: '当前压力的权重，含历次改动',
        response: { 200: PressureSetting, 401: Problem },
      },
    },
    async (request) => {
      const user = requireUser(request)
      return { ...(await readPressureSetting(db)), mayEdit: mayDo(user.role, 'manage') }
    },
  )

  app.put(
    '/api/settings/pressure',
    {
      schema: {
        tags,
        summary: '改权重；过去某日的清单仍按当日权重',
        body: Body,
        response: { 200: PressureSetting, 400: Problem, 403: Problem, 422: Problem },
      },
    },
    async (request) => {
      const user = requireAction(request, 'manage')
      assertSound(request.body.weights)
      await savePressureWeights(db, request.body.weights, { at: now(), user })
      return { ...(await readPressureSetting(db)), mayEdit: true }
    },
  )

  app.post(
    '/api/settings/pressure/preview',
    {
      schema: {
        tags,
        summary: '换成这些权重，哪些场所的排名会变；不保存',
        body: Body,
        response: { 200: PressurePreview, 400: Problem, 403: Problem, 422: Problem },
      },
    },
    async (request) => {
      requireAction(request, 'manage')
      assertSound(request.body.weights)
      return previewWeights(db, await makeFilterRequest(app.context, {}, EVERYTHING), request.body.weights)
    },
  )
}

export default plugin
