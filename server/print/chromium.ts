import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'

const FLAGS = [
  // containers rarely allow the sandbox; no page but the product's own is ever opened
  '--no-sandbox',
  // the shared memory of a container is too small for a sheet of A3
  '--disable-dev-shm-usage',
  // the map needs WebGL 2, which a machine without a graphics card draws in software
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // nothing but the product is asked for anything, and that directly
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
const LAUNCH_MILLISECONDS = 30_000

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
/** Where browsers of the same make are on a laptop that has none in its PATH. */
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const WINDOWS_PATHS = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']

/** The browser that is named, else the first of this machine's; null if there is none. */
export function findChromium(named: string | null = process.env.CHROMIUM_PATH || null): string | null {
  if (named !== null) return existsSync(named) ? named : null
  return listPaths(process.env, process.platform).find((path) => existsSync(path)) ?? null
}

/** Every path at which a browser is looked for, best first. */
export function listPaths(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const directories = (environment.PATH ?? '').split(delimiter).filter((directory) => directory !== '')
  if (platform === 'win32') {
    const roots = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
    return roots.flatMap((root) => (root ? WINDOWS_PATHS.map((path) => join(root, path)) : []))
  }
  const inPath = directories.flatMap((directory) => NAMES.map((name) => join(directory, name)))
  return platform === 'darwin' ? [...inPath, ...MAC_PATHS] : inPath
}

/** Starts a browser without a window. Read when first needed: a server that never prints does not load it. */
export async function launchChromium(executablePath = findChromium()): Promise<Browser> {
  if (!executablePath) {
    throw new Error(
      '没有 Chromium：apt-get install chromium fonts-noto-cjk，或设 CHROMIUM_PATH (Chromium is missing)',
    )
  }
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath,
    args: FLAGS,
    timeout: LAUNCH_MILLISECONDS,
    // the server ends in its own order, and the browser with it
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}
