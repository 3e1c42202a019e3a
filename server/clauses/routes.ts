import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readFilters } from '../core/filters.ts'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { Problem } from '../core/schema-parts.ts'
import { requireUser } from '../http/guard.ts'
import { notFound } from '../http/problems.ts'
import { findClause, listClauses } from './queries.ts'
import { Clause, ClausePage, ClauseQuery } from './schema.ts'

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const db = app.context.database.knex

  app.get(
    '/api/clauses',
    {
      schema: {
        tags: ['clauses'],
        summary: '判定标准条款库，中文子串可查；mayMakeMajor＝可据以认定重大',
        querystring: ClauseQuery,
        response: { 200: ClausePage, 400: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      const { limit = DEFAULT_LIMIT, cursor, mayMakeMajor } = request.query
      const { q, sector } = readFilters({ q: request.query.q, sector: request.query.sector })
      return listClauses(db, { q, sector, mayMakeMajor }, { limit, cursor })
    },
  )

  app.get(
    '/api/clauses/:id',
    {
      schema: {
        tags: ['clauses'],
        summary: '一条判定条款',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 200: Clause, 404: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      const clause = await findClause(db, request.params.id)
      if (!clause) throw notFound('判定条款')
      return clause
    },
  )
}

export default plugin
