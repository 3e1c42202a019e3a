import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { postgis } from '@electric-sql/pglite-postgis'
import knex from 'knex'
import ClientPgLite from 'knex-pglite'
import { type Database, EMBEDDED_PARSERS } from './open.ts'

const require = createRequire(import.meta.url)

export interface EmbeddedOptions {
  /** A folder of its own, or null for a database in memory. */
  directory: string | null
  /** Where the snapshot of an empty database with PostGIS is kept; making one takes about 25 s, using it 4 s. */
  cacheDirectory: string
}

const extensions = { postgis, pg_trgm }

/** Opens the embedded engine; a new database starts from the snapshot. The caller holds the directory's lock. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const isNew = options.directory === null || !(await exists(join(options.directory, 'PG_VERSION')))
  if (options.directory) await mkdir(options.directory, { recursive: true, mode: 0o700 })
  const pglite = await PGlite.create({
    ...(options.directory ? { dataDir: options.directory } : {}),
    ...(isNew ? { loadDataDir: await loadSnapshot(options.cacheDirectory) } : {}),
    extensions,
    parsers: EMBEDDED_PARSERS as never,
  })
  return wrapEmbedded(pglite)
}

function wrapEmbedded(pglite: PGlite): Database {
  const database = knex({
    client: ClientPgLite as never,
    dialect: 'postgres',
    connection: () => ({ pglite }) as object,
  } as never)
  return {
    knex: database,
    engine: 'embedded',
    listen: async (channel, onPayload) => {
      const unlisten = await pglite.listen(channel, onPayload)
      return async () => unlisten()
    },
    close: async () => {
      await database.destroy()
      if (!pglite.closed) await pglite.close()
    },
  }
}

async function loadSnapshot(cacheDirectory: string): Promise<Blob> {
  const path = join(cacheDirectory, `embedded-${engineVersions()}.tar.gz`)
  if (!(await exists(path))) await makeSnapshot(path)
  return new Blob([await readFile(path)], { type: 'application/x-gzip' })
}

async function makeSnapshot(path: string): Promise<void> {
  const pglite = await PGlite.create({ extensions })
  await pglite.exec('create extension if not exists postgis; create extension if not exists pg_trgm;')
  const snapshot = await pglite.dumpDataDir('gzip')
  await pglite.close()
  await mkdir(dirname(path), { recursive: true })
  // written beside and moved, so that a stop in the middle leaves no half snapshot
  const partial = `${path}.${process.pid}.partial`
  await writeFile(partial, Buffer.from(await snapshot.arrayBuffer()))
  await rename(partial, path)
}

function engineVersions(): string {
  const version = (name: string) =>
    (require(join(dirname(require.resolve(name)), '..', 'package.json')) as { version: string }).version
  return `${version('@electric-sql/pglite')}-${version('@electric-sql/pglite-postgis')}`
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  )
}
