import { writeFile } from 'node:fs/promises'
import { buildApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { openPostgresql } from '../server/db/open.ts'

/** `npm run openapi -- FILE` writes the OpenAPI document; without a file it goes to the standard output. */
async function writeDocument(file: string | undefined): Promise<void> {
  // the document is made from the routes alone: this database is never connected to
  const database = {
    ...openPostgresql('postgres://localhost/unused'),
    listen: async () => async () => undefined,
  }
  const config = readConfig({ LOG_LEVEL: 'fatal' }, process.cwd())
  const app = await buildApp({ database, config })
  const reply = await app.inject('/api/openapi.json')
  const text = `${JSON.stringify(reply.json(), null, 2)}\n`
  if (file) await writeFile(file, text)
  else process.stdout.write(text)
  await app.close()
  await database.close()
}

writeDocument(process.argv[2]).catch((error) => {
  process.stderr.write(`失败 (failed): ${error.stack ?? error}\n`)
  process.exitCode = 1
})
