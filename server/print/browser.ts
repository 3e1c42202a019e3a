import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { makeSlots } from './slots.ts'

const DEFAULTS = {
  pagesAtOnce: 2, // a sheet of A3 takes about half a gigabyte while it is drawn
  waiting: 8, // with about 8 s a sheet nobody waits longer than the limit
  idleMilliseconds: 60_000,
}

/** The browser cannot be started at all. */
export class NoBrowser extends Error {
  override name = 'NoBrowser'
}

/** One browser for all prints: started by the first, restarted after a crash, closed when nobody has printed for a while. */
export class PrintBrowser {
  readonly #executablePath: string
  readonly #idleMilliseconds: number
  readonly #slots: ReturnType<typeof makeSlots>
  #browser: Promise<Browser> | null = null
  #idle: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(executablePath: string, options: Partial<typeof DEFAULTS> = {}) {
    const { pagesAtOnce, waiting, idleMilliseconds } = { ...DEFAULTS, ...options }
    this.#executablePath = executablePath
    this.#idleMilliseconds = idleMilliseconds
    this.#slots = makeSlots(pagesAtOnce, waiting)
  }

  get isRunning(): boolean {
    return this.#browser !== null
  }

  /**
   * Runs some work in a context of its own, which nothing of another print can reach and which is gone afterwards.
   * Throws SlotsFull, NoBrowser, or the signal's reason once it is aborted. Work that a crash cut off is done again.
   */
  async withContext<T>(
    options: BrowserContextOptions,
    signal: AbortSignal,
    work: (context: BrowserContext) => Promise<T>,
  ): Promise<T> {
    const release = await this.#slots.take(signal)
    clearTimeout(this.#idle)
    try {
      return await this.#run(options, signal, work, true)
    } finally {
      release()
      this.#closeWhenIdle()
    }
  }

  /** For good: what still runs is broken off. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#closeBrowser()
  }

  async #closeBrowser(): Promise<void> {
    clearTimeout(this.#idle)
    const opened = this.#browser
    this.#browser = null
    await (await opened?.catch(() => null))?.close()
  }

  async #run<T>(
    options: BrowserContextOptions,
    signal: AbortSignal,
    work: (context: BrowserContext) => Promise<T>,
    mayRepeat: boolean,
  ): Promise<T> {
    const browser = await this.#open()
    let context: BrowserContext | null = null
    const stop = () => void context?.close().catch(() => undefined)
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      context = await browser.newContext(options)
      signal.throwIfAborted()
      return await work(context)
    } catch (error) {
      signal.throwIfAborted()
      if (!mayRepeat || this.#isClosed || browser.isConnected()) throw error
    } finally {
      signal.removeEventListener('abort', stop)
      await context?.close().catch(() => undefined)
    }
    return this.#run(options, signal, work, false)
  }

  async #open(): Promise<Browser> {
    this.#browser ??= this.#launch()
    const opened = this.#browser
    const browser = await opened
    if (browser.isConnected()) return browser
    // it crashed since; whoever sees it first starts the next
    if (this.#browser === opened) this.#browser = null
    return this.#open()
  }

  async #launch(): Promise<Browser> {
    try {
      return await launchChromium(this.#executablePath)
    } catch (cause) {
      this.#browser = null
      throw new NoBrowser('the browser does not start', { cause })
    }
  }

  #closeWhenIdle(): void {
    if (this.#slots.taken > 0 || this.#isClosed) return
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => void this.#closeBrowser(), this.#idleMilliseconds)
    this.#idle.unref()
  }
}
