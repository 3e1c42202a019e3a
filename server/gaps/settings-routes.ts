import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { EVERYTHING } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { Problem } from '../core/schema-parts.ts'
import { requireAction } from '../http/guard.ts'
import { findGaps, readDossiers } from './find.ts'
import { compareGaps } from './preview.ts'
import { GapSettings, GapSettingsChange, GapSettingsPreview, GapSettingsPreviewInput } from './schema.ts'
import { readGapRules, readGapSettings, saveGapRules } from './settings.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex
  const tags = ['settings']

  app.get(
    '/api/settings/gaps',
    {
      schema: {
        tags,
        summary: '责任缺口的期限：几天检查一次、几个月演练一次，含历次改动',
        response: { 200: GapSettings, 403: Problem },
      },
    },
    async (request) => {
      requireAction(request, 'manage')
      return readGapSettings(db)
    },
  )

  app.put(
    '/api/settings/gaps',
    {
      schema: {
        tags,
        summary: '改责任缺口的期限；过去某日的缺口仍按当日的期限',
        body: GapSettingsChange,
        response: { 200: GapSettings, 400: Problem, 403: Problem, 409: Problem },
      },
    },
    async (request) => {
      const user = requireAction(request, 'manage')
      await saveGapRules(db, request.body, { at: now(), user })
      return readGapSettings(db)
    },
  )

  app.post(
    '/api/settings/gaps/preview',
    {
      schema: {
        tags,
        summary: '换成这些期限，每种缺口会增减多少处场所；不保存',
        body: GapSettingsPreviewInput,
        response: { 200: GapSettingsPreview, 400: Problem, 403: Problem },
      },
    },
    async (request) => {
      requireAction(request, 'manage')
      const today = dayOf(now())
      const dossiers = await readDossiers(db, { filters: {}, scope: EVERYTHING, today, asOf: null })
      const before = findGaps(dossiers, await readGapRules(db, { asOf: null }), today)
      return { kinds: compareGaps(before, findGaps(dossiers, request.body.rules, today)) }
    },
  )
}

export default plugin
