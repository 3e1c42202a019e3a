import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

export interface ProductProcess {
  child: ChildProcess
  /** What was printed so far. */
  output(): string
  errors(): string
  exit: Promise<number | null>
}

export interface RunningProduct extends ProductProcess {
  url: string
  /** Ends it as an operator would, and answers its exit code. */
  stop(): Promise<number | null>
}

/** Only what is named reaches the process, so that a developer's own settings change no test. */
function environmentOf(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, LOG_LEVEL: 'fatal', ...settings }
}

/** Runs one of the product's programs as a process of its own. */
export function runProgram(script: string, args: string[], settings: Record<string, string>): ProductProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', script), ...args], {
    cwd: ROOT,
    env: environmentOf(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    output += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk
  })
  const exit = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return { child, output: () => output, errors: () => errors, exit }
}

/** A start whose viewer is left out: building it is tested by itself. */
export function launch(settings: Record<string, string>, args = ['--no-viewer']): ProductProcess {
  return runProgram('start.ts', args, { PORT: '0', DEMO_DATA: 'no', ...settings })
}

/** Starts the product and waits until it listens. */
export async function startProduct(
  settings: Record<string, string>,
  args?: string[],
): Promise<RunningProduct> {
  const product = launch(settings, args)
  const url = await waitForAddress(product)
  const stop = () => {
    product.child.kill('SIGTERM')
    return product.exit
  }
  return { ...product, url, stop }
}

async function waitForAddress(product: ProductProcess): Promise<string> {
  const ended = product.exit.then((code) => {
    throw new Error(`the product ended with ${code}: ${product.errors()}${product.output()}`)
  })
  const found = waitFor(
    () => /已启动 \(running\): (\S+?)\/?\n[\s\S]*Ctrl\+C/.exec(product.output())?.[1],
    240_000,
  )
  return Promise.race([found, ended])
}

/** Waits until something is there. */
export async function waitFor<T>(look: () => T | undefined, limitMs: number): Promise<T> {
  const until = Date.now() + limitMs
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error('waited too long')
    await new Promise((done) => setTimeout(done, 50))
  }
}

export const makeDataDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'hazard-map-start-'))

/** Takes a free port and holds it. */
export async function holdPort(): Promise<{ port: number; release: () => void }> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, release: () => server.close() }
}

/** The one line of a start that was refused, with its exit code. */
export async function readRefusal(
  product: ProductProcess,
): Promise<{ code: number | null; lines: string[] }> {
  const code = await product.exit
  return { code, lines: product.errors().trimEnd().split('\n') }
}

export async function signIn(url: string, username: string, password: string): Promise<number> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  return reply.status
}

export async function readReady(url: string): Promise<unknown> {
  return (await fetch(`${url}/readyz`)).json()
}
