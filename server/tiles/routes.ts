import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { FilterQuery, Problem } from '../core/schema-parts.ts'
import { readTileAddress, type TileAddress } from '../core/tile-grid.ts'
import { TILE_LAYERS, type TileLayer } from '../core/vocabulary.ts'
import { requireUser } from '../http/guard.ts'
import { VERSION } from '../http/health.ts'
import { badRequest, notFound } from '../http/problems.ts'
import { makeTileCache, type StoredTile } from './cache.ts'
import { encodeTile } from './encode.ts'
import { acceptsGzip, etagOf, makeTag, matchesTag } from './etag.ts'
import { readAreaExtent, readBaseSources, readRevision } from './queries.ts'
import { TileJson } from './schema.ts'
import { TILE_SOURCES, type TileQuestion } from './sources.ts'
import { makeTileJson, SOURCE_NOTES } from './tilejson.ts'

export const MVT_TYPE = 'application/vnd.mapbox-vector-tile'
/** Raise it when the same rows make another tile, so that no browser keeps the old one. */
const TILE_FORMAT = 1
const CACHE_BYTES = 64 * 1_048_576
/** Below this a header of gzip eats what it saves. */
const COMPRESS_FROM_BYTES = 1_024
const compress = promisify(gzip)

/** The filter words, and the own words of drills, resources and protected places. */
const TileQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    kind: Type.Optional(Type.String()),
    state: Type.Optional(Type.String()),
    form: Type.Optional(Type.String()),
    startsFrom: Type.Optional(Type.String()),
    startsTo: Type.Optional(Type.String()),
    hazardId: Type.Optional(Type.String()),
  }),
])
const LayerParams = Type.Object({ layer: Type.String({ maxLength: 40 }) })
const TileParams = Type.Object({
  layer: Type.String({ maxLength: 40 }),
  z: Type.String({ maxLength: 12 }),
  x: Type.String({ maxLength: 12 }),
  y: Type.String({ maxLength: 12 }),
})

function readLayer(text: string): TileLayer {
  const layer = TILE_LAYERS.find((known) => known === text)
  if (!layer) throw notFound('图层')
  return layer
}

function readTile(params: { z: string; x: string; y: string }): TileAddress {
  const tile = readTileAddress(params.z, params.x, params.y)
  if (tile) return tile
  const { z, x, y } = params
  throw badRequest('BAD_TILE', `没有瓦片 ${z}/${x}/${y}：z 为 0–22，x、y 为 0 至 2^z−1 的整数`)
}

async function makeTile(question: TileQuestion, tile: TileAddress): Promise<StoredTile> {
  const plain = encodeTile(await question.readTile(tile))
  return { plain, compressed: plain.byteLength > COMPRESS_FROM_BYTES ? await compress(plain) : null }
}

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app.context
  const db = database.knex
  const cache = makeTileCache(CACHE_BYTES)

  app.get(
    '/tiles/:layer/:z/:x/:y.mvt',
    {
      schema: {
        tags: ['tiles'],
        summary: '矢量瓦片（MVT 2.1）；筛选词与清单相同，空瓦片为空内容',
        params: TileParams,
        querystring: TileQuery,
        response: {
          200: { content: { [MVT_TYPE]: { schema: Type.Any() } } },
          304: Type.Null(),
          400: Problem,
          401: Problem,
          404: Problem,
        },
      },
    },
    async (request, reply) => {
      requireUser(request)
      const layer = readLayer(request.params.layer)
      const tile = readTile(request.params)
      const source = TILE_SOURCES[layer]
      const question = await source.ask(request)
      // read before the rows: a change in between gives a tile newer than its tag, never an older one
      const revision = await readRevision(db, source.kinds)
      const tag = makeTag(VERSION, TILE_FORMAT, layer, tile.z, tile.x, tile.y, revision, question.key)
      const wantsGzip = acceptsGzip(request.headers['accept-encoding'])
      reply.header('cache-control', 'private, no-cache').header('vary', 'accept-encoding')
      if (matchesTag(request.headers['if-none-match'], tag)) {
        return reply.status(304).header('etag', etagOf(tag, wantsGzip)).send()
      }
      const stored = await cache.take(tag, () => makeTile(question, tile))
      const compressed = wantsGzip ? stored.compressed : null
      if (compressed) reply.header('content-encoding', 'gzip')
      const body = compressed ?? stored.plain
      return reply
        .header('etag', etagOf(tag, compressed !== null))
        .type(MVT_TYPE)
        .send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
    },
  )

  app.get(
    '/tiles/:layer.json',
    {
      schema: {
        tags: ['tiles'],
        summary: '图层说明（TileJSON 3.0）；查询参数原样进入瓦片地址',
        params: LayerParams,
        querystring: TileQuery,
        response: { 200: TileJson, 400: Problem, 401: Problem, 404: Problem },
      },
    },
    async (request, reply) => {
      requireUser(request)
      const layer = readLayer(request.params.layer)
      const question = await TILE_SOURCES[layer].ask(request)
      const boxes = [await readAreaExtent(db, question.scope), await question.readExtent()]
      reply.header('cache-control', 'private, no-cache')
      const sources = layer === 'base' ? await readBaseSources(db) : []
      const attribution = sources.map((one) => SOURCE_NOTES[one]).join(' · ')
      return makeTileJson(layer, tilesUrl(request, layer), boxes, attribution || config.unitName)
    },
  )

  function tilesUrl(request: FastifyRequest, layer: TileLayer): string {
    const origin = config.publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`
    const [, query] = request.url.split('?', 2)
    return `${origin}/tiles/${layer}/{z}/{x}/{y}.mvt${query ? `?${query}` : ''}`
  }
}

export default plugin
