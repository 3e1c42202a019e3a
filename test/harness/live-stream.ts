import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { PASSWORD } from './fixture.ts'

export interface LiveEvent {
  id: string | null
  event: string
  data: Record<string, unknown>
}

export interface LiveStream {
  status: number
  headers: IncomingMessage['headers']
  text(): string
  /** The events so far, once there are at least so many; throws after five seconds. */
  events(atLeast: number): Promise<LiveEvent[]>
  ended: Promise<void>
  close(): void
}

/** A new session of an account, apart from those that other tests hold. */
export async function signInAgain(app: FastifyInstance, username: string): Promise<string> {
  const payload = { username, password: PASSWORD }
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload })
  const cookie = reply.cookies[0]
  return `${cookie?.name}=${cookie?.value}`
}

/** Opens the stream of a listening app, as a browser does. */
export function openStream(
  app: FastifyInstance,
  headers: Record<string, string>,
  query = '',
): Promise<LiveStream> {
  const { port } = app.server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: `/api/live${query}`, headers }
    const request = get(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: () => text,
        events: (atLeast) => waitForEvents(() => text, atLeast),
        ended: new Promise<void>((done) => response.on('close', done)),
        close: () => request.destroy(),
      })
    })
    request.on('error', reject)
  })
}

async function waitForEvents(text: () => string, atLeast: number): Promise<LiveEvent[]> {
  const deadline = Date.now() + 5_000
  while (Date.now() < deadline) {
    const events = readEvents(text())
    if (events.length >= atLeast) return events
    await new Promise((next) => setTimeout(next, 20))
  }
  throw new Error(`waited for ${atLeast} events, had: ${text()}`)
}

function readEvents(text: string): LiveEvent[] {
  const blocks = text.split('\n\n').slice(0, -1)
  return blocks
    .filter((block) => block.includes('event:'))
    .map((block) => {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? null
      return { id: field('id'), event: field('event') ?? '', data: JSON.parse(field('data') ?? '{}') }
    })
}
