import type { Problem } from '@contract'

/** A refusal of the server, as it told it: `detail` is for the person, `code` for the program. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly requestId: string | null
  /** What else the problem carries: `current` of a stale version, `faults`, `parameter`, `known` … */
  readonly extra: Record<string, unknown>
  constructor(problem: Problem & Record<string, unknown>) {
    const { status, code, title, detail, requestId, ...extra } = problem
    super(detail ?? title)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.title = title
    this.detail = detail ?? title
    this.requestId = typeof requestId === 'string' ? requestId : null
    this.extra = extra
  }
}

/** No answer at all: the network or the server is away. */
export class ServerAway extends Error {
  constructor(cause: unknown) {
    super('server away', { cause })
    this.name = 'ServerAway'
  }
}

export type QueryValue = string | number | boolean | null | undefined
export interface CallOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  query?: Record<string, QueryValue>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as multipart, in the order of its entries. */
  form?: FormData
  signal?: AbortSignal
  /** A 401 is this call's own answer, not the end of a session: signing in, and asking who is there. */
  isAboutSession?: boolean
}

type SessionEnded = () => Promise<void>
let askToSignIn: SessionEnded | null = null

/** Who is asked when a session has ended; the promise is kept when somebody has signed in again. */
export function onSessionEnded(handler: SessionEnded): void {
  askToSignIn = handler
}

/** The address with its query; empty values are left out. */
export function addressOf(path: string, query: Record<string, QueryValue> = {}): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') words.set(name, String(value))
  }
  const text = words.toString()
  return text ? `${path}?${text}` : path
}

/** Asks the server and reads the answer. Throws ApiProblem when it refuses, ServerAway when it does not answer. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await ask(path, options)
  if (response.status === 204) return undefined as T
  return (await readBody(response)) as T
}

/** A file from the server, with the name that the server gave it. */
export async function download(
  path: string,
  options: CallOptions = {},
): Promise<{ blob: Blob; fileName: string | null }> {
  const response = await ask(path, options)
  return {
    blob: await response.blob(),
    fileName: fileNameOf(response.headers.get('content-disposition') ?? ''),
  }
}

/** Hands a file to the browser's own saving. */
export function saveFile(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // the browser reads the blob after the click returns
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

async function ask(path: string, options: CallOptions): Promise<Response> {
  const response = await send(path, options)
  if (response.ok) return response
  const problem = await readProblem(response)
  if (problem.status !== 401 || options.isAboutSession || !askToSignIn) throw problem
  // the server did nothing yet: after signing in the same call is made once more
  await askToSignIn()
  const again = await send(path, options)
  if (!again.ok) throw await readProblem(again)
  return again
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const init: RequestInit = { method: options.method ?? 'GET', headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (options.form) init.body = options.form
  else if (options.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(options.body)
  }
  try {
    return await fetch(addressOf(path, options.query), init)
  } catch (error) {
    // an abort is the caller's own wish
    if (options.signal?.aborted) throw error
    throw new ServerAway(error)
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    // a proxy's page, or an answer that broke off
    throw new ServerAway(error)
  }
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json') ?? false
  if (isProblem) return new ApiProblem((await readBody(response)) as Problem)
  // in front of the server something else answered: that it is away is the truth for the person
  if (response.status >= 502 && response.status <= 504) throw new ServerAway(response.status)
  return new ApiProblem({ status: response.status, code: 'UNEXPECTED', title: response.statusText })
}

/** `filename*` of RFC 6266 if there, else `filename`. */
export function fileNameOf(disposition: string): string | null {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (extended) return decodeURIComponent(extended)
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null
}
