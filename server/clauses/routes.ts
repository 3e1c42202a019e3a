import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { dayOf } from '../core/calendar.ts'
import { readDay, readFilters, readWords } from '../core/filters.ts'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { Problem } from '../core/schema-parts.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { confirmClause } from './change.ts'
import { type ClauseFilter, findClause, listClauses, listDocuments, listPlaceTypes } from './queries.ts'
import {
  ClauseDetail,
  ClauseDocumentList,
  ClausePage,
  ClauseQuery,
  NewClauseConfirmation,
  PlaceTypeList,
} from './schema.ts'

const Params = Type.Object({ id: Type.String({ maxLength: 64 }) })
const OnQuery = Type.Pick(ClauseQuery, ['on'])

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  /** The filter of a request. Throws 400 with the known words. */
  async function readClauseFilter(query: ClauseQuery): Promise<ClauseFilter> {
    const { q, sector } = readFilters({ q: query.q, sector: query.sector })
    const words = { ...query }
    const on = readDay(words, 'on')
    const placeTypes = query.placeType ? await listPlaceTypes(db) : []
    const documents = query.documentId ? await listDocuments(db) : []
    return {
      q,
      sector,
      placeType: readWords(
        words,
        'placeType',
        placeTypes.map((known) => known.placeType),
      ),
      documentId: readWords(
        words,
        'documentId',
        documents.map((document) => document.id),
      ),
      mayMakeMajor: query.mayMakeMajor,
      confirmed: query.confirmed,
      includeSuperseded: query.includeSuperseded ?? true,
      on: on ?? dayOf(now()),
      isOffer: on !== undefined,
    }
  }

  async function readClause(id: string, on = dayOf(now())): Promise<ClauseDetail> {
    const clause = await findClause(db, id, on)
    if (!clause) throw notFound('判定条款')
    return clause
  }

  app.get(
    '/api/clauses',
    {
      schema: {
        tags: ['clauses'],
        summary: '判定标准条款库，中文子串可查；on＝某日发现的隐患可引用的条款，mayMakeMajor＝可据以认定重大',
        querystring: ClauseQuery,
        response: { 200: ClausePage, 400: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      const { limit = DEFAULT_LIMIT, cursor } = request.query
      return listClauses(db, await readClauseFilter(request.query), { limit, cursor })
    },
  )

  app.get(
    '/api/clauses/documents',
    {
      schema: {
        tags: ['clauses'],
        summary: '判定标准文件：版本、施行期和代替它的文件；不知道的日子为 null（待核）',
        response: { 200: ClauseDocumentList },
      },
    },
    async (request) => {
      requireUser(request)
      const items = await listDocuments(db)
      return { items, total: items.length }
    },
  )

  app.get(
    '/api/clauses/place-types',
    {
      schema: {
        tags: ['clauses'],
        summary: '条款适用的场所类型和条数',
        response: { 200: PlaceTypeList },
      },
    },
    async (request) => {
      requireUser(request)
      const items = await listPlaceTypes(db)
      return { items, total: items.length }
    },
  )

  app.get(
    '/api/clauses/:id',
    {
      schema: {
        tags: ['clauses'],
        summary: '一条判定条款，及管理员核对的经过',
        params: Params,
        querystring: OnQuery,
        response: { 200: ClauseDetail, 400: Problem, 404: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      return readClause(request.params.id, readDay({ ...request.query }, 'on'))
    },
  )

  app.post(
    '/api/clauses/:id/confirmations',
    {
      schema: {
        tags: ['clauses'],
        summary: '管理员对照原文核对一条条款（须写出处），或撤回核对',
        params: Params,
        body: NewClauseConfirmation,
        response: { 201: ClauseDetail, 400: Problem, 403: Problem, 404: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'manage')
      await confirmClause(db, request.params.id, request.body, user, now())
      return reply.status(201).send(await readClause(request.params.id))
    },
  )
}

export default plugin
