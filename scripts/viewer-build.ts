import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartError } from '../server/start-error.ts'

export interface ViewerBuild {
  /** The folder with the built viewer. */
  directory: Promise<string>
  /** Whether anything had to be built. */
  isNeeded: Promise<boolean>
  stop(): void
}

const FINGERPRINT = '.sources'

/** Builds the viewer if its sources changed since the last build. A build that fails leaves the last one in place. */
export function buildViewer(root: string): ViewerBuild {
  const running = new Set<ChildProcess>()
  const target = join(root, 'web', 'dist')
  const fingerprint = fingerprintSources(root)
  const isNeeded = fingerprint.then(
    async (wanted) => (await readFile(join(target, FINGERPRINT), 'utf8').catch(() => '')) !== wanted,
  )
  const directory = isNeeded.then(async (needed) => {
    if (needed) await buildInto(target, root, await fingerprint, running)
    return target
  })
  // the start awaits the folder only after the database: a failure meanwhile is not an unhandled one
  directory.catch(() => undefined)
  return { directory, isNeeded, stop: () => running.forEach((child) => void child.kill()) }
}

async function buildInto(target: string, root: string, fingerprint: string, running: Set<ChildProcess>) {
  const partial = `${target}.${process.pid}`
  try {
    await runVite(root, partial, running)
    await writeFile(join(partial, FINGERPRINT), fingerprint)
    await rm(target, { recursive: true, force: true })
    await rename(partial, target)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function runVite(root: string, target: string, running: Set<ChildProcess>): Promise<void> {
  const vite = await findVite(root)
  const args = [vite, 'build', join(root, 'web'), '--outDir', target, '--emptyOutDir', '--logLevel', 'warn']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  running.delete(child)
  if (code === 0) return
  const log = join(root, '.cache', 'viewer-build.log')
  await mkdir(dirname(log), { recursive: true })
  await writeFile(log, output)
  throw new StartError(
    `网页构建失败，详见 ${relative(process.cwd(), log)}：${firstReason(output)} (the viewer could not be built)`,
  )
}

async function findVite(root: string): Promise<string> {
  try {
    const require = createRequire(join(root, 'package.json'))
    const path = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js')
    await access(path)
    return path
  } catch {
    throw new StartError(
      '网页尚未构建且没有构建工具，请先运行 npm ci (run npm ci first: Vite is not installed)',
    )
  }
}

const HEADINGS = /^(✗ )?(build failed|error during build|vite v)/i

/** What the build tool complains of: its first lines that are neither a heading nor a stack. */
function firstReason(output: string): string {
  const lines = output
    .split('\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal are taken out
    .map((line) => line.replace(/\u001b\[[0-9;]*m/g, '').trim())
    .filter((line) => line !== '' && !HEADINGS.test(line) && !line.startsWith('at '))
  return lines.slice(0, 2).join(' ').slice(0, 300) || '原因不明'
}

/** A hash over everything that the built viewer is made from. */
async function fingerprintSources(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await listSources(root)) {
    hash.update(`${relative(root, path)}\0`)
    hash.update(await readFile(path))
    hash.update('\0')
  }
  return hash.digest('hex')
}

async function listSources(root: string): Promise<string[]> {
  const paths = ['package-lock.json', 'tsconfig.base.json', 'server/contract.ts'].map((path) =>
    join(root, path),
  )
  for await (const path of walk(join(root, 'web'))) paths.push(path)
  for await (const path of walk(join(root, 'server'))) {
    if (/[/\\]core[/\\][^/\\]+$|[/\\](schema|model)\.ts$/.test(path)) paths.push(path)
  }
  return paths.filter((path) => !path.endsWith('.test.ts')).sort()
}

async function* walk(directory: string): AsyncGenerator<string> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('dist')) continue
    const path = join(directory, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else yield path
  }
}
