import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  // the map needs WebGL 2, which a machine without a graphics card draws in software
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // nothing but the product is asked for anything
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Debian's Chromium, or the one that CHROMIUM_PATH names; null if there is none. */
export function findChromium(): string | null {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const directories = (process.env.PATH ?? '').split(delimiter)
  const paths = directories.flatMap((directory) =>
    ['chromium', 'chromium-browser'].map((name) => join(directory, name)),
  )
  return paths.find((path) => existsSync(path)) ?? null
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new Error(
      '没有 Chromium：apt-get install chromium fonts-noto-cjk，或设 CHROMIUM_PATH (Chromium is missing)',
    )
  }
  return chromium.launch({ executablePath, args: FLAGS })
}
