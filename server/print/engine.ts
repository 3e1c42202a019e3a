import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import type { User } from '../access/model.ts'
import { notImplemented, type ProblemError, timedOut, unavailable } from '../http/problems.ts'
import { NoBrowser, PrintBrowser } from './browser.ts'
import { findChromium } from './chromium.ts'
import { windowOf } from './model.ts'
import { ownOrigin } from './own-origin.ts'
import { printSheet, SheetFailed } from './print-sheet.ts'
import { type Paper, PRINT_SECONDS } from './schema.ts'
import { SlotsFull } from './slots.ts'

const OWN_BROWSER = '也可以选「在浏览器中打印」，用自己的浏览器打印同样的图纸'

export interface PrintJob {
  user: User
  /** Path and query of the viewer's page. */
  address: string
  paper: Paper
  /** Pixels of the picture to a pixel of the page. */
  scale: number
  /** Aborted when whoever asked has left. */
  signal: AbortSignal
  print: (page: Page) => Promise<Buffer>
}

/**
 * Prints pages of the viewer with a browser of this machine. Why so and not with a drawing library: the sheet is the
 * very map of the screen, from the same styles, symbols and words, with real text, and no second drawing of it has to be
 * kept in step. A laptop has a browser, and for a server cut off from the net it is one package of Debian; where there
 * is none, the same page opens in the person's own browser.
 */
export function makePrintEngine(app: FastifyInstance, hasViewer: boolean) {
  let browser: PrintBrowser | null = null
  app.addHook('onClose', async () => browser?.close())

  function open(): { browser: PrintBrowser; origin: string } {
    const origin = ownOrigin(app.server.address())
    if (!hasViewer || origin === null) throw noPrintEngine('这台服务器只有接口，没有可以打印的网页。')
    if (browser === null) {
      const { chromiumPath } = app.context.config
      const path = findChromium(chromiumPath)
      if (path === null)
        throw noPrintEngine(
          chromiumPath === null ? '本服务器没有打印用的浏览器。' : 'CHROMIUM_PATH 所指的浏览器不存在。',
        )
      browser = new PrintBrowser(path)
    }
    return { browser, origin }
  }

  /** Prints one sheet. Throws a problem, or the signal's reason when whoever asked has left. */
  return async function print(job: PrintJob): Promise<Buffer> {
    const engine = open()
    const limit = AbortSignal.timeout(PRINT_SECONDS * 1000)
    const signal = AbortSignal.any([job.signal, limit])
    const options = {
      viewport: windowOf(job.paper),
      deviceScaleFactor: job.scale,
      timezoneId: 'Asia/Shanghai',
      serviceWorkers: 'block' as const,
    }
    try {
      return await engine.browser.withContext(options, signal, (context) =>
        printSheet(
          app.context,
          context,
          {
            user: job.user,
            origin: engine.origin,
            address: job.address,
            signal,
            onRefused: (url) => app.log.warn({ url }, 'a printed page asked for something else'),
          },
          job.print,
        ),
      )
    } catch (error) {
      if (job.signal.aborted) throw error
      app.log.warn({ err: error }, 'not printed')
      throw asPrintProblem(error, limit.aborted)
    }
  }
}

function asPrintProblem(error: unknown, isLate: boolean): unknown {
  if (isLate) {
    return timedOut('PRINT_TIMEOUT', `${PRINT_SECONDS} 秒内没有排好。请缩小范围或稍后再试；${OWN_BROWSER}`)
  }
  if (error instanceof SlotsFull) {
    return unavailable('PRINT_BUSY', `正在打印的人太多，请一分钟后再试；${OWN_BROWSER}`)
  }
  if (error instanceof NoBrowser) return noPrintEngine('打印用的浏览器打不开，原因见服务器日志。')
  if (error instanceof SheetFailed && error.code === 'NO_FONT') return noChineseFont()
  if (error instanceof SheetFailed) return unavailable('PRINT_FAILED', `没有印成：${error.message}`)
  return error
}

const noPrintEngine = (why: string): ProblemError =>
  notImplemented(
    'NO_PRINT_ENGINE',
    `${why}请管理员在服务器上执行 apt-get install chromium fonts-noto-cjk，或用 CHROMIUM_PATH 指明浏览器；${OWN_BROWSER}`,
  )

const noChineseFont = (): ProblemError =>
  notImplemented(
    'NO_PRINT_FONT',
    `本服务器没有中文字体，印出来会是空框。请管理员在服务器上执行 apt-get install fonts-noto-cjk；${OWN_BROWSER}`,
  )
