import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance } from 'fastify'
import areaRoutes from './areas/routes.ts'
import assessmentRoutes from './assessments/routes.ts'
import { registerAuthentication } from './auth/authenticate.ts'
import authRoutes from './auth/routes.ts'
import baseMapRoutes from './base-map/routes.ts'
import checkRoutes from './checks/routes.ts'
import clauseRoutes from './clauses/routes.ts'
import drillRoutes from './drills/routes.ts'
import exportRoutes from './exports/routes.ts'
import exposureRoutes from './exposure/routes.ts'
import gapRoutes from './gaps/routes.ts'
import gapSettingsRoutes from './gaps/settings-routes.ts'
import hazardRoutes from './hazards/routes.ts'
import type { AppContext } from './http/context.ts'
import healthRoutes from './http/health.ts'
import { registerOpenapi } from './http/openapi.ts'
import { registerProblems } from './http/problems.ts'
import { registerStatic } from './http/static.ts'
import { registerValidation } from './http/validation.ts'
import importRoutes from './imports/routes.ts'
import liveRoutes from './live/routes.ts'
import printRoutes from './print/routes.ts'
import photoRoutes from './rectification/photo-routes.ts'
import rectificationRoutes from './rectification/routes.ts'
import resourceRoutes from './resources/routes.ts'
import assessRoutes from './risk/assess-routes.ts'
import riskRoutes from './risk/routes.ts'
import riskSettingsRoutes from './risk/settings-routes.ts'
import riskMapRoutes from './risk-map/routes.ts'
import siteRoutes from './sites/routes.ts'
import monthlyRoutes from './statistics/monthly-routes.ts'
import statisticsRoutes from './statistics/routes.ts'
import tileRoutes from './tiles/routes.ts'
import unitRoutes from './units/routes.ts'

export interface AppOptions extends Omit<AppContext, 'now'> {
  now?: () => Date
  /** The built viewer, or null for an API alone. */
  viewerDirectory?: string | null
}

const BODY_LIMIT = 1_048_576
export const UPLOAD_LIMIT = 20 * 1_048_576

/** Builds the server over an open, migrated database. Slices are registered by name, in the order of DESIGN. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: options.config.logLevel },
    bodyLimit: BODY_LIMIT,
    requestTimeout: 120_000,
    forceCloseConnections: true,
    trustProxy: 'loopback',
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.decorate('context', {
    database: options.database,
    config: options.config,
    now: options.now ?? (() => new Date()),
  })

  registerProblems(app)
  registerValidation(app)
  registerSecurityHeaders(app)
  await registerOpenapi(app)
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(multipart, {
    limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 10, fieldSize: 100_000 },
  })
  registerAuthentication(app)

  await app.register(healthRoutes)
  await app.register(authRoutes)
  await app.register(areaRoutes)
  await app.register(siteRoutes)
  await app.register(riskRoutes)
  await app.register(riskSettingsRoutes)
  await app.register(assessRoutes)
  await app.register(assessmentRoutes)
  await app.register(unitRoutes)
  await app.register(exposureRoutes)
  await app.register(checkRoutes)
  await app.register(clauseRoutes)
  await app.register(hazardRoutes)
  await app.register(rectificationRoutes)
  await app.register(photoRoutes)
  await app.register(statisticsRoutes)
  await app.register(riskMapRoutes)
  await app.register(monthlyRoutes)
  await app.register(exportRoutes)
  await app.register(drillRoutes)
  await app.register(gapRoutes)
  await app.register(gapSettingsRoutes)
  await app.register(resourceRoutes)
  await app.register(tileRoutes)
  await app.register(liveRoutes)
  await app.register(baseMapRoutes)
  await app.register(importRoutes)
  await app.register(printRoutes, { hasViewer: Boolean(options.viewerDirectory) })

  if (options.viewerDirectory) await registerStatic(app, options.viewerDirectory)
  return app
}

/** The viewer needs no outside host; the policy makes the browser hold it to that. */
function registerSecurityHeaders(app: FastifyInstance): void {
  const policy = [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    if (!request.url.startsWith('/docs')) reply.header('content-security-policy', policy)
  })
}
