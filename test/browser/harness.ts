import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { launchChromium } from '../../server/print/chromium.ts'

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }
export const EAST_OFFICER = 'officer-220171001'

export interface Person {
  page: Page
  context: BrowserContext
  url: string
  /** What the API answers to this person. */
  ask<T>(path: string): Promise<T>
  /** What went wrong on the page: script errors and requests to other hosts. */
  faults: string[]
}

let browser: Promise<Browser> | null = null

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = null
}

/** A person at a screen of their own, signed in, at the given address. */
export async function openAs(
  username: string,
  options: { path?: string; viewport?: { width: number; height: number }; locale?: string } = {},
): Promise<Person> {
  const { url, password } = inject('product')
  browser ??= launchChromium()
  const viewport = options.viewport ?? DESKTOP
  const isPhone = viewport.width < 600
  const context = await (await browser).newContext({
    viewport,
    hasTouch: isPhone,
    isMobile: isPhone,
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  })
  if (options.locale) {
    await context.addInitScript({ content: `localStorage.setItem('hazard-map.locale', '${options.locale}')` })
  }
  const reply = await context.request.post(`${url}/api/session`, { data: { username, password } })
  expect(reply.status(), `${username} signs in`).toBe(200)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults = watchFaults(page, url)
  await page.goto(`${url}${options.path ?? '/'}`)
  return {
    page,
    context,
    url,
    faults,
    ask: async (path) => {
      const answer = await context.request.get(`${url}${path}`)
      expect(answer.status(), path).toBe(200)
      return answer.json()
    },
  }
}

function watchFaults(page: Page, url: string): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(`${url}/`) || /^(data|blob):/.test(request.url())
    if (!isOurs) faults.push(`asked ${request.url()}`)
  })
  return faults
}

const MAP_LIMIT_MS = 60_000

/** Waits until the map has drawn what it was told to. Asked again and again, since our own policy forbids eval. */
export async function waitForMap(page: Page): Promise<void> {
  const until = Date.now() + MAP_LIMIT_MS
  const isDrawn = () =>
    page.evaluate<boolean>('Boolean(window.__hazardMap?.loaded() && window.__hazardMap.areTilesLoaded())')
  while (!(await isDrawn())) {
    if (Date.now() > until) throw new Error('the map has not drawn everything within a minute')
    await page.waitForTimeout(100)
  }
}

export interface DrawnFeature {
  id?: string | number
  layer: string
  sourceLayer?: string
  properties: Record<string, unknown>
  /** Pixels from the map's upper left corner; null for what is no point. */
  at: { x: number; y: number } | null
}

/** What the map shows now, of the style layers whose id starts so. */
export async function drawnFeatures(page: Page, layerPrefix: string): Promise<DrawnFeature[]> {
  return page.evaluate(`(() => {
    const map = window.__hazardMap
    const layers = map.getStyle().layers.map((layer) => layer.id).filter((id) => id.startsWith(${JSON.stringify(layerPrefix)}))
    return map.queryRenderedFeatures({ layers }).map((feature) => ({
      id: feature.id,
      layer: feature.layer.id,
      sourceLayer: feature.sourceLayer,
      properties: feature.properties,
      at: feature.geometry.type === 'Point' ? (({ x, y }) => ({ x, y }))(map.project(feature.geometry.coordinates)) : null,
    }))
  })()`)
}
