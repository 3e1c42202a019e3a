import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { readFilters } from '../core/filters.ts'
import { FilterQuery, Id, Problem } from '../core/schema-parts.ts'
import { makeFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { Risk } from '../risk/schema.ts'
import { findSite } from '../sites/queries.ts'
import { assessAgain, createRisk, editRisk, endRisk } from './change.ts'
import { levelHistory } from './level-history.ts'
import { listLevelStates, listRiskStates } from './queries.ts'
import { readPastAssessments, readRisk } from './read.ts'
import { LevelHistory, NewAssessment, NewRisk, PastAssessmentList, Retirement, RiskPatch } from './schema.ts'

const Params = Type.Object({ id: Id })
const refusals = { 400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem }
const tags = ['risk']

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  async function requireRisk(request: FastifyRequest, id: string): Promise<Risk> {
    const view = await makeFilterRequest(app.context, {}, requireUser(request).scope)
    const risk = await readRisk(db, id, view)
    if (!risk) throw notFound('风险')
    return risk
  }

  app.post(
    '/api/sites/:id/risks',
    {
      schema: {
        tags,
        summary: '评估一项风险：方法、取值、管控措施、责任人；等级由算式得出',
        params: Params,
        body: NewRisk,
        response: { 201: Risk, ...refusals },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'assessRisk')
      const id = await createRisk(db, request.params.id, request.body, user, now())
      return reply
        .status(201)
        .header('location', `/api/risks/${id}`)
        .send(await requireRisk(request, id))
    },
  )

  app.get(
    '/api/risks/:id',
    { schema: { tags, summary: '一项在用的风险', params: Params, response: { 200: Risk, 404: Problem } } },
    async (request) => requireRisk(request, request.params.id),
  )

  app.patch(
    '/api/risks/:id',
    {
      schema: {
        tags,
        summary: '修改风险的文字、责任人、复评日，须写明所见版本；算式由新评估修改',
        params: Params,
        body: RiskPatch,
        response: { 200: Risk, ...refusals },
      },
    },
    async (request) => {
      const user = requireAction(request, 'assessRisk')
      await editRisk(db, request.params.id, request.body, user, now())
      return requireRisk(request, request.params.id)
    },
  )

  app.post(
    '/api/risks/:id/assessments',
    {
      schema: {
        tags,
        summary: '保存为新评估：原评估停用但保留，须写明所见版本',
        params: Params,
        body: NewAssessment,
        response: { 201: Risk, ...refusals },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'assessRisk')
      const id = await assessAgain(db, request.params.id, request.body, user, now())
      return reply
        .status(201)
        .header('location', `/api/risks/${id}`)
        .send(await requireRisk(request, id))
    },
  )

  app.get(
    '/api/risks/:id/assessments',
    {
      schema: {
        tags,
        summary: '一项风险此前的历次评估，新的在前',
        params: Params,
        response: { 200: PastAssessmentList, 404: Problem },
      },
    },
    async (request) => {
      const { id } = await requireRisk(request, request.params.id)
      const items = await readPastAssessments(db, id)
      return { items, total: items.length }
    },
  )

  app.post(
    '/api/risks/:id/retire',
    {
      schema: {
        tags,
        summary: '风险不再列入清单，须写明理由和所见版本',
        params: Params,
        body: Retirement,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'assessRisk')
      await endRisk(db, request.params.id, request.body, user, now())
      return reply.status(204).send(null)
    },
  )

  app.get(
    '/api/sites/:id/level-history',
    {
      schema: {
        tags,
        summary: '一处场所等级的变化：建档以后按系统所知，以前按评估日期',
        params: Params,
        querystring: Type.Pick(FilterQuery, ['asOf']),
        response: { 200: LevelHistory, 404: Problem },
      },
    },
    async (request) => {
      const { asOf } = readFilters(request.query)
      const view = await makeFilterRequest(app.context, asOf ? { asOf } : {}, requireUser(request).scope)
      const { id } = request.params
      if (!(await findSite(db, id, view))) throw notFound('场所')
      const levels = await listLevelStates(db, id, view.asOf)
      return levelHistory(levels, await listRiskStates(db, id, view.asOf))
    },
  )
}

export default plugin
