import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
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

/** Older builds stay for a day: a server that runs, of another data directory, may still serve them. */
const KEPT_BUILDS = 4
const KEPT_MS = 24 * 3_600_000

/**
 * Builds the viewer if its sources changed since they were last built. Each state of the sources has a folder of its
 * own, so a build that fails or is stopped, and a build beside a running server, disturb nobody.
 */
export function buildViewer(root: string): ViewerBuild {
  const running = new Set<ChildProcess>()
  const builds = join(root, 'web', 'dist')
  const target = fingerprintSources(root).then((fingerprint) => join(builds, fingerprint.slice(0, 16)))
  const isNeeded = target.then(async (path) => !(await exists(join(path, 'index.html'))))
  const directory = isNeeded.then(async (needed) => {
    if (needed) await buildInto(await target, root, running)
    return target
  })
  // the start awaits the folder only after the database: a failure meanwhile is not an unhandled one
  directory.catch(() => undefined)
  return { directory, isNeeded, stop: () => running.forEach((child) => void child.kill()) }
}

async function buildInto(target: string, root: string, running: Set<ChildProcess>): Promise<void> {
  const partial = `${target}.${randomUUID()}`
  try {
    await runVite(root, partial, running)
    // another start may have built the same meanwhile: then its folder is as good
    await rename(partial, target).catch(async (error) => {
      if (!(await exists(join(target, 'index.html')))) throw error
    })
    await removeOldBuilds(dirname(target))
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function removeOldBuilds(builds: string): Promise<void> {
  const names = await readdir(builds)
  const found = await Promise.all(
    names.map(async (name) => ({
      path: join(builds, name),
      builtAt: (await stat(join(builds, name))).mtimeMs,
    })),
  )
  found.sort((one, other) => other.builtAt - one.builtAt)
  for (const { path, builtAt } of found.slice(KEPT_BUILDS)) {
    if (builtAt < Date.now() - KEPT_MS) await rm(path, { recursive: true, force: true })
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

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
