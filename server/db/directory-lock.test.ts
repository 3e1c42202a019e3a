import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from './directory-lock.ts'

describe('the lock of a data directory', () => {
  let directory: string
  const children: ChildProcess[] = []

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hazard-map-lock-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  const isRefused = (pid: number | undefined) =>
    expect(lockDirectory(directory)).rejects.toThrow(`数据目录 ${directory} 正被进程 ${pid} 使用`)

  /** Another process that takes the lock and holds it until it is killed. */
  async function holdElsewhere(): Promise<ChildProcess> {
    const program = `
      import { lockDirectory } from ${JSON.stringify(join(import.meta.dirname, 'directory-lock.ts'))}
      lockDirectory(${JSON.stringify(directory)}).then(() => console.log('held'))
      setInterval(() => undefined, 1000)`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    await new Promise((held) => child.stdout.once('data', held))
    return child
  }

  it('is given to one holder, and to the next when it was given back', async () => {
    const unlock = await lockDirectory(directory)
    await isRefused(process.pid)
    await unlock()
    expect(await readdir(directory)).toEqual([])
    await (await lockDirectory(directory))()
  })

  it('is kept by another process that lives, even when it is frozen', async () => {
    const holder = await holdElsewhere()
    await isRefused(holder.pid)
    holder.kill('SIGSTOP')
    await isRefused(holder.pid)
  })

  it('is free at once after its holder was killed', async () => {
    const holder = await holdElsewhere()
    const ended = new Promise((done) => holder.once('exit', done))
    holder.kill('SIGKILL')
    await ended
    const unlock = await lockDirectory(directory)
    expect(await readdir(directory)).toEqual(['lock'])
    await unlock()
  })

  it('is not kept by a stranger who got the number of a dead holder, as in a container', async () => {
    await writeFile(join(directory, 'lock'), `${process.pid} 12345`)
    await (await lockDirectory(directory))()
  })

  it('is not kept by a file that is no lock', async () => {
    await writeFile(join(directory, 'lock'), '')
    await (await lockDirectory(directory))()
  })

  it('goes to one of many that find it stale at the same moment', async () => {
    await writeFile(join(directory, 'lock'), '999999999 1')
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(directory)).toEqual(['lock'])
  })
})
