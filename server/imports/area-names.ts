import { comparableText } from '../core/plain-text.ts'
import type { KnownArea } from './model.ts'

const bareName = (text: string): string =>
  comparableText(text)
    .replace(/^(吉林省)?(长春市)?(经济技术开发区|经开区|长春经济技术开发区)?/, '')
    .replace(/(街道办事处|街道办|街道|人民政府|镇政府|街|镇|乡)$/, '')

/** The area that a cell names, with or without 街道, 街道办事处 and the like; null for none of ours. */
export function findNamedArea(areas: readonly KnownArea[], text: string): KnownArea | null {
  const compared = comparableText(text)
  const whole = areas.find((area) => comparableText(area.name) === compared || area.code === text.trim())
  if (whole) return whole
  const bare = bareName(text)
  return bare === '' ? null : (areas.find((area) => bareName(area.name) === bare) ?? null)
}

/** The area with most characters in common, to be proposed. */
export function nearestAreaName(areas: readonly KnownArea[], text: string): string | null {
  const bare = bareName(text)
  let best: { name: string; common: number } | null = null
  for (const area of areas) {
    if (area.kind === 'zone') continue
    const common = [...bareName(area.name)].filter((letter) => bare.includes(letter)).length
    if (common >= 2 && common > (best?.common ?? 0)) best = { name: area.name, common }
  }
  return best?.name ?? null
}

/** Whether the first area is the second or lies below it. */
export function isWithin(areas: readonly KnownArea[], code: string | null, ancestor: string): boolean {
  for (let current = code; current !== null; ) {
    if (current === ancestor) return true
    current = areas.find((area) => area.code === current)?.parentCode ?? null
  }
  return false
}
