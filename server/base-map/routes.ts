import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { SettingError } from '../config.ts'
import { Problem } from '../core/schema-parts.ts'
import { readTileAddress, type TileAddress } from '../core/tile-grid.ts'
import { requireUser } from '../http/guard.ts'
import { badGateway, badRequest, notFound } from '../http/problems.ts'
import { readBaseSources } from '../tiles/queries.ts'
import { SOURCE_NOTES } from '../tiles/tilejson.ts'
import { archiveBaseMap, ownBaseMap, tiandituBaseMaps } from './choices.ts'
import { DiskCache } from './disk-cache.ts'
import { type Archive, openArchive } from './pmtiles.ts'
import { type BaseMap, BaseMapList } from './schema.ts'
import { makeTianditu, TIANDITU_LAYERS, TIANDITU_ZOOM, UpstreamError } from './tianditu.ts'

const CACHE_BYTES = 500 * 1024 * 1024
const BROWSER_CACHE = 'private, max-age=86400'

const Address = {
  z: Type.String({ maxLength: 12 }),
  x: Type.String({ maxLength: 12 }),
  y: Type.String({ maxLength: 12 }),
}
const Image = { 200: { content: { 'image/*': { schema: Type.Any() } } } }
const Refusals = { 400: Problem, 401: Problem, 404: Problem, 502: Problem }

const plugin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config, now } = app.context
  const cacheAt = (name: string) => new DiskCache(join(config.dataDir, 'cache', name), CACHE_BYTES)
  const tianditu = config.tiandituKey
    ? makeTianditu({ url: config.tiandituUrl, key: config.tiandituKey, cache: cacheAt('tianditu'), now })
    : null
  const archive = config.basemapPmtiles
    ? await openBaseArchive(config.basemapPmtiles, cacheAt('pmtiles'))
    : null
  app.addHook('onClose', () => archive?.close())

  app.get(
    '/api/base-maps',
    {
      schema: {
        tags: ['base-map'],
        summary: '可选的底图及其必须显示的来源',
        response: { 200: BaseMapList, 401: Problem },
      },
    },
    async (request) => {
      requireUser(request)
      const sources = await readBaseSources(database.knex)
      const items: BaseMap[] = [ownBaseMap(sources.map((source) => SOURCE_NOTES[source]).join(' · '))]
      if (tianditu) items.push(...tiandituBaseMaps(config.tiandituApproval))
      const facts = await archive?.describe().catch((error: unknown) => {
        request.log.warn({ err: error }, 'the base map archive cannot be read')
        return null
      })
      if (facts) items.push(archiveBaseMap(facts))
      return { items }
    },
  )

  app.get(
    '/basemap/tianditu/:layer/:z/:x/:y',
    {
      schema: {
        tags: ['base-map'],
        summary: '天地图瓦片，经本服务器代取并缓存',
        params: Type.Object({ layer: Type.String({ maxLength: 40 }), ...Address }),
        response: { ...Image, ...Refusals },
      },
    },
    async (request, reply) => {
      requireUser(request)
      const layer = TIANDITU_LAYERS.find((known) => known === request.params.layer)
      if (!tianditu || !layer) throw notFound('底图')
      const tile = readTile(request.params)
      if (tile.z < TIANDITU_ZOOM.min || tile.z > TIANDITU_ZOOM.max) throw notFound('瓦片')
      const image = await tianditu.read(layer, tile).catch(asBadGateway('天地图'))
      return reply.header('cache-control', BROWSER_CACHE).type(image.type).send(image.bytes)
    },
  )

  app.get(
    '/basemap/pmtiles/:z/:x/:y',
    {
      schema: {
        tags: ['base-map'],
        summary: 'BASEMAP_PMTILES 所指底图的瓦片',
        params: Type.Object(Address),
        response: { ...Image, 204: Type.Null(), ...Refusals },
      },
    },
    async (request, reply) => {
      requireUser(request)
      if (!archive) throw notFound('底图')
      const tile = readTile(request.params)
      const refuse = asBadGateway('底图')
      const facts = await archive.describe().catch(refuse)
      const bytes = await archive.read(tile).catch(refuse)
      reply.header('cache-control', BROWSER_CACHE)
      // no picture is an error to a map, which then enlarges a lower zoom; an empty vector tile is simply empty
      if (!bytes && !facts.isVector) throw notFound('瓦片')
      return bytes ? reply.type(facts.contentType).send(bytes) : reply.status(204).send(null)
    },
  )

  function asBadGateway(what: string) {
    return (error: unknown): never => {
      if (!(error instanceof UpstreamError)) throw error
      app.log.warn({ reason: error.message }, 'a base map tile cannot be fetched')
      throw badGateway('BASE_MAP_UNAVAILABLE', `${what}暂时取不到，请稍后再试或换用本系统底图`)
    }
  }
}

function readTile(params: { z: string; x: string; y: string }): TileAddress {
  const tile = readTileAddress(params.z, params.x, params.y)
  if (!tile) throw badRequest('BAD_TILE', `没有瓦片 ${params.z}/${params.x}/${params.y}`)
  return tile
}

/** A file that is not there or no archive is a wrong setting, told at the start. */
async function openBaseArchive(location: string, cache: DiskCache): Promise<Archive> {
  return openArchive(location, cache).catch(() => {
    throw new SettingError(
      'BASEMAP_PMTILES',
      `「${location}」打不开，或不是 PMTiles 文件 (not a readable PMTiles archive)`,
    )
  })
}

export default plugin
