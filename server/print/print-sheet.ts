import type { BrowserContext, Page } from 'playwright-core'
import type { User } from '../access/model.ts'
import { SESSION_COOKIE } from '../auth/authenticate.ts'
import { insertSession, removeSession } from '../auth/queries.ts'
import { makeToken } from '../auth/secrets.ts'
import type { AppContext } from '../http/context.ts'
import type { PrintReady } from './schema.ts'

/** A session that only opens one sheet: taken back when it is printed, dead by itself soon after. */
const SESSION_MILLISECONDS = 120_000
const ASK_MILLISECONDS = 100

/** The page says that it cannot be printed, and why. */
export class SheetFailed extends Error {
  readonly code: 'NO_FONT' | 'FAILED'
  constructor(code: 'NO_FONT' | 'FAILED', reason: string) {
    super(reason)
    this.name = 'SheetFailed'
    this.code = code
  }
}

export interface SheetToPrint {
  user: User
  /** Scheme, host and port of this server. */
  origin: string
  /** Path and query of the viewer's page. */
  address: string
  signal: AbortSignal
  /** Told of each request that was not let through. */
  onRefused: (url: string) => void
}

/**
 * Opens a page of the viewer as the user would see it, waits until it is drawn, and has it printed. The page may read
 * from this server only: whatever else it asks for is refused.
 */
export async function printSheet<T>(
  { database, now }: AppContext,
  context: BrowserContext,
  sheet: SheetToPrint,
  print: (page: Page) => Promise<T>,
): Promise<T> {
  const { token, tokenHash } = makeToken()
  const expiresAt = new Date(now().getTime() + SESSION_MILLISECONDS)
  await insertSession(database.knex, { tokenHash, userId: sheet.user.id, now: now(), expiresAt })
  try {
    await context.addCookies([
      { name: SESSION_COOKIE, value: token, url: sheet.origin, httpOnly: true, sameSite: 'Lax' },
    ])
    await keepInside(context, sheet)
    const page = await context.newPage()
    // set out as on paper from the beginning, so that nothing is measured twice
    await page.emulateMedia({ media: 'print' })
    await page.goto(`${sheet.origin}${sheet.address}`, { waitUntil: 'commit' })
    await waitUntilReady(page, sheet.signal)
    return await print(page)
  } finally {
    await removeSession(database.knex, tokenHash)
  }
}

async function keepInside(
  context: BrowserContext,
  { origin, onRefused }: Pick<SheetToPrint, 'origin' | 'onRefused'>,
): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const isOurs = url.origin === origin || url.protocol === 'data:'
    if (isOurs && request.method() === 'GET') return route.continue()
    onRefused(request.url())
    return route.abort('blockedbyclient')
  })
}

/** Asked again and again: the viewer's own policy forbids what playwright's waiting is made of. */
async function waitUntilReady(page: Page, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const ready = await page.evaluate<PrintReady | null>('window.__printReady ?? null')
    if (ready?.isReady) return
    if (ready) throw new SheetFailed(ready.code, ready.reason)
    await new Promise((resolve) => setTimeout(resolve, ASK_MILLISECONDS))
  }
}
