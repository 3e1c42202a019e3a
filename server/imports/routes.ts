import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { mayDo, type User } from '../access/model.ts'
import { DEFAULT_LIMIT, encodeCursor } from '../core/paging.ts'
import { Id, Problem, Words } from '../core/schema-parts.ts'
import { IMPORT_KIND_TERMS, IMPORT_KINDS, ROLE_TERMS } from '../core/vocabulary.ts'
import { requireAction } from '../http/guard.ts'
import { badRequest, conflict, forbidden, notFound } from '../http/problems.ts'
import { readUpload } from '../http/upload.ts'
import { commitImport } from './commit.ts'
import { OutdatedError, StateError } from './commit-job.ts'
import { readListCursor, readRowCursor } from './cursors.ts'
import { asReport, asRow, asSummary } from './describe.ts'
import { writeFaults, writeTemplate } from './faults-workbook.ts'
import { discardImport, findImport, type ImportRecord, listImports } from './queries.ts'
import { readTableFile } from './read-file.ts'
import { takeRemedy } from './remedies.ts'
import { listRows } from './row-queries.ts'
import { recheckImport, startImport } from './run-check.ts'
import {
  ImportListQuery,
  ImportPage,
  ImportRecheck,
  ImportReport,
  ImportRowPage,
  ImportRowQuery,
  Remedy,
  UndoResult,
} from './schema.ts'
import { sendWorkbook } from './send-workbook.ts'
import { undoImport } from './undo.ts'
import { asUploadProblem, readImportForm } from './upload.ts'

const Params = Type.Object({ id: Id })
const tags = ['imports']

const notWaiting = () => conflict('IMPORT_NOT_WAITING', '这次导入已经入库、撤销或放弃，不能再改')

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, now } = app.context
  const db = database.knex

  /** An officer sees the imports that they made; whoever sees the whole zone sees all of them. */
  const ownOnly = (user: User): string | null => (user.scope.areas === 'all' ? null : user.id)

  async function readImport(request: FastifyRequest): Promise<{ user: User; record: ImportRecord }> {
    const user = requireAction(request, 'import')
    const record = await findImport(db, (request.params as { id: string }).id, ownOnly(user))
    if (!record) throw notFound('导入')
    return { user, record }
  }

  async function answerReport(request: FastifyRequest): Promise<ImportReport> {
    return asReport((await readImport(request)).record)
  }

  app.get(
    '/api/imports/template.xlsx',
    {
      schema: { tags, summary: '空白模板', querystring: Type.Object({ kind: Words(IMPORT_KINDS) }) },
    },
    async (request, reply) => {
      requireAction(request, 'import')
      const { kind } = request.query
      const chinese = `${IMPORT_KIND_TERMS[kind].zh}（模板）.xlsx`
      return sendWorkbook(reply, { plain: `template-${kind}.xlsx`, chinese }, () => writeTemplate(kind))
    },
  )

  app.post(
    '/api/imports',
    {
      schema: {
        tags,
        summary: '上传并检查（multipart：kind、coordinateSystem、file，可另有 options）；不写入任何数据',
        consumes: ['multipart/form-data'],
        response: { 201: ImportReport, 400: Problem, 403: Problem, 413: Problem, 415: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'import')
      const upload = readImportForm(await readUpload(request))
      if (upload.kind === 'risks' && !mayDo(user.role, 'assessRisk')) {
        throw forbidden(
          'ROLE_NOT_ALLOWED',
          `「${ROLE_TERMS[user.role].zh}」不能评定风险，风险清单请由应急局导入`,
        )
      }
      try {
        const file = await readTableFile(upload.fileName, upload.bytes)
        const id = await startImport(db, upload, file, user, now())
        const record = await findImport(db, id, null)
        if (!record) throw notFound('导入')
        return reply.status(201).header('location', `/api/imports/${id}`).send(asReport(record))
      } catch (error) {
        throw asUploadProblem(error) ?? error
      }
    },
  )

  app.get(
    '/api/imports',
    {
      schema: {
        tags,
        summary: '导入记录，最近的在前',
        querystring: ImportListQuery,
        response: { 200: ImportPage, 400: Problem, 403: Problem },
      },
    },
    async (request) => {
      const user = requireAction(request, 'import')
      const { limit = DEFAULT_LIMIT, cursor } = request.query
      const { rows, total } = await listImports(db, {
        createdBy: ownOnly(user),
        limit,
        after: readListCursor(cursor),
      })
      const items = rows.slice(0, limit)
      const last = rows.length > limit ? items.at(-1) : undefined
      return {
        items: items.map(asSummary),
        total,
        nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
      }
    },
  )

  app.get(
    '/api/imports/:id',
    {
      schema: {
        tags,
        summary: '检查报告',
        params: Params,
        response: { 200: ImportReport, 403: Problem, 404: Problem },
      },
    },
    answerReport,
  )

  app.get(
    '/api/imports/:id/rows',
    {
      schema: {
        tags,
        summary: '逐行结果，可按结果、轻重、问题代码筛选',
        params: Params,
        querystring: ImportRowQuery,
        response: { 200: ImportRowPage, 400: Problem, 404: Problem },
      },
    },
    async (request) => {
      const { record } = await readImport(request)
      const { limit = DEFAULT_LIMIT, cursor, ...filter } = request.query
      const { rows, total } = await listRows(db, record.id, {
        ...filter,
        limit,
        after: readRowCursor(cursor),
      })
      const items = rows.slice(0, limit)
      const last = rows.length > limit ? items.at(-1) : undefined
      return {
        items: items.map((row) => asRow(record, row)),
        total,
        nextCursor: last ? encodeCursor([last.position]) : null,
      }
    },
  )

  app.get(
    '/api/imports/:id/faults.xlsx',
    { schema: { tags, summary: '原表，问题格标色，附「检查出的问题」一列', params: Params } },
    async (request, reply) => {
      const { record } = await readImport(request)
      const chinese = `${record.fileName.replace(/\.[^.]*$/, '')}_检查结果.xlsx`
      return sendWorkbook(reply, { plain: 'import-faults.xlsx', chinese }, (signal) =>
        writeFaults(db, record, signal),
      )
    },
  )

  app.post(
    '/api/imports/:id/check',
    {
      schema: {
        tags,
        summary: '换坐标系、改列对应或补行业领域后重新检查',
        params: Params,
        body: ImportRecheck,
        response: { 200: ImportReport, 400: Problem, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const { user, record } = await readImport(request)
      if (!(await recheckImport(db, record, request.body, user, now()))) throw notWaiting()
      return answerReport(request)
    },
  )

  app.post(
    '/api/imports/:id/remedies',
    {
      schema: {
        tags,
        summary: '采用报告里的改法，再检查一遍',
        params: Params,
        body: Remedy,
        response: { 200: ImportReport, 400: Problem, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      const { user, record } = await readImport(request)
      const taken = await takeRemedy(db, record.id, request.body)
      if (taken === null) throw notWaiting()
      if (taken === 0) throw badRequest('NO_SUCH_PROPOSAL', '这些行没有这种问题，或报告没有提出这种改法')
      if (!(await recheckImport(db, record, {}, user, now()))) throw notWaiting()
      return answerReport(request)
    },
  )

  app.post(
    '/api/imports/:id/commit',
    {
      schema: {
        tags,
        summary: '入库：要么全部写入，要么一行也不写',
        params: Params,
        response: { 200: ImportReport, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const { user, record } = await readImport(request)
      try {
        await commitImport(db, record, user, now())
      } catch (error) {
        if (error instanceof StateError) throw notWaiting()
        if (!(error instanceof OutdatedError)) throw error
        await recheckImport(db, record, {}, user, now())
        throw conflict('IMPORT_OUTDATED', '检查之后数据有变化，已重新检查。请看过新的报告再入库', {
          rows: error.rowCount,
        })
      }
      return answerReport(request)
    },
  )

  app.post(
    '/api/imports/:id/undo',
    {
      schema: {
        tags,
        summary: '撤销整批：留下记录；之后被改过的保留并列出',
        params: Params,
        response: { 200: UndoResult, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const { user, record } = await readImport(request)
      try {
        const undone = await undoImport(db, record, user, now())
        return { report: await answerReport(request), ...undone }
      } catch (error) {
        if (error instanceof StateError)
          throw conflict('IMPORT_NOT_COMMITTED', '这次导入还没有入库，或已经撤销')
        throw error
      }
    },
  )

  app.post(
    '/api/imports/:id/discard',
    {
      schema: {
        tags,
        summary: '放弃这次导入',
        params: Params,
        response: { 200: ImportReport, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const { record } = await readImport(request)
      if (!(await discardImport(db, record.id))) throw notWaiting()
      return answerReport(request)
    },
  )
}

export default plugin
