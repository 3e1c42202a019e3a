import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { AccountNotice } from '../server/auth/start-accounts.ts'
import { readConfig, SettingError } from '../server/config.ts'
import { DatabaseError } from '../server/db/open.ts'
import { prepareDataDirectory } from '../server/db/open-configured.ts'
import { type RunningServer, startServer } from '../server/main.ts'
import { StartError } from '../server/start-error.ts'
import { makeProgress } from './progress.ts'
import { buildViewer } from './viewer-build.ts'

const ROOT = join(import.meta.dirname, '..')
/** A close that hangs must not keep a supervisor waiting. */
const CLOSE_LIMIT_MS = 10_000

const stopping = new AbortController()
let server: RunningServer | null = null

async function start(): Promise<void> {
  const progress = makeProgress((line) => void process.stdout.write(`${line}\n`))
  process.stdout.write('隐患一张图 · Hidden Hazard Map\n')
  const config = readConfig(process.env, process.cwd())
  await prepareDataDirectory(config.dataDir)
  const viewer = buildViewer(ROOT)
  stopping.signal.addEventListener('abort', viewer.stop)
  try {
    if (await viewer.isNeeded) progress.say('网页源码有变化，同时构建网页')
    server = await startServer({
      config,
      cacheDirectory: await chooseCacheDirectory(config.dataDir),
      viewerDirectory: viewer.directory,
      step: (title, work) => progress.step(title, work),
      loadDemonstration: async () => undefined,
      signal: stopping.signal,
    })
  } catch (error) {
    viewer.stop()
    throw error
  }
  if (stopping.signal.aborted) return stop()
  progress.say(`已启动 (running): ${server.address}`)
  for (const notice of server.accounts) process.stdout.write(`${describeAccounts(notice)}\n`)
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

function describeAccounts(notice: AccountNotice): string {
  const names = notice.usernames.join(' ')
  if (notice.isFromSetting) return `账号 ${names}：密码为 ${notice.setting} 所设 (password: as set)`
  if (notice.newPassword !== null) {
    return `账号 ${names}：密码 ${notice.newPassword} （只显示这一次，存于 ${notice.path}） (password, shown once)`
  }
  const place = notice.path ? `首次启动时的密码存于 ${notice.path}` : '密码未变'
  return `账号 ${names}：${place} (password: as before)`
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
  const isForPeople =
    error instanceof SettingError || error instanceof DatabaseError || error instanceof StartError
  if (isForPeople) return error.message
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
