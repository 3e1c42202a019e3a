import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode, StartError } from '../start-error.ts'

/**
 * Takes the data directory for this process, and answers how to give it back. Nothing in the embedded engine stops two
 * processes from writing one directory. A holder that was killed leaves a stale lock, which the next start takes over;
 * a holder that is only frozen keeps it. Two containers on one volume cannot see each other: run one of them only.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock')
  const mine = `${process.pid} ${await readStart(process.pid)}`
  // a linked file appears with its content at once, so nobody reads a half-written lock
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, mine, { mode: 0o600 })
  try {
    while (!(await tryLink(draft, path))) {
      const held = await readFile(path, 'utf8').catch(() => null)
      if (held === null) continue
      if (await isAlive(held)) throw new StartError(inUse(directory, held))
      await removeStale(path, held, directory)
    }
  } finally {
    await rm(draft, { force: true })
  }
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => null)) === mine) await rm(path, { force: true })
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error) => {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    },
  )
}

/** Moves the stale lock away; what was moved is looked at again, for another start may have replaced it meanwhile. */
async function removeStale(path: string, stale: string, directory: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  await rename(path, aside).catch(() => undefined)
  const moved = await readFile(aside, 'utf8').catch(() => stale)
  if (moved !== stale) await tryLink(aside, path)
  await rm(aside, { force: true })
  if (moved !== stale) throw new StartError(inUse(directory, moved))
}

async function isAlive(held: string): Promise<boolean> {
  const [pid = '', start = ''] = held.split(' ')
  if (!/^\d+$/.test(pid)) return false
  // in a container each start gets the same process id: only the start time tells a living holder from a dead one
  return (await readStart(Number(pid))) === start && isRunning(Number(pid))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** When the process started, as ticks since the machine's boot; `unknown` where there is no /proc. */
async function readStart(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return 'unknown'
  // the second field is the name in brackets and may hold blanks; the start time is field 22
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown'
}

const inUse = (directory: string, held: string): string =>
  `数据目录 ${directory} 正被进程 ${held.split(' ')[0]} 使用，请先停止它或另设 DATA_DIR (the data directory is in use by another process)`
