import type { AddressInfo } from 'node:net'
import { EVERYTHING } from './access/model.ts'
import { buildApp } from './app.ts'
import { listAreas } from './areas/queries.ts'
import {
  type AccountNotice,
  ensureAdministrator,
  ensureDemonstrationAccounts,
} from './auth/start-accounts.ts'
import type { Config } from './config.ts'
import { explainDatabaseError } from './db/explain.ts'
import { migrate } from './db/migrate.ts'
import type { Database } from './db/open.ts'
import { type OpenedDatabase, openConfigured } from './db/open-configured.ts'
import { readSetting, writeSetting } from './db/settings.ts'
import { withStartLock } from './db/start-lock.ts'
import { refreshExposure } from './exposure/refresh.ts'
import { assertPortFree, explainListenError } from './listen.ts'
import { loadReferenceData } from './reference/load.ts'

export interface StartOptions {
  config: Config
  cacheDirectory: string
  /** The built viewer; awaited only before listening, so that it may be built meanwhile. */
  viewerDirectory: Promise<string | null>
  /** Tells of each step and how long it took. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>
  /** Loads the demonstration as of a moment; doing it again with the same moment changes nothing. */
  loadDemonstration(database: Database, now: Date): Promise<void>
  /** Ends the start between two steps. */
  signal: AbortSignal
}

export interface RunningServer {
  address: string
  accounts: AccountNotice[]
  close(): Promise<void>
}

const DEMONSTRATION = 'demonstration'
const FIRST_START = 'firstStart'

/** Opens the database, brings it up to date, builds the app and listens. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, step } = options
  await assertPortFree(config)
  const database = await step(openingTitle(config), () => openConfigured(config, options.cacheDirectory))
  try {
    const accounts = await withStartLock(database, () => prepareDatabase(database, options))
    const viewerDirectory = await step('网页就绪', () => options.viewerDirectory)
    options.signal.throwIfAborted()
    const app = await buildApp({ database, config, viewerDirectory })
    try {
      await app.listen({ host: config.host, port: config.port })
    } catch (error) {
      await app.close()
      throw explainListenError(error, config)
    }
    await database.finish()
    return {
      address: addressOf(app.server.address(), config),
      accounts,
      close: async () => {
        await app.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw config.databaseUrl ? explainDatabaseError(error, config.databaseUrl) : error
  }
}

async function prepareDatabase(database: OpenedDatabase, options: StartOptions): Promise<AccountNotice[]> {
  const { config, step, signal } = options
  const run = <T>(title: string, work: () => Promise<T>) => {
    signal.throwIfAborted()
    return step(title, work)
  }
  await run('数据表更新', () => migrate(database))
  await run('辖区与基础数据', () => loadReferenceData(database.knex))
  const demonstration = await readDemonstration(database)
  const isFirst = (await readSetting(database.knex, FIRST_START)) === undefined
  const isWanted = config.demoData ?? (database.engine === 'embedded' && isFirst)
  const hasAccounts = demonstration?.isComplete || isWanted
  const accounts = await run('账号', () => ensureAccounts(database, config, hasAccounts))
  if (isWanted && !demonstration?.isComplete) {
    const now = demonstration ? new Date(demonstration.asOf) : new Date()
    await saveDemonstration(database, { asOf: now.toISOString(), isComplete: false })
    await run('示例数据', () => options.loadDemonstration(database, now))
    await saveDemonstration(database, { asOf: now.toISOString(), isComplete: true })
  }
  // sites that an earlier version kept without a count
  await database.knex.transaction((transaction) => refreshExposure(transaction, 'uncounted', new Date()))
  if (isFirst) await writeSetting(database.knex, FIRST_START, { at: new Date().toISOString() })
  return accounts
}

/** A load that broke off is done again by the next start as of the same moment, so that it meets its own rows. */
interface Demonstration {
  asOf: string
  isComplete: boolean
}

const readDemonstration = async ({ knex }: Database) =>
  (await readSetting(knex, DEMONSTRATION)) as Demonstration | undefined

const saveDemonstration = ({ knex }: Database, value: Demonstration) =>
  writeSetting(knex, DEMONSTRATION, value)

async function ensureAccounts({ knex }: Database, config: Config, isDemonstration: boolean) {
  const administrator = await ensureAdministrator(knex, config)
  if (!isDemonstration) return [administrator]
  const areas = (await listAreas(knex, EVERYTHING)).map((area) => area.properties)
  const units = areas.filter((area) => area.kind === 'subdistrict' || area.kind === 'town')
  return [administrator, await ensureDemonstrationAccounts(knex, config, units)]
}

const openingTitle = (config: Config): string =>
  config.databaseUrl ? '连接数据库' : '打开内置数据库（首次约 20 秒）'

function addressOf(address: AddressInfo | string | null, config: Config): string {
  if (config.publicUrl) return config.publicUrl
  const port = address !== null && typeof address === 'object' ? address.port : config.port
  const isEverywhere = config.host === '0.0.0.0' || config.host === '::'
  const host = isEverywhere ? '127.0.0.1' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
}
