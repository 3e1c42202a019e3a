import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { buildApp } from '../../server/app.ts'
import { type Config, readConfig } from '../../server/config.ts'
import type { Database } from '../../server/db/open.ts'
import { openTestDatabase, resetDatabase } from './database.ts'
import { PASSWORD, seedFixture } from './fixture.ts'

/** The tests' present: 09:42 on 18 June 2025 in Shanghai. */
export const NOW = new Date('2025-06-18T01:42:00Z')
export const TODAY = '2025-06-18'

export interface TestApp {
  app: FastifyInstance
  database: Database
  config: Config
  /** Sets the clock that the app goes by. */
  setNow(now: Date): void
  /** A request as somebody who is signed in, or as nobody. */
  as(username: string | null, options: InjectOptions): Promise<LightMyRequestResponse>
  get(username: string | null, url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  post(username: string | null, url: string, payload?: object): Promise<LightMyRequestResponse>
  patch(username: string | null, url: string, payload: object): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

/** An app over a clean database with the fixture of two subdistricts; close it after the file's tests. */
export async function openTestApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const database = await openTestDatabase()
  await resetDatabase(database.knex)
  await seedFixture(database.knex)
  const dataDir = await mkdtemp(join(tmpdir(), 'hazard-map-test-'))
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'fatal', ...environment }, dataDir)
  let now = NOW
  const app = await buildApp({ database, config, now: () => now })
  const cookies = new Map<string, string>()

  async function signIn(username: string): Promise<string> {
    const known = cookies.get(username)
    if (known) return known
    const reply = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username, password: PASSWORD },
    })
    const cookie = reply.cookies[0]
    if (!cookie) throw new Error(`cannot sign in as ${username}: ${reply.body}`)
    const header = `${cookie.name}=${cookie.value}`
    cookies.set(username, header)
    return header
  }

  async function as(username: string | null, options: InjectOptions): Promise<LightMyRequestResponse> {
    const cookie = username ? { cookie: await signIn(username) } : {}
    return app.inject({ ...options, headers: { ...options.headers, ...cookie } })
  }

  return {
    app,
    database,
    config,
    setNow: (moment) => {
      now = moment
      // sessions end by the same clock
      cookies.clear()
    },
    as,
    get: (username, url, headers = {}) => as(username, { method: 'GET', url, headers }),
    post: (username, url, payload = {}) => as(username, { method: 'POST', url, payload }),
    patch: (username, url, payload) => as(username, { method: 'PATCH', url, payload }),
    close: () => app.close(),
  }
}
