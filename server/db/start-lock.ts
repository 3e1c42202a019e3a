import type { Database } from './open.ts'

/** Any number that other programs on the same database do not use; not the one of the migrations. */
const START_LOCK = 4_180_220_172

/**
 * Lets one server at a time prepare the database, so that two that start at once do not both load the demonstration.
 * The embedded engine has one server by its directory lock, and one connection, which a waiting lock would block.
 */
export async function withStartLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  if (database.engine === 'embedded') return work()
  return database.knex.transaction(async (transaction) => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [START_LOCK])
    return work()
  })
}
