import { rm } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import { runProgram } from '../../scripts/product-process.ts'
import { createPostgresqlDatabase } from '../harness/database.ts'
import { REQUIREMENTS } from '../harness/requirements.ts'
import { holdPort, launch, makeDataDir, readReady, readRefusal, signIn, startProduct } from './product.ts'

describe.runIf(REQUIREMENTS.postgresql.isPresent)('a start on PostgreSQL', () => {
  let dataDir: string
  let url: string
  let remove: () => Promise<void>

  beforeAll(async () => {
    dataDir = await makeDataDir()
    ;({ url, remove } = await createPostgresqlDatabase())
  })
  afterAll(async () => {
    await remove()
    await rm(dataDir, { recursive: true, force: true })
  })

  const place = (address: string) => {
    const { hostname, port, pathname } = new URL(address)
    return `${hostname}:${port || 5432}${pathname}`
  }
  const changed = (change: (address: URL) => void) => {
    const address = new URL(url)
    change(address)
    return address.href
  }
  const refuse = (databaseUrl: string) =>
    readRefusal(launch({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl }))
  const refusal = (reason: string) => ({ code: 1, lines: [`启动失败 (start failed): ${reason}`] })

  it('lets two servers start at once on an empty database, and nothing runs twice', async () => {
    const servers = await Promise.all([
      startProduct({ DATA_DIR: dataDir, DATABASE_URL: url }),
      startProduct({ DATA_DIR: dataDir, DATABASE_URL: url }),
    ])
    const done = await query(url, 'select name from migrations order by name')
    expect(done.map((row) => row.name)).toEqual(MIGRATIONS.map((migration) => migration.name))
    expect(await query(url, 'select username from users')).toEqual([{ username: 'admin' }])
    const password = servers
      .map((server) => /^admin +(\S{14})$/m.exec(server.output())?.[1])
      .find((found) => found !== undefined)
    for (const server of servers) {
      expect(await readReady(server.url)).toMatchObject({ status: 'ready', database: 'postgresql' })
      expect(await signIn(server.url, 'admin', password ?? '')).toBe(200)
    }
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0])
  })

  it('runs nothing twice when two commands migrate at once', async () => {
    const own = await createPostgresqlDatabase()
    const programs = [1, 2].map(() =>
      runProgram('migrate.ts', [], { DATA_DIR: dataDir, DATABASE_URL: own.url }),
    )
    expect(await Promise.all(programs.map((program) => program.exit))).toEqual([0, 0])
    const lines = programs.map((program) => program.output().trimEnd().split('\n').at(-1))
    expect(lines.sort()).toEqual(
      [`共执行 ${MIGRATIONS.length} 个迁移 (migrations ran)`, '数据表已是最新 (nothing to migrate)'].sort(),
    )
    await own.remove()
  })

  it('says that nothing listens at the address', async () => {
    const { port, release } = await holdPort()
    release()
    const address = changed((target) => {
      target.port = String(port)
    })
    expect(await refuse(address)).toEqual(
      refusal(
        `DATABASE_URL: 无法使用数据库 ${place(address)}：连接被拒绝，数据库没有在该地址运行 (connection refused)`,
      ),
    )
  })

  it('says that the host is unknown, and never repeats the password', async () => {
    const address = 'postgres://map:very-secret@no-such-host.invalid/map'
    expect(await refuse(address)).toEqual(
      refusal('DATABASE_URL: 无法使用数据库 no-such-host.invalid:5432/map：找不到主机 (unknown host)'),
    )
  })

  it('says that the database does not exist', async () => {
    const address = changed((target) => {
      target.pathname = '/no_such_database'
    })
    expect(await refuse(address)).toEqual(
      refusal(
        `DATABASE_URL: 无法使用数据库 ${place(address)}：没有这个数据库，请先创建 (no such database: create it first)`,
      ),
    )
  })

  it('says that the password is wrong', async (context) => {
    const address = changed((target) => {
      target.password = 'not-the-password'
    })
    const isTrusting = await query(address, 'select 1').then(
      () => true,
      () => false,
    )
    if (isTrusting) context.skip('this server asks for no password')
    expect(await refuse(address)).toEqual(
      refusal(`DATABASE_URL: 无法使用数据库 ${place(address)}：用户名或密码不对 (wrong user or password)`),
    )
  })

  it('says which SQL an administrator must run when it may not create extensions', async () => {
    const own = await createPostgresqlDatabase()
    const role = new URL(own.url).pathname.slice(1)
    await query(own.url, `create role ${role} login password 'role-password'`)
    await query(own.url, `alter database ${role} owner to ${role}`)
    const address = new URL(own.url)
    address.username = role
    address.password = 'role-password'
    expect(await refuse(address.href)).toEqual(
      refusal(
        '没有创建扩展的权限：请数据库管理员在本库执行 CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS pg_trgm; (ask an administrator to run this SQL)',
      ),
    )
    // with the SQL that was told the same role starts
    await query(own.url, 'create extension if not exists postgis; create extension if not exists pg_trgm')
    const server = await startProduct({ DATA_DIR: dataDir, DATABASE_URL: address.href })
    expect(await server.stop()).toBe(0)
    await own.remove()
    await query(url, `drop role ${role}`)
  })

  it.each([
    {
      fault: 'PostGIS is not installed on the server',
      sql: `create schema shadow;
        create view shadow.pg_available_extensions as
          select * from pg_catalog.pg_available_extensions where name <> 'postgis'`,
      path: 'shadow, pg_catalog, public',
      reason:
        '数据库服务器没有安装 postgis：请管理员先在服务器上安装 PostGIS 3.3 或更高版本（Debian：postgresql-15-postgis-3）(extension postgis is not installed on the database server)',
    },
    {
      fault: 'PostGIS is too old',
      sql: `create extension postgis; create schema shadow;
        create function shadow.postgis_lib_version() returns text language sql as $$ select '3.1.4' $$`,
      path: 'shadow, public',
      reason: 'PostGIS 3.1.4 太旧：需要 3.3 或更高 (PostGIS 3.3 or newer is needed)',
    },
  ])('says that $fault', async ({ sql, path, reason }) => {
    const own = await createPostgresqlDatabase()
    await query(own.url, sql)
    await query(own.url, `alter database ${new URL(own.url).pathname.slice(1)} set search_path = ${path}`)
    expect(await refuse(own.url)).toEqual(refusal(reason))
    const made = await query(own.url, `select 1 from pg_tables where tablename in ('migrations', 'areas')`)
    expect(made).toEqual([])
    await own.remove()
  })

  it('says that the database is not encoded in UTF8', async () => {
    const name = `${new URL(url).pathname.slice(1)}_latin`
    await query(url, `create database ${name} encoding 'LATIN1' locale 'C' template template0`)
    const address = changed((target) => {
      target.pathname = `/${name}`
    })
    expect(await refuse(address)).toEqual(
      refusal('DATABASE_URL: 数据库编码是 LATIN1，需要 UTF8 (the database must be encoded in UTF8)'),
    )
    await query(url, `drop database ${name}`)
  })
})

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query(sql)
    return Array.isArray(result) ? [] : result.rows
  } finally {
    await client.end()
  }
}
