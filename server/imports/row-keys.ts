import { createHash } from 'node:crypto'
import { comparableText } from '../core/plain-text.ts'

/**
 * What makes a row the same row in another file, so that importing twice changes nothing:
 * - a place: its credit code and name;
 * - a risk: its place, its name and its 危险有害因素 (one risk point often has several);
 * - a hazard: its 编号 if the ledger has one, else place, location, day found and description.
 * Blanks, width and punctuation do not count.
 */
export function siteKey(site: { creditCode: string | null; name: string }): string {
  return `site:${digest([site.creditCode ?? '', site.name])}`
}

export function riskKey(siteRowKey: string, risk: { name: string; hazardFactors: string | null }): string {
  return `risk:${digest([siteRowKey, risk.name, risk.hazardFactors ?? ''])}`
}

export function hazardKey(hazard: {
  writtenNumber: string | null
  creditCode: string | null
  siteName: string | null
  locationText: string | null
  foundOn: string
  description: string
}): string {
  if (hazard.writtenNumber !== null) return `number:${comparableText(hazard.writtenNumber)}`
  const place = hazard.creditCode ?? hazard.siteName ?? ''
  return `hazard:${digest([place, hazard.locationText ?? '', hazard.foundOn, hazard.description])}`
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.map(comparableText).join('\u0001')).digest('hex').slice(0, 32)
}
