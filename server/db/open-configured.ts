import { access, chmod, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import { StartError } from '../start-error.ts'
import { lockDirectory } from './directory-lock.ts'
import { openEmbedded } from './embedded.ts'
import { explainDatabaseError } from './explain.ts'
import { type Database, openPostgresql } from './open.ts'

const UNFINISHED = 'database.unfinished'
const versionFile = (dataDir: string): string => join(dataDir, 'database', 'PG_VERSION')

export interface OpenedDatabase extends Database {
  /** Says that the database is whole. A start that ends before this leaves nothing that the next one would keep. */
  finish(): Promise<void>
}

/** Opens the database that the settings name. Close it to give the data directory back. */
export async function openConfigured(config: Config, cacheDirectory: string): Promise<OpenedDatabase> {
  if (config.databaseUrl === '') return openInDirectory(config.dataDir, cacheDirectory)
  const database = openPostgresql(config.databaseUrl)
  try {
    await assertUsable(database)
  } catch (error) {
    await database.close()
    throw explainDatabaseError(error, config.databaseUrl)
  }
  return { ...database, finish: async () => undefined }
}

/** Whether there is anything to open; opening the embedded database makes one that is missing. */
export async function hasDatabase({ databaseUrl, dataDir }: Config): Promise<boolean> {
  if (databaseUrl !== '') return true
  return (await exists(versionFile(dataDir))) && !(await exists(join(dataDir, UNFINISHED)))
}

async function openInDirectory(dataDir: string, cacheDirectory: string): Promise<OpenedDatabase> {
  const unlock = await lockDirectory(dataDir)
  try {
    const directory = dirname(versionFile(dataDir))
    const unfinished = join(dataDir, UNFINISHED)
    // nobody could sign in to a database whose first start broke off, so nothing of a user is lost here
    if (await exists(unfinished)) await rm(directory, { recursive: true, force: true })
    const isFresh = !(await exists(versionFile(dataDir)))
    if (isFresh) await writeFile(unfinished, '')
    const database = await openEmbedded({ directory, cacheDirectory })
    await chmod(directory, 0o700)
    return {
      ...database,
      finish: () => rm(unfinished, { force: true }),
      close: async () => {
        await database.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

async function assertUsable({ knex }: Database): Promise<void> {
  const result = await knex.raw(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  )
  const { version, encoding } = result.rows[0]
  if (version < 150_000) {
    throw new StartError(
      `DATABASE_URL: PostgreSQL ${Math.floor(version / 10_000)} 太旧，需要 15 或更高 (PostgreSQL 15 or newer is needed)`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new StartError(
      `DATABASE_URL: 数据库编码是 ${encoding}，需要 UTF8 (the database must be encoded in UTF8)`,
    )
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
