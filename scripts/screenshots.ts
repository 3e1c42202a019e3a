import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { readConfig } from '../server/config.ts'
import { launchChromium } from '../server/print/chromium.ts'
import { startProcess } from './product-process.ts'
import { makeProgress } from './progress.ts'

const DEVICES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const
const LOCALES = ['zh-CN', 'en'] as const
const SETTLE_MS = 1_500
const MAP_LIMIT_MS = 30_000
const IS_DRAWN = '!window.__hazardMap || (window.__hazardMap.loaded() && window.__hazardMap.areTilesLoaded())'

interface Screen {
  name: string
  username: string | null
  path: string
  /** What is done on the page before the picture is taken. */
  prepare?: (page: Page) => Promise<void>
}

/** Walks through every screen in both sizes and languages. */
async function takePictures(url: string, password: string, directory: string): Promise<number> {
  const browser = await launchChromium()
  const progress = makeProgress((line) => void process.stdout.write(`${line}\n`))
  let count = 0
  try {
    const screens = await listScreens(url, password)
    for (const device of Object.keys(DEVICES) as (keyof typeof DEVICES)[]) {
      for (const locale of LOCALES) {
        for (const username of [...new Set(screens.map((screen) => screen.username))]) {
          const context = await openContext(browser, url, password, { device, locale, username })
          for (const screen of screens.filter((one) => one.username === username)) {
            const file = join(directory, `${screen.name}.${device}.${locale}.png`)
            await takePicture(context, `${url}${screen.path}`, file, screen)
            progress.say(file)
            count += 1
          }
          await context.close()
        }
      }
    }
  } finally {
    await browser.close()
  }
  return count
}

async function openContext(
  browser: Browser,
  url: string,
  password: string,
  choice: { device: keyof typeof DEVICES; locale: string; username: string | null },
): Promise<BrowserContext> {
  const isPhone = choice.device === 'phone'
  const context = await browser.newContext({
    viewport: DEVICES[choice.device],
    hasTouch: isPhone,
    isMobile: isPhone,
    locale: choice.locale,
    timezoneId: 'Asia/Shanghai',
  })
  await context.addInitScript({ content: `localStorage.setItem('hazard-map.locale', '${choice.locale}')` })
  if (choice.username) {
    const reply = await context.request.post(`${url}/api/session`, {
      data: { username: choice.username, password },
    })
    if (!reply.ok()) throw new Error(`${choice.username} cannot sign in: ${reply.status()}`)
  }
  return context
}

async function takePicture(
  context: BrowserContext,
  url: string,
  file: string,
  screen: Screen,
): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForLoadState('load')
  await settle(page)
  if (screen.prepare) {
    await screen.prepare(page)
    await settle(page)
  }
  await page.screenshot({ path: file })
  await page.close()
}

/** Live updates keep a request open for ever, so the network is never idle: the map's own word, then a moment. */
async function settle(page: Page): Promise<void> {
  // asked again and again: the product's own policy forbids the page to evaluate text by itself
  const until = Date.now() + MAP_LIMIT_MS
  while (Date.now() < until && !(await page.evaluate<boolean>(IS_DRAWN))) await page.waitForTimeout(200)
  await page.waitForTimeout(SETTLE_MS)
}

async function listScreens(url: string, password: string): Promise<Screen[]> {
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'analyst', password }),
  })
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const firstId = async (path: string): Promise<string> => {
    const reply = await fetch(`${url}${path}`, { headers: { cookie } })
    const { items } = (await reply.json()) as { items: { id: string; site?: { id: string } | null }[] }
    const [item] = items
    if (!item) throw new Error(`${path} is empty: the pictures need demonstration data`)
    return item.id
  }
  const hazard = await firstId('/api/hazards?status=overdue&severity=major&limit=1')
  const site = await firstId('/api/risk-list?limit=1')
  const drill = await firstId('/api/drills?limit=1')
  const officer = 'officer-220171001'
  return [
    { name: 'sign-in', username: null, path: '/sign-in' },
    { name: 'map', username: 'analyst', path: '/' },
    { name: 'map-filtered', username: 'analyst', path: '/?sector=fire&status=open' },
    { name: 'map-hazard', username: 'analyst', path: `/?select=hazard:${hazard}` },
    { name: 'risk-list', username: 'analyst', path: '/risk-list' },
    { name: 'site', username: 'analyst', path: `/sites/${site}` },
    { name: 'statistics', username: 'analyst', path: '/statistics' },
    { name: 'imports', username: 'analyst', path: '/imports' },
    { name: 'not-found', username: 'analyst', path: '/no-such-page' },
    { name: 'rectification', username: officer, path: '/rectification' },
    { name: 'officer-map', username: officer, path: '/' },
    { name: 'drills', username: 'commander', path: '/drills' },
    { name: 'drill', username: 'commander', path: `/drills/${drill}` },
  ]
}

/** Uses the product at BASE_URL, or starts one with demonstration data of its own. */
async function run(): Promise<void> {
  const { dataDir, demoPassword } = readConfig(process.env, process.cwd())
  const directory = join(dataDir, 'screenshots')
  await mkdir(directory, { recursive: true })
  const baseUrl = process.env.BASE_URL?.replace(/\/$/, '')
  if (baseUrl) {
    if (!demoPassword) throw new Error('BASE_URL needs DEMO_PASSWORD')
    return report(await takePictures(baseUrl, demoPassword, directory), directory)
  }
  const temporary = await mkdtemp(join(tmpdir(), 'hazard-map-pictures-'))
  const password = demoPassword ?? 'pictures-only'
  const product = await startProcess({
    DATA_DIR: temporary,
    PORT: '0',
    DEMO_DATA: 'yes',
    DEMO_PASSWORD: password,
  })
  try {
    report(await takePictures(product.url, password, directory), directory)
  } finally {
    await product.stop()
    await rm(temporary, { recursive: true, force: true })
  }
}

const report = (count: number, directory: string): void =>
  void process.stdout.write(`${count} 张截图写入 ${directory} (pictures written)\n`)

run().catch((error) => {
  process.stderr.write(`失败 (failed): ${error.message}\n`)
  process.exitCode = 1
})
