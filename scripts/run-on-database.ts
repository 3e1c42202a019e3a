import { join } from 'node:path'
import { type Config, readConfig } from '../server/config.ts'
import { prepareDataDirectory } from '../server/data-directory.ts'
import { explainDatabaseError } from '../server/db/explain.ts'
import { migrate } from '../server/db/migrate.ts'
import type { Database } from '../server/db/open.ts'
import { hasDatabase, openConfigured } from '../server/db/open-configured.ts'
import { loadReferenceData } from '../server/reference/load.ts'
import { StartError } from '../server/start-error.ts'
import { makeProgress, type Progress } from './progress.ts'

const ROOT = join(import.meta.dirname, '..')

/** Runs a command's work on the database that the settings name; any failure is one line and exit code 1. */
export function runOnDatabase(work: (database: Database, progress: Progress) => Promise<void>): void {
  const progress = makeProgress((line) => void process.stdout.write(`${line}\n`))
  open(progress, work).catch((error) => {
    const isForPeople = error instanceof StartError
    process.stderr.write(`失败 (failed): ${isForPeople ? error.message : (error.stack ?? error)}\n`)
    process.exitCode = 1
  })
}

async function open(progress: Progress, work: (database: Database, progress: Progress) => Promise<void>) {
  const config = readConfig(process.env, process.cwd())
  await prepareDataDirectory(config.dataDir)
  // a database made here would no longer be fresh, and the first start would load no demonstration data
  if (!(await hasDatabase(config))) {
    throw new StartError(`${config.dataDir} 里还没有数据库，请先启动一次产品 (start the product once first)`)
  }
  const database = await progress.step('打开数据库', () => openConfigured(config, join(ROOT, '.cache')))
  try {
    await progress.step('数据表与基础数据', async () => {
      await migrate(database)
      await loadReferenceData(database.knex)
    })
    await work(database, progress)
    await database.finish()
  } catch (error) {
    throw explain(error, config)
  } finally {
    await database.close()
  }
}

const explain = (error: unknown, config: Config): unknown =>
  config.databaseUrl ? explainDatabaseError(error, config.databaseUrl) : error
