import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { buildApp } from '../../server/app.ts'
import { ADMINISTRATOR, demonstrationAccounts, ensureAccounts } from '../../server/auth/accounts.ts'
import { readConfig } from '../../server/config.ts'
import { tileAt } from '../../server/core/tile-grid.ts'
import { recordChange } from '../../server/db/changes.ts'
import type { Database } from '../../server/db/open.ts'
import { CENTRE, PAST_DAY, SMALL_BOX } from './data.ts'
import { type Timing, time } from './measure.ts'

const PASSWORD = 'bench-password'

export interface BenchApp {
  app: FastifyInstance
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

/** The real app with a signed-in analyst. */
export async function openBenchApp(
  database: Database,
  units: { code: string; name: string }[],
  dataDir: string,
): Promise<BenchApp> {
  await ensureAccounts(database.knex, [ADMINISTRATOR, ...demonstrationAccounts(units)], PASSWORD)
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'fatal' }, dataDir)
  const app = await buildApp({ database, config, now: () => new Date('2025-11-24T01:00:00Z') })
  const ask = (options: InjectOptions) => app.inject(options)
  const payload = { username: 'analyst', password: PASSWORD }
  const cookie = (await ask({ method: 'POST', url: '/api/session', payload })).cookies[0]
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const reply = await ask({
      method: 'GET',
      url,
      headers: { cookie: `${cookie?.name}=${cookie?.value}`, ...headers },
    })
    if (reply.statusCode >= 400) throw new Error(`${url}: ${reply.statusCode} ${reply.body}`)
    return reply
  }
  return { app, get }
}

const tileUrl = (zoom: number, query = ''): string => {
  const { z, x, y } = tileAt(CENTRE.lng, CENTRE.lat, zoom)
  return `/tiles/hazards/${z}/${x}/${y}.mvt${query}`
}

/** What people wait for. Each is asked anew after a change, so that no answer is an old one. */
export const REQUESTS: readonly { name: string; url: string }[] = [
  { name: 'hazards tile z10', url: tileUrl(10) },
  { name: 'hazards tile z14', url: tileUrl(14) },
  { name: 'hazards tile z10, status=overdue', url: tileUrl(10, '?status=overdue') },
  { name: 'hazards tile z10, asOf', url: tileUrl(10, `?asOf=${PAST_DAY}`) },
  { name: 'list, first 50', url: '/api/hazards?limit=50' },
  { name: 'list, bbox and status', url: `/api/hazards?limit=50&status=open&bbox=${SMALL_BOX}` },
  { name: 'summary by area, sector', url: '/api/summary?by=area,sector' },
  { name: 'facets', url: '/api/hazards/facets' },
  { name: 'risk list, first 50', url: '/api/risk-list?limit=50' },
  { name: 'risk list, asOf', url: `/api/risk-list?limit=50&asOf=${PAST_DAY}` },
]

export type Timings = Record<string, Timing>

export async function timeRequests({ get }: BenchApp, database: Database, runs: number): Promise<Timings> {
  const timings: Timings = {}
  const change = () =>
    database.knex.transaction((transaction) =>
      recordChange(transaction, { kind: 'hazard', id: null, areaCodes: [], sectors: [] }),
    )
  for (const { name, url } of REQUESTS) timings[name] = await time(runs, () => get(url), change)
  const { etag } = (await get(tileUrl(10))).headers
  timings['hazards tile z10, 304'] = await time(runs, () =>
    get(tileUrl(10), { 'if-none-match': String(etag) }),
  )
  timings['hazards tile z10, kept in memory'] = await time(runs, () => get(tileUrl(10)))
  return timings
}
