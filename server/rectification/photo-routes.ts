import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { v7 as uuid } from 'uuid'
import { dayOf } from '../core/calendar.ts'
import { readFilters } from '../core/filters.ts'
import { FilterQuery, Id, Problem, Words } from '../core/schema-parts.ts'
import { PHOTO_STAGES, type PhotoStage } from '../core/vocabulary.ts'
import { recordChange } from '../db/changes.ts'
import { findHazard } from '../hazards/queries.ts'
import { Photo, PhotoList, SitePhotoList } from '../hazards/schema.ts'
import { makeFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { badRequest, conflict, notFound } from '../http/problems.ts'
import { readUpload } from '../http/upload.ts'
import { findSite } from '../sites/queries.ts'
import {
  countPhotos,
  findPhoto,
  insertPhoto,
  listPhotos,
  listPhotosOfSite,
  type PhotoRow,
} from './photo-queries.ts'
import { photoPath, storePhoto } from './photo-store.ts'

const MAX_PHOTOS = 40
const Params = Type.Object({ id: Id })

function describe(hazardId: string, row: PhotoRow): Photo {
  const { sha256: _sha256, createdAt, ...facts } = row
  const url = `/api/hazards/${hazardId}/photos/${row.id}`
  return { ...facts, createdAt: createdAt.toISOString(), url, thumbnailUrl: `${url}?size=thumbnail` }
}

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config, now } = app.context
  const db = database.knex
  const directory = join(config.dataDir, 'photos')

  async function assertVisible(request: FastifyRequest, id: string) {
    const { scope } = requireUser(request)
    const hazard = await findHazard(db, id, { scope, today: dayOf(now()), asOf: null })
    if (!hazard) throw notFound('隐患')
    return hazard
  }

  app.get(
    '/api/hazards/:id/photos',
    {
      schema: {
        tags: ['rectification'],
        summary: '整改前后照片',
        params: Params,
        response: { 200: PhotoList, 404: Problem },
      },
    },
    async (request) => {
      await assertVisible(request, request.params.id)
      const items = (await listPhotos(db, request.params.id)).map((row) => describe(request.params.id, row))
      return { items, total: items.length }
    },
  )

  app.get(
    '/api/sites/:id/photos',
    {
      schema: {
        tags: ['rectification'],
        summary: '一处场所各隐患的照片，新的在前',
        params: Params,
        querystring: Type.Pick(FilterQuery, ['asOf']),
        response: { 200: SitePhotoList, 404: Problem },
      },
    },
    async (request) => {
      const { scope } = requireUser(request)
      const { asOf } = readFilters(request.query)
      const at = await makeFilterRequest(app.context, asOf ? { asOf } : {}, scope)
      const { id } = request.params
      if (!(await findSite(db, id, at))) throw notFound('场所')
      const { rows, total } = await listPhotosOfSite(db, id, at)
      const items = rows.map(({ hazardId, number, description, ...row }) => ({
        ...describe(hazardId, row),
        hazardId,
        number,
        description,
      }))
      return { items, total }
    },
  )

  app.post(
    '/api/hazards/:id/photos',
    {
      schema: {
        tags: ['rectification'],
        summary: '上传一张照片：stage（before 或 after）与 file',
        params: Params,
        response: { 201: Photo, 400: Problem, 404: Problem, 413: Problem, 415: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const hazard = await assertVisible(request, request.params.id)
      const user = requireAction(request, 'editHazard')
      if ((await countPhotos(db, hazard.id)) >= MAX_PHOTOS) {
        throw conflict('TOO_MANY_PHOTOS', `一处隐患最多 ${MAX_PHOTOS} 张照片`)
      }
      const { stage, bytes } = await readPhoto(request)
      const stored = await storePhoto(directory, bytes)
      const row = await db.transaction(async (transaction) => {
        const photo = await insertPhoto(transaction, {
          ...stored,
          id: uuid(),
          hazardId: hazard.id,
          stage,
          createdBy: user.id,
        })
        const { areaCode, sector } = hazard
        await recordChange(transaction, {
          kind: 'hazard',
          id: hazard.id,
          areaCodes: [areaCode],
          sectors: [sector],
        })
        return photo
      })
      return reply.status(201).send(describe(hazard.id, row))
    },
  )

  app.get(
    '/api/hazards/:id/photos/:photoId',
    {
      schema: {
        tags: ['rectification'],
        summary: '照片本身（不带任何拍摄信息）',
        params: Type.Object({ id: Id, photoId: Id }),
        querystring: Type.Object({ size: Type.Optional(Words(['shown', 'thumbnail'] as const)) }),
      },
    },
    async (request, reply) => {
      const { id, photoId } = request.params
      await assertVisible(request, id)
      const photo = await findPhoto(db, id, photoId)
      if (!photo) throw notFound('照片')
      const path = photoPath(directory, photo.sha256, request.query.size ?? 'shown')
      return reply
        .type('image/jpeg')
        .header('cache-control', 'private, max-age=31536000, immutable')
        .send(createReadStream(path))
    },
  )
}

async function readPhoto(request: FastifyRequest): Promise<{ stage: PhotoStage; bytes: Buffer }> {
  const { fields, bytes } = await readUpload(request)
  const stage = PHOTO_STAGES.find((known) => known === fields.stage)
  if (!stage) throw badRequest('BAD_STAGE', `stage 应为 ${PHOTO_STAGES.join(' 或 ')}`)
  return { stage, bytes }
}

export default plugin
