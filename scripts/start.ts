import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { AccountNotice } from '../server/auth/start-accounts.ts'
import { readConfig } from '../server/config.ts'
import { prepareDataDirectory } from '../server/data-directory.ts'
import type { RunningServer } from '../server/main.ts'
import { StartError } from '../server/start-error.ts'
import { makeProgress } from './progress.ts'
import { buildViewer } from './viewer-build.ts'

const ROOT = join(import.meta.dirname, '..')
/** A close that hangs must not keep a supervisor waiting. */
const CLOSE_LIMIT_MS = 10_000

/** While developing, Vite serves the viewer. */
const NO_VIEWER = {
  directory: Promise.resolve(null),
  isNeeded: Promise.resolve(false),
  stop: () => undefined,
}

const stopping = new AbortController()
let server: RunningServer | null = null

async function start(): Promise<void> {
  const progress = makeProgress((line) => void process.stdout.write(`${line}\n`))
  process.stdout.write('隐患一张图 · Hidden Hazard Map\n')
  const config = readConfig(process.env, process.cwd())
  await prepareDataDirectory(config.dataDir)
  const viewer = process.argv.includes('--no-viewer') ? NO_VIEWER : buildViewer(ROOT)
  stopping.signal.addEventListener('abort', viewer.stop)
  // a viewer that cannot be built ends the start at the next step, not only after the demonstration is loaded
  const failing = new AbortController()
  viewer.directory.catch((error) => failing.abort(error))
  try {
    if (await viewer.isNeeded) progress.say('网页源码有变化，同时构建网页')
    // the settings are checked before the engines are loaded, which takes a second
    const [{ startServer }, { loadDemonstration }] = await progress.step('载入程序', () =>
      Promise.all([import('../server/main.ts'), import('./demonstration/load.ts')]),
    )
    server = await startServer({
      config,
      cacheDirectory: await chooseCacheDirectory(config.dataDir),
      viewerDirectory: viewer.directory,
      step: (title, work) => progress.step(title, work),
      loadDemonstration: (database, now) => loadDemonstration(database, { now }),
      signal: AbortSignal.any([stopping.signal, failing.signal]),
    })
  } catch (error) {
    viewer.stop()
    throw error
  }
  if (stopping.signal.aborted) return stop()
  progress.say(`已启动 (running): ${server.address}`)
  for (const line of describeAccounts(server.accounts)) process.stdout.write(`${line}\n`)
  process.stdout.write('按 Ctrl+C 停止 (press Ctrl+C to stop)\n')
}

/** Beside the sources, where tests and all data directories share it; a read-only installation uses its data. */
async function chooseCacheDirectory(dataDir: string): Promise<string> {
  const isWritable = await access(ROOT, constants.W_OK).then(
    () => true,
    () => false,
  )
  return isWritable ? join(ROOT, '.cache') : join(dataDir, 'cache')
}

function describeAccounts(notices: AccountNotice[]): string[] {
  const lines = ['', `${'账号 (account)'.padEnd(22)}密码 (password)`]
  for (const notice of notices) {
    const password = describePassword(notice)
    for (const username of notice.usernames) lines.push(`${username.padEnd(24)}${password}`)
  }
  const isShown = notices.some((notice) => notice.newPassword !== null)
  const paths = notices.flatMap((notice) => notice.path ?? [])
  if (isShown) lines.push(`随机密码只显示这一次，存于 ${paths.join('、')} (random passwords are shown once)`)
  return [...lines, '']
}

function describePassword(notice: AccountNotice): string {
  if (notice.isFromSetting) return `${notice.setting} 所设 (as set)`
  if (notice.newPassword !== null) return notice.newPassword
  return notice.path ? `未变，首次的存于 ${notice.path} (unchanged)` : '未变 (unchanged)'
}

async function stop(): Promise<void> {
  if (!server) return
  const running = server
  server = null
  const limit = setTimeout(() => process.exit(1), CLOSE_LIMIT_MS)
  await running.close()
  clearTimeout(limit)
  process.stdout.write('已停止 (stopped)\n')
  process.exit(0)
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message
  return `意外错误 (unexpected): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    stop().catch(() => process.exit(1))
  })
}

start().catch((error) => {
  if (stopping.signal.aborted) {
    process.stdout.write('启动中止 (start cancelled)\n')
    process.exit(0)
  }
  process.stderr.write(`启动失败 (start failed): ${explain(error)}\n`)
  process.exit(1)
})
