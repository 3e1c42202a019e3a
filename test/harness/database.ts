import { resolve } from 'node:path'
import type { Knex } from 'knex'
import pg from 'pg'
import { openEmbedded } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { type Database, openPostgresql } from '../../server/db/open.ts'

export type Engine = Database['engine']
export const ENGINE: Engine = process.env.TEST_ENGINE === 'postgresql' ? 'postgresql' : 'embedded'

let shared: Promise<Database> | null = null

/** One migrated database for the whole run: the embedded engine takes seconds to start and a gigabyte to hold. */
export function openTestDatabase(): Promise<Database> {
  shared ??= ENGINE === 'postgresql' ? openOwnPostgresql() : openInMemory()
  return shared
}

async function openInMemory(): Promise<Database> {
  const database = await openEmbedded({
    directory: null,
    cacheDirectory: resolve(import.meta.dirname, '../../.cache'),
  })
  await migrate(database)
  return database
}

async function openOwnPostgresql(): Promise<Database> {
  const own = await createPostgresqlDatabase()
  const database = openPostgresql(own.url)
  await migrate(database)
  return database
}

/** A new, empty database on the test server, dropped by `remove`. */
export async function createPostgresqlDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  const serverUrl = process.env.TEST_DATABASE_URL
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is not set')
  const name = `hazard_map_${process.env.TEST_RUN ?? process.pid}_${Math.random().toString(36).slice(2, 8)}`
  await runOnServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    remove: () => runOnServer(serverUrl, `drop database if exists ${name} with (force)`),
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

/** Empties every table of ours; the tables themselves and the migrations stay. */
export async function resetDatabase(db: Knex): Promise<void> {
  const tables: string[] = await db('pg_tables')
    .where({ schemaname: 'public' })
    .whereNotIn('tablename', ['migrations', 'spatial_ref_sys', 'change_sequence'])
    .pluck('tablename')
  await db.raw(`truncate ${tables.map((table) => `"${table}"`).join(', ')} restart identity cascade`)
  await db('change_sequence').update({ value: 0 })
}
