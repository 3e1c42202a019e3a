import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { notFound } from './problems.ts'

const SERVER_PATHS = /^\/(api|tiles|basemap|docs|ogc|healthz|readyz)(\/|$|\?)/

/** Serves the built viewer; any other address of a page gets index.html, since the viewer routes in the browser. */
export async function registerStatic(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    setHeaders: (reply, path) => {
      // assets carry a hash of their content in the name; the page itself must be asked for each time
      const isHashed = /[/\\]assets[/\\]/.test(path)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/*', { schema: { hide: true, tags: ['viewer'], summary: '网页' } }, async (request, reply) => {
    const isPage = !SERVER_PATHS.test(request.url) && (request.headers.accept ?? '').includes('text/html')
    if (!isPage) throw notFound('地址')
    return reply.sendFile('index.html')
  })
}
