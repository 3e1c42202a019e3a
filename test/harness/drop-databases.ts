import pg from 'pg'

/** Drops what a run made on the test server, however the run ended. */
export default function setup(): () => Promise<void> {
  return async () => {
    const { TEST_DATABASE_URL: url, TEST_RUN: run } = process.env
    if (!url || !run) return
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const left = await client.query('select datname from pg_database where starts_with(datname, $1)', [
        `hazard_map_${run}_`,
      ])
      for (const { datname } of left.rows) {
        await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`)
      }
    } finally {
      await client.end()
    }
  }
}
