import type { Knex } from 'knex'
import { MIGRATIONS } from '../../migrations/index.ts'
import { errorCode } from '../start-error.ts'
import { type Database, DatabaseError } from './open.ts'

const MINIMUM_POSTGIS = 3.3
/** Any number that other programs on the same database do not use. */
const MIGRATION_LOCK = 4_180_220_171
const INSUFFICIENT_PRIVILEGE = '42501'

export interface MigrationStatus {
  done: string[]
  pending: string[]
}

/**
 * Brings the tables up to date, and answers the migrations that ran. Two servers starting at once wait for each other
 * on an advisory lock, so nothing runs twice.
 */
export async function migrate(database: Database): Promise<string[]> {
  return database.knex.transaction(async (transaction) => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK])
    await ensureExtensions(transaction)
    const status = await readMigrationStatus(transaction)
    for (const migration of MIGRATIONS) {
      if (!status.pending.includes(migration.name)) continue
      await migration.up(transaction)
      await transaction('migrations').insert({ name: migration.name })
    }
    return status.pending
  })
}

export async function readMigrationStatus(db: Knex): Promise<MigrationStatus> {
  await db.raw(
    'create table if not exists migrations (name text primary key, migrated_at timestamptz not null default now())',
  )
  const done: string[] = (await db('migrations').select('name').orderBy('name')).map((row) => row.name)
  return {
    done,
    pending: MIGRATIONS.map((migration) => migration.name).filter((name) => !done.includes(name)),
  }
}

/** Creates what is missing if it may; else says which SQL an administrator must run. */
async function ensureExtensions(db: Knex): Promise<void> {
  for (const extension of ['postgis', 'pg_trgm']) {
    const present = await db('pg_extension').where({ extname: extension }).first()
    if (present) continue
    const available = await db('pg_available_extensions').where({ name: extension }).first()
    if (!available) {
      throw new DatabaseError(
        `数据库服务器没有安装 ${extension}：请管理员先在服务器上安装 PostGIS ${MINIMUM_POSTGIS} 或更高版本（Debian：postgresql-15-postgis-3）(extension ${extension} is not installed on the database server)`,
      )
    }
    try {
      await db.raw(`create extension if not exists ${extension}`)
    } catch (error) {
      if (errorCode(error) !== INSUFFICIENT_PRIVILEGE) throw error
      throw new DatabaseError(
        `没有创建扩展的权限：请数据库管理员在本库执行 CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS pg_trgm; (ask an administrator to run this SQL)`,
      )
    }
  }
  const version = await readPostgisVersion(db)
  if (Number.parseFloat(version) < MINIMUM_POSTGIS) {
    throw new DatabaseError(
      `PostGIS ${version} 太旧：需要 ${MINIMUM_POSTGIS} 或更高 (PostGIS ${MINIMUM_POSTGIS} or newer is needed)`,
    )
  }
}

export async function readPostgisVersion(db: Knex): Promise<string> {
  const result = await db.raw('select PostGIS_Lib_Version() as version')
  return result.rows[0].version
}
