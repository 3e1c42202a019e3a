import knex, { type Knex } from 'knex'
import pg from 'pg'
import { StartError } from '../start-error.ts'

/** An open database: one Knex for queries, and the means to hear what other servers changed. */
export interface Database {
  knex: Knex
  engine: 'embedded' | 'postgresql'
  /** Calls back with each payload notified on the channel, from this or another server. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Why a database cannot be used, in one line for the person who starts the product. */
export class DatabaseError extends StartError {
  override name = 'DatabaseError'
}

const DATE = 1082
const BIGINT = 20
const NUMERIC = 1700

// a calendar day stays the text YYYY-MM-DD: a Date would move it by the process's time zone
const PARSERS: Record<number, (text: string) => unknown> = {
  [DATE]: (text) => text,
  [BIGINT]: Number,
  [NUMERIC]: Number,
}

/** Opens PostgreSQL. The address is never repeated in an error: it holds a password. */
export function openPostgresql(url: string, options: { poolSize?: number } = {}): Database {
  const types = {
    getTypeParser: (id: number, format?: string) =>
      PARSERS[id] ?? pg.types.getTypeParser(id as never, (format ?? 'text') as never),
  }
  const connection = {
    connectionString: url,
    types,
    connectionTimeoutMillis: 8_000,
    application_name: 'hidden-hazard-map',
  } as Knex.PgConnectionConfig
  const database = knex({
    client: 'pg',
    connection,
    pool: {
      min: 0,
      max: options.poolSize ?? 10,
      // compiling took 4.5 s of 5.2 s of a ranking over 20,000 places: our questions are many and short
      afterCreate: (client: pg.Client, done: (error: Error | null) => void) =>
        client.query('set jit = off', (error) => done(error)),
    },
    acquireConnectionTimeout: 10_000,
  })
  return {
    knex: database,
    engine: 'postgresql',
    listen: (channel, onPayload) => listenPostgresql(url, channel, onPayload),
    close: () => database.destroy(),
  }
}

/** A connection of its own, opened again when it breaks, so that live updates survive a restart of the database. */
async function listenPostgresql(url: string, channel: string, onPayload: (payload: string) => void) {
  let client: pg.Client | null = null
  let isClosed = false
  let timer: NodeJS.Timeout | null = null
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'hidden-hazard-map live' })
    next.on('notification', (message) => onPayload(message.payload ?? ''))
    next.on('error', () => {
      client = null
      if (!isClosed) timer = setTimeout(retry, 2_000)
    })
    await next.connect()
    await next.query(`listen ${next.escapeIdentifier(channel)}`)
    client = next
  }
  const retry = () => {
    connect().catch(() => {
      if (!isClosed) timer = setTimeout(retry, 2_000)
    })
  }
  await connect()
  return async () => {
    isClosed = true
    if (timer) clearTimeout(timer)
    await client?.end()
  }
}

/** The type parsers that both engines share; the embedded engine takes them at creation. */
export const EMBEDDED_PARSERS = PARSERS
