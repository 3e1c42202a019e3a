import pg from 'pg'
import { openEmbedded } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { type Database, openPostgresql } from '../../server/db/open.ts'

export interface BenchEngine {
  name: string
  database: Database
  /** Leaves nothing behind. */
  close(): Promise<void>
}

/** The embedded engine, in memory. */
export async function openEmbeddedEngine(cacheDirectory: string): Promise<BenchEngine> {
  const database = await openEmbedded({ directory: null, cacheDirectory })
  await migrate(database)
  return { name: 'embedded', database, close: () => database.close() }
}

/** A new, empty database on the server that the address names. */
export async function createDatabase(serverUrl: string): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `hazard_map_bench_${process.pid}_${Date.now()}`
  await runOnServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    remove: () => runOnServer(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

/** A database of its own on the server, gone when it is closed. */
export async function openPostgresqlEngine(serverUrl: string): Promise<BenchEngine> {
  const own = await createDatabase(serverUrl)
  try {
    const database = openPostgresql(own.url)
    await migrate(database)
    const close = async () => {
      await database.close()
      await own.remove()
    }
    return { name: 'postgresql', database, close }
  } catch (error) {
    await own.remove()
    throw error
  }
}

async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
