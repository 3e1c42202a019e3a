import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ProductProcess,
  type RunningProduct,
  runProgram,
  startProcess,
} from '../../scripts/product-process.ts'

/** A start whose viewer is left out: building it is tested by itself. */
export function launch(settings: Record<string, string>): ProductProcess {
  return runProgram('start.ts', ['--no-viewer'], { ...PLAIN, ...settings })
}

export function startProduct(settings: Record<string, string>): Promise<RunningProduct> {
  return startProcess({ ...PLAIN, ...settings }, ['--no-viewer'])
}

const PLAIN = { PORT: '0', DEMO_DATA: 'no' }

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
  return (await postSession(url, username, password)).status
}

/** Signs in and answers the cookie. */
export async function openSession(url: string, username: string, password: string): Promise<string> {
  const reply = await postSession(url, username, password)
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const postSession = (url: string, username: string, password: string): Promise<Response> =>
  fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })

export async function readReady(url: string): Promise<unknown> {
  return (await fetch(`${url}/readyz`)).json()
}
