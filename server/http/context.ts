import type { User } from '../access/model.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/open.ts'

/** What every route may use. The clock is handed in, so that lateness can be tested on any day. */
export interface AppContext {
  database: Database
  config: Config
  now: () => Date
}

declare module 'fastify' {
  interface FastifyInstance {
    context: AppContext
  }
  interface FastifyRequest {
    /** null until signed in; use `requireUser` to get it. */
    user: User | null
    sessionTokenHash: string | null
  }
}
