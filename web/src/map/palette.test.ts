import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as palette from './palette.ts'

const SOURCE = join(import.meta.dirname, '..')

function colorsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('#') ? [value.toUpperCase()] : []
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(colorsIn) : []
}
const KNOWN = new Set(colorsIn(palette))

function files(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    if (statSync(path).isDirectory()) return files(path)
    return /\.(vue|ts|css)$/.test(name) && !name.endsWith('.test.ts') ? [path] : []
  })
}

/** #abc and #aabbcc alike. */
const long = (color: string) =>
  color.length === 4 ? color.replace(/[^#]/g, (digit) => digit + digit) : color.slice(0, 7)

describe('the colours', () => {
  it('on screen are those of the palette and no others', () => {
    const strangers = files(SOURCE).flatMap((file) => {
      const text = readFileSync(file, 'utf8').replaceAll(/href="#\w+"/g, '')
      const colors = [...text.matchAll(/#[0-9a-fA-F]{3,8}\b/g)].map((match) => long(match[0]).toUpperCase())
      return colors.filter((color) => !KNOWN.has(color)).map((color) => `${relative(SOURCE, file)} ${color}`)
    })
    expect(strangers).toEqual([])
  })

  it('of risk are the four of the standard, each with its numeral readable on it', () => {
    expect(palette.RISK[1].fill).toBe('#B3121D')
    for (const { fill, text } of Object.values(palette.RISK)) {
      expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('of texts and tags reach 4.5 on their ground', () => {
    const pairs: [string, string][] = [
      [palette.UI.text3, palette.UI.page],
      [palette.UI.primary, palette.UI.card],
      [palette.UI.headerQuiet, palette.UI.header],
      [palette.OVERDUE.fill, palette.OVERDUE.tint],
      ...Object.values(palette.STATUS_TAG).map(
        ({ background, text }) => [text, background] as [string, string],
      ),
      ...Object.values(palette.RISK).map(({ tint, tintText }) => [tintText, tint] as [string, string]),
      ...palette.RAMP_STEPS.map(({ fill, text }) => [text, fill] as [string, string]),
    ]
    expect(pairs.filter(([one, other]) => contrast(one, other) < 4.5)).toEqual([])
  })
})

function luminance(color: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
