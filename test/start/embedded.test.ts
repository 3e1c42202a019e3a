import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram, waitFor } from '../../scripts/product-process.ts'
import {
  holdPort,
  launch,
  makeDataDir,
  openSession,
  readReady,
  readRefusal,
  signIn,
  startProduct,
} from './product.ts'

const directories: string[] = []
const freshDataDir = async () => {
  const directory = await makeDataDir()
  directories.push(directory)
  return directory
}
afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

describe('the first start with the embedded engine', () => {
  let dataDir: string
  let password: string

  beforeAll(async () => {
    dataDir = await freshDataDir()
    const product = await startProduct({ DATA_DIR: dataDir })
    password = (await readFile(join(dataDir, 'secrets', 'admin-password'), 'utf8')).trim()
    try {
      expect(product.output()).toMatch(/\[ *\d+\.\d s\] 数据表更新 ✓ \d+\.\d s\n/)
      expect(product.output()).toContain(`admin                   ${password}\n`)
      expect(product.errors()).toBe('')
      expect(await readReady(product.url)).toMatchObject({ status: 'ready', database: 'embedded' })
      expect(await signIn(product.url, 'admin', password)).toBe(200)
      expect(await signIn(product.url, 'analyst', password)).toBe(401)
      expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['database', 'lock', 'secrets']))
    } finally {
      expect(await product.stop()).toBe(0)
    }
  })

  it('closes cleanly on SIGTERM and leaves no lock', async () => {
    expect((await readdir(dataDir)).sort()).toEqual(['database', 'secrets'])
  })

  it('keeps passwords where only the owner reads them', async () => {
    const modeOf = async (path: string) => (await stat(join(dataDir, path))).mode & 0o777
    expect(await modeOf('secrets')).toBe(0o700)
    expect(await modeOf('secrets/admin-password')).toBe(0o600)
    expect(await modeOf('database')).toBe(0o700)
  })

  it('is followed by starts that keep the password and do not show it again', async () => {
    const product = await startProduct({ DATA_DIR: dataDir })
    expect(product.output()).not.toContain(password)
    expect(product.output()).toContain('admin                   未变')
    expect(await signIn(product.url, 'admin', password)).toBe(200)
    expect(await product.stop()).toBe(0)
  })

  it('gives the password of the setting from then on', async () => {
    const product = await startProduct({ DATA_DIR: dataDir, ADMIN_PASSWORD: 'another-password' })
    expect(product.output()).toContain('ADMIN_PASSWORD 所设')
    expect(product.output()).not.toContain('another-password')
    expect(await signIn(product.url, 'admin', 'another-password')).toBe(200)
    expect(await signIn(product.url, 'admin', password)).toBe(401)
    expect(await product.stop()).toBe(0)
  })

  it('refuses a second process on the same data directory, and the first works on', async () => {
    const first = await startProduct({ DATA_DIR: dataDir })
    const refusal = await readRefusal(launch({ DATA_DIR: dataDir }))
    expect(refusal).toEqual({
      code: 1,
      lines: [
        `启动失败 (start failed): 数据目录 ${dataDir} 正被进程 ${first.child.pid} 使用，请先停止它或另设 DATA_DIR (the data directory is in use by another process)`,
      ],
    })
    expect(await readReady(first.url)).toMatchObject({ status: 'ready' })
    expect(await first.stop()).toBe(0)
  })

  it('starts again after the process was killed', async () => {
    const killed = await startProduct({ DATA_DIR: dataDir })
    killed.child.kill('SIGKILL')
    await killed.exit
    expect(await readdir(dataDir)).toContain('lock')
    const next = await startProduct({ DATA_DIR: dataDir, ADMIN_PASSWORD: 'another-password' })
    expect(await signIn(next.url, 'admin', 'another-password')).toBe(200)
    expect(await next.stop()).toBe(0)
  })

  it('ends open streams of live updates when it stops', async () => {
    const product = await startProduct({ DATA_DIR: dataDir, ADMIN_PASSWORD: 'another-password' })
    const cookie = await openSession(product.url, 'admin', 'another-password')
    const stream = await fetch(`${product.url}/api/live`, { headers: { cookie } })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const from = Date.now()
    expect(await product.stop()).toBe(0)
    expect(Date.now() - from).toBeLessThan(5_000)
    await stream.text().catch(() => undefined)
  })
})

describe('a start that is stopped in the middle', () => {
  it('ends with 0, and the next start makes the database anew', async () => {
    const dataDir = await freshDataDir()
    const stopped = launch({ DATA_DIR: dataDir })
    await waitFor(() => (stopped.output().includes('数据表更新') ? true : undefined), 120_000)
    stopped.child.kill('SIGTERM')
    expect(await stopped.exit).toBe(0)
    expect(stopped.output()).toContain('启动中止 (start cancelled)')
    const left = await readdir(dataDir)
    expect(left).toContain('database.unfinished')
    expect(left).not.toContain('lock')

    const next = await startProduct({ DATA_DIR: dataDir })
    expect(await readReady(next.url)).toMatchObject({ status: 'ready' })
    expect(await next.stop()).toBe(0)
    expect((await readdir(dataDir)).sort()).toEqual(['database', 'secrets'])
  })

  it('makes a half-written database anew', async () => {
    const dataDir = await freshDataDir()
    await mkdir(join(dataDir, 'database'))
    await writeFile(join(dataDir, 'database', 'PG_VERSION'), '18\n')
    await writeFile(join(dataDir, 'database.unfinished'), '')
    const product = await startProduct({ DATA_DIR: dataDir })
    expect(await readReady(product.url)).toMatchObject({ status: 'ready' })
    expect(await product.stop()).toBe(0)
  })
})

describe('a start that is refused', () => {
  it('says that the port is taken, before any database is made', async () => {
    const dataDir = await freshDataDir()
    const { port, release } = await holdPort()
    const refusal = await readRefusal(launch({ DATA_DIR: dataDir, PORT: String(port) }))
    release()
    expect(refusal).toEqual({
      code: 1,
      lines: [
        `启动失败 (start failed): PORT: 端口 ${port} 已被占用，请停止占用它的程序或另设 PORT (port ${port} is in use)`,
      ],
    })
    expect(await readdir(dataDir)).toEqual([])
  })

  it.each([
    ['PORT', 'abc', '「abc」不是 0–65535 的端口号 (not a port number from 0 to 65535)'],
    ['PORT', '70000', '「70000」不是 0–65535 的端口号 (not a port number from 0 to 65535)'],
    ['DEMO_DATA', 'maybe', '「maybe」应为 yes 或 no (expected yes or no)'],
    ['ADMIN_PASSWORD', 'short', '密码至少 8 个字符 (at least 8 characters)'],
    ['HOST', '203.0.113.9', '本机没有地址 203.0.113.9 (203.0.113.9 is not an address of this machine)'],
    [
      'PUBLIC_URL',
      'ftp://map.example',
      '「ftp://map.example」应以 http:// 或 https:// 开头 (expected an http or https address)',
    ],
    [
      'DATABASE_URL',
      'mysql://localhost/map',
      '应为 postgres://用户:密码@主机:端口/库名，留空则用内置数据库 (expected postgres://user:password@host:port/database)',
    ],
    ['LOG_LEVEL', 'loud', '「loud」应为 fatal、error、warn、info、debug、trace、silent 之一 (one of these)'],
  ])('names the setting %s when it is %s', async (setting, value, reason) => {
    const dataDir = await freshDataDir()
    const refusal = await readRefusal(launch({ DATA_DIR: dataDir, [setting]: value }))
    expect(refusal).toEqual({ code: 1, lines: [`启动失败 (start failed): ${setting}: ${reason}`] })
    expect(await readdir(dataDir)).toEqual([])
  })

  it('says that the data directory cannot be written', async () => {
    const parent = await freshDataDir()
    await writeFile(join(parent, 'file'), '')
    const dataDir = join(parent, 'file', 'var')
    expect(await readRefusal(launch({ DATA_DIR: dataDir }))).toEqual({
      code: 1,
      lines: [
        `启动失败 (start failed): DATA_DIR: 数据目录 ${dataDir} 不可写，请改用有写权限的目录 (the data directory is not writable)`,
      ],
    })
  })
})

describe('the migration commands with the embedded engine', () => {
  it('tell that there is no database yet, make one, and run nothing twice', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hazard-map-start-'))
    directories.push(dataDir)
    const run = async (...args: string[]) => {
      const program = runProgram('migrate.ts', args, { DATA_DIR: dataDir })
      expect(await program.exit).toBe(0)
      return program.output().trimEnd().split('\n')
    }
    expect(await run('status')).toEqual([
      '还没有数据库，首次启动时创建 (no database yet: the first start makes it)',
    ])
    const ran = await run()
    expect(ran[0]).toBe('执行 (ran) 0001_create_areas_and_people')
    expect(ran.at(-1)).toBe(`共执行 ${ran.length - 1} 个迁移 (migrations ran)`)
    expect(await run()).toEqual(['数据表已是最新 (nothing to migrate)'])
    expect((await run('status')).at(-1)).toBe(`已执行 ${ran.length - 1}，待执行 0 (done, pending)`)
  })
})
