import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { PrintBrowser } from '../../server/print/browser.ts'
import { findChromium } from '../../server/print/chromium.ts'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { EAST, PASSWORD } from '../harness/fixture.ts'
import { REQUIREMENTS } from '../harness/requirements.ts'

const OFFICER = `officer-${EAST}`

/**
 * A viewer of one page, which tries what a page must not be able to and writes what it met as its own title. What the
 * real sheets look like is read in test/browser/print.test.ts.
 */
const VIEWER = `
const met = async (work) => { try { return await work() } catch { return 'refused' } }
const words = new URLSearchParams(location.search)
const who = await met(async () => (await (await fetch('/api/session')).json()).user.username)
const elsewhere = await met(async () => (await fetch('http://foreign.example/')).status)
const wrote = await met(async () => (await fetch('/api/session', { method: 'DELETE' })).status)
document.cookie = 'seen=1'
document.title = [who, elsewhere, wrote, location.search.includes('session') || document.cookie.includes('hazard_map')].join(' ')
document.body.style.background = words.get('q') === 'red' ? 'rgb(179, 18, 29)' : 'white'
window.__printReady = words.get('q') === 'bad'
  ? { isReady: false, code: 'FAILED', reason: '数据没有取全' }
  : words.get('q') === 'fontless' ? { isReady: false, code: 'NO_FONT', reason: '' } : { isReady: true }
`

let test: TestApp
let app: FastifyInstance
let directory: string

async function listen(environment: Record<string, string> = {}): Promise<FastifyInstance> {
  const built = await buildApp({
    database: test.database,
    config: readConfig({ DATA_DIR: directory, LOG_LEVEL: 'fatal', ...environment }, directory),
    now: () => NOW,
    viewerDirectory: directory,
  })
  await built.listen({ host: '127.0.0.1', port: 0 })
  return built
}

async function cookieOf(username: string, of = app): Promise<string> {
  const reply = await of.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username, password: PASSWORD },
  })
  return `${reply.cookies[0]?.name}=${reply.cookies[0]?.value}`
}

const countSessions = async () =>
  Number((await test.database.knex('sessions').count('* as n').first())?.n ?? Number.NaN)

beforeAll(async () => {
  test = await openTestApp()
  directory = await mkdtemp(join(tmpdir(), 'hazard-map-viewer-'))
  await writeFile(
    join(directory, 'index.html'),
    '<!doctype html><meta charset="utf-8"><body><script type="module" src="/viewer.js"></script></body>',
  )
  await writeFile(join(directory, 'viewer.js'), VIEWER)
  app = await listen()
})
afterAll(async () => {
  await app.close()
  await test.close()
  await rm(directory, { recursive: true, force: true })
})

describe.skipIf(!REQUIREMENTS.chromium.isPresent)('the server’s own browser', () => {
  it('opens the sheet as the asker, reads from this server only, and leaves no session behind', async () => {
    const cookie = await cookieOf(OFFICER)
    const before = await countSessions()
    const reply = await app.inject({ url: '/api/map.pdf', headers: { cookie } })
    expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200)
    expect(reply.headers['content-type']).toBe('application/pdf')
    expect(reply.headers['content-disposition']).toContain("filename*=UTF-8''")
    const [, title = ''] = /\/Title \(((?:\\.|[^)])*)\)/.exec(reply.rawPayload.toString('latin1')) ?? []
    expect(title).toBe(`${OFFICER} refused refused false`)
    expect(await countSessions()).toBe(before)
    // the asker’s own session lives on: the page could not end it
    expect((await app.inject({ url: '/api/session', headers: { cookie } })).statusCode).toBe(200)
  })

  it('makes a picture of exactly the pixels of the paper', async () => {
    const cookie = await cookieOf('analyst')
    const reply = await app.inject({ url: '/api/map.png?paper=A4&dpi=150&q=red', headers: { cookie } })
    expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200)
    const picture = sharp(reply.rawPayload)
    // 297 mm / 25.4 × 150 = 1753.9, 210 mm / 25.4 × 150 = 1240.2
    expect(await picture.metadata()).toMatchObject({ width: 1754, height: 1240, density: 150 })
    expect((await picture.stats()).dominant.r).toBeGreaterThan(150)
  })

  it('prints two at once, each for its own asker', async () => {
    const [one, other] = await Promise.all(
      [OFFICER, 'analyst'].map(async (username) =>
        app.inject({ url: '/api/map.pdf', headers: { cookie: await cookieOf(username) } }),
      ),
    )
    expect(one?.rawPayload.toString('latin1')).toContain(`(${OFFICER} `)
    expect(other?.rawPayload.toString('latin1')).toContain('(analyst ')
  })

  it('tells why a sheet could not be drawn', async () => {
    const cookie = await cookieOf('analyst')
    const failed = await app.inject({ url: '/api/map.pdf?q=bad', headers: { cookie } })
    expect(failed.statusCode).toBe(503)
    expect(failed.json()).toMatchObject({ code: 'PRINT_FAILED', detail: '没有印成：数据没有取全' })
    const fontless = await app.inject({ url: '/api/map.pdf?q=fontless', headers: { cookie } })
    expect(fontless.statusCode).toBe(501)
    expect(fontless.json()).toMatchObject({ code: 'NO_PRINT_FONT' })
    expect(fontless.json().detail).toContain('apt-get install fonts-noto-cjk')
  })
})

describe('a CHROMIUM_PATH that leads nowhere', () => {
  it('is answered with the remedy, and nothing else of the server suffers', async () => {
    const other = await listen({ CHROMIUM_PATH: join(directory, 'no-such-browser') })
    try {
      const cookie = await cookieOf('analyst', other)
      const reply = await other.inject({ url: '/api/risk-list.pdf', headers: { cookie } })
      expect(reply.statusCode).toBe(501)
      expect(reply.json()).toMatchObject({ code: 'NO_PRINT_ENGINE' })
      expect(reply.json().detail).toContain('CHROMIUM_PATH 所指的浏览器不存在')
      expect((await other.inject({ url: '/api/risk-list', headers: { cookie } })).statusCode).toBe(200)
    } finally {
      await other.close()
    }
  })
})

describe.skipIf(!REQUIREMENTS.chromium.isPresent)('a browser for prints', () => {
  const stays = () => new AbortController().signal
  const open = (idleMilliseconds = 60_000) => new PrintBrowser(findChromium() ?? '', { idleMilliseconds })

  it('is started anew after a crash, and what the crash cut off is done again', async () => {
    const browser = open()
    try {
      expect(await browser.withContext({}, stays(), async () => 'first')).toBe('first')
      let attempts = 0
      const crashed = await browser.withContext({}, stays(), async (context) => {
        attempts += 1
        if (attempts > 1) return 'again'
        const session = await context.browser()?.newBrowserCDPSession()
        await session?.send('Browser.crash')
        return 'not reached'
      })
      expect([crashed, attempts]).toEqual(['again', 2])
      expect(await browser.withContext({}, stays(), async () => 'next')).toBe('next')
    } finally {
      await browser.close()
    }
  })

  it('lets go of a print whose asker has left', async () => {
    const browser = open()
    try {
      const left = new AbortController()
      const print = browser.withContext({}, left.signal, async (context) => {
        const page = await context.newPage()
        left.abort(new Error('left'))
        return page.waitForTimeout(60_000)
      })
      await expect(print).rejects.toThrow('left')
    } finally {
      await browser.close()
    }
  })

  it('is closed when nobody has printed for a while', async () => {
    const browser = open(50)
    await browser.withContext({}, stays(), async () => undefined)
    expect(browser.isRunning).toBe(true)
    await expect.poll(() => browser.isRunning, { timeout: 10_000 }).toBe(false)
    await browser.close()
  })
})
