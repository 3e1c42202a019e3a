import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const START_LIMIT_MS = 240_000

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

/** Starts the product and waits until it listens. */
export async function startProcess(
  settings: Record<string, string>,
  args: string[] = [],
): Promise<RunningProduct> {
  const product = runProgram('start.ts', args, settings)
  const url = await waitForAddress(product)
  const stop = () => {
    product.child.kill('SIGTERM')
    return product.exit
  }
  return { ...product, url, stop }
}

async function waitForAddress(product: ProductProcess): Promise<string> {
  let ending: string | null = null
  product.exit.then((code) => {
    ending = `the product ended with ${code}: ${product.errors()}${product.output()}`
  })
  const look = () => {
    if (ending !== null) throw new Error(ending)
    return /已启动 \(running\): (\S+?)\/?\n[\s\S]*Ctrl\+C/.exec(product.output())?.[1]
  }
  return waitFor(look, START_LIMIT_MS).catch((error) => {
    product.child.kill('SIGKILL')
    throw error
  })
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
