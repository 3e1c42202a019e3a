import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { dayOf } from '../core/calendar.ts'
import { Problem } from '../core/schema-parts.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { readJudgementDay } from './assess-refusals.ts'
import { AssessReply, AssessRequest } from './assess-schema.ts'
import { judge } from './judge.ts'
import {
  MethodSettingsReply,
  MethodSettingsWrite,
  RiskMethods,
  SubstancePage,
  SubstanceQuery,
} from './method-schema.ts'
import { describeMethodSettings, readMethodSettings, writeMethodSettings } from './method-settings.ts'
import { describeMethods, describeSubstance } from './methods/describe.ts'
import { searchSubstances } from './methods/substances.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  app.post(
    '/api/risk/assess',
    {
      schema: {
        tags: ['risk'],
        summary: '风险计算器：LEC 法、LS 矩阵法、GB 18218 重大危险源、直接判定，逐步给出算式',
        body: AssessRequest,
        response: { 200: AssessReply, 400: Problem, 422: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      return judge(db, request.body, readJudgementDay(request.body.on, dayOf(now())))
    },
  )

  app.get(
    '/api/risk/substances',
    {
      schema: {
        tags: ['risk'],
        summary: 'GB 18218-2018 表1 的物质：按名称、俗名、CAS 号查；查不到时给相近的',
        querystring: SubstanceQuery,
        response: { 200: SubstancePage, 400: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      const { q = '', limit = 20 } = request.query
      const { items, isNearest } = searchSubstances(q)
      return { items: items.slice(0, limit).map(describeSubstance), total: items.length, isNearest }
    },
  )

  app.get(
    '/api/risk/methods',
    {
      schema: {
        tags: ['risk'],
        summary: '各方法的可用取值、阈值方案、类别与界限，逐项标明是否待核',
        response: { 200: RiskMethods },
      },
    },
    async (request) => {
      requireUser(request)
      return describeMethods(await readMethodSettings(db))
    },
  )

  app.get(
    '/api/settings/risk-methods',
    {
      schema: {
        tags: ['settings'],
        summary: '风险方法设置：LEC 端点归属、LS 阈值方案，及其历次修改',
        response: { 200: MethodSettingsReply },
      },
    },
    async (request) => {
      requireUser(request)
      return describeMethodSettings(db)
    },
  )

  app.put(
    '/api/settings/risk-methods',
    {
      schema: {
        tags: ['settings'],
        summary: '修改风险方法设置；已有风险保留各自的阈值方案',
        body: MethodSettingsWrite,
        response: { 200: MethodSettingsReply, 400: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      const user = requireAction(request, 'manage')
      return writeMethodSettings(db, request.body, { at: now(), user })
    },
  )
}

export default plugin
