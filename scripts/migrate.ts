import { join } from 'node:path'
import { readConfig } from '../server/config.ts'
import { prepareDataDirectory } from '../server/data-directory.ts'
import { explainDatabaseError } from '../server/db/explain.ts'
import { migrate, readMigrationStatus } from '../server/db/migrate.ts'
import { hasDatabase, openConfigured } from '../server/db/open-configured.ts'
import { StartError } from '../server/start-error.ts'

const ROOT = join(import.meta.dirname, '..')

/** `npm run db:migrate` brings the tables up to date; `npm run db:status` only tells. */
async function run(command: string | undefined): Promise<void> {
  const config = readConfig(process.env, process.cwd())
  await prepareDataDirectory(config.dataDir)
  if (command === 'status' && !(await hasDatabase(config))) {
    return say('还没有数据库，首次启动时创建 (no database yet: the first start makes it)')
  }
  const database = await openConfigured(config, join(ROOT, '.cache'))
  try {
    if (command === 'status') {
      const status = await readMigrationStatus(database.knex)
      for (const name of status.done) say(`已执行 (done)     ${name}`)
      for (const name of status.pending) say(`待执行 (pending)  ${name}`)
      say(`已执行 ${status.done.length}，待执行 ${status.pending.length} (done, pending)`)
      return
    }
    const ran = await migrate(database)
    await database.finish()
    for (const name of ran) say(`执行 (ran) ${name}`)
    say(
      ran.length === 0
        ? '数据表已是最新 (nothing to migrate)'
        : `共执行 ${ran.length} 个迁移 (migrations ran)`,
    )
  } catch (error) {
    throw config.databaseUrl ? explainDatabaseError(error, config.databaseUrl) : error
  } finally {
    await database.close()
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

run(process.argv[2]).catch((error) => {
  const isForPeople = error instanceof StartError
  process.stderr.write(`失败 (failed): ${isForPeople ? error.message : (error.stack ?? error)}\n`)
  process.exit(1)
})
