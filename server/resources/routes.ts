import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { readWords } from '../core/filters.ts'
import { DEFAULT_LIMIT } from '../core/paging.ts'
import { Id, Problem } from '../core/schema-parts.ts'
import { makeFilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireAction, requireUser } from '../http/guard.ts'
import { asFeatureCollection, GEOJSON_TYPE, wantsGeojson } from '../http/list-reply.ts'
import { notFound } from '../http/problems.ts'
import { createPlace, editPlace } from './change.ts'
import { asPlace, PLACE_TABLES, type PlaceTable } from './model.ts'
import { findPlace, listPlaces } from './queries.ts'
import {
  NewProtectedPlace,
  NewResource,
  PlaceListQuery,
  ProtectedPlace,
  ProtectedPlacePage,
  ProtectedPlacePatch,
  Resource,
  ResourcePage,
  ResourcePatch,
} from './schema.ts'

interface PlaceRoutes {
  table: PlaceTable
  path: string
  tag: string
  title: string
  item: TSchema
  page: TSchema
  body: TSchema
  patch: TSchema
}

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  registerPlaces(app, {
    table: 'resources',
    path: '/api/resources',
    tag: 'resources',
    title: '应急资源',
    item: Resource,
    page: ResourcePage,
    body: NewResource,
    patch: ResourcePatch,
  })
  registerPlaces(app, {
    table: 'protected_places',
    path: '/api/protected-places',
    tag: 'protected-places',
    title: '防护目标',
    item: ProtectedPlace,
    page: ProtectedPlacePage,
    body: NewProtectedPlace,
    patch: ProtectedPlacePatch,
  })
}

type Input = Partial<NewResource> & Partial<NewProtectedPlace>

function registerPlaces(app: FastifyInstance, routes: PlaceRoutes): void {
  const { database, now } = app.context
  const db = database.knex
  const { table, path, title } = routes
  const tags = [routes.tag]
  const Params = Type.Object({ id: Id })

  async function readPlace(request: FastifyRequest, id: string) {
    const row = await findPlace(
      db,
      table,
      id,
      await makeFilterRequest(app.context, {}, requireUser(request).scope),
    )
    if (!row) throw notFound(title)
    return asPlace(row, table)
  }

  app.get<{ Querystring: PlaceListQuery }>(
    path,
    {
      schema: {
        tags,
        summary: `${title}清单，按名称；Accept: application/geo+json 时为 GeoJSON`,
        querystring: PlaceListQuery,
        response: {
          200: {
            content: { 'application/json': { schema: routes.page }, [GEOJSON_TYPE]: { schema: Type.Any() } },
          },
          400: Problem,
        },
      },
    },
    async (request, reply) => {
      const filterRequest = await readFilterRequest(request)
      const kinds = readWords<string>(request.query, 'kind', PLACE_TABLES[table].kinds)
      const { limit = DEFAULT_LIMIT, cursor } = request.query
      const { rows, total, nextCursor } = await listPlaces(db, table, filterRequest, kinds, { limit, cursor })
      const items = rows.map((row) => asPlace(row, table))
      if (wantsGeojson(request)) {
        return reply.type(GEOJSON_TYPE).send(asFeatureCollection(items, total, nextCursor))
      }
      return { items, total, nextCursor }
    },
  )

  app.post<{ Body: Input }>(
    path,
    {
      schema: {
        tags,
        summary: `登记${title}`,
        body: routes.body,
        response: { 201: routes.item, 400: Problem, 403: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      const user = requireAction(request, 'editResource')
      const id = await createPlace(db, table, request.body, user, now())
      const place = await readPlace(request, id)
      return reply.status(201).header('location', `${path}/${id}`).send(place)
    },
  )

  app.get<{ Params: { id: string } }>(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `一处${title}`,
        params: Params,
        response: { 200: routes.item, 404: Problem },
      },
    },
    async (request) => readPlace(request, request.params.id),
  )

  app.patch<{ Params: { id: string }; Body: Input & { version: number } }>(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `修改${title}，须写明所见版本`,
        params: Params,
        body: routes.patch,
        response: { 200: routes.item, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request) => {
      const { id } = request.params
      await readPlace(request, id)
      const user = requireAction(request, 'editResource')
      await editPlace(db, table, id, request.body, user, now())
      return readPlace(request, id)
    },
  )
}

export default plugin
