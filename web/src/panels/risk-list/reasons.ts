import type { RiskListItem } from '@contract'
import { productOf } from './pressure-text.ts'

/** A sentence to be made from the messages: `riskList.reason.<key>` with its numbers. */
export interface Reason {
  key:
    | 'assessed'
    | 'notAssessed'
    | 'major'
    | 'suspected'
    | 'overdue'
    | 'general'
    | 'neverDrilled'
    | 'drilled'
    | 'pressure'
    | 'exposed'
    | 'exposureUnknown'
  values: Record<string, string | number>
}

/**
 * The reasons of a rank from the item's own figures. The server's sentences are Chinese; other languages say the
 * same from the same numbers, in the same order.
 */
export function reasonsOf(item: RiskListItem): Reason[] {
  const { openHazards: open, risks, lastDrillOn, pressure, exposedPeople } = item
  const highest = risks[0]
  const reasons: Reason[] = [
    highest
      ? { key: 'assessed', values: { level: highest.level, name: highest.name, formula: highest.formula } }
      : { key: 'notAssessed', values: {} },
  ]
  if (open.major > 0) reasons.push({ key: 'major', values: { n: open.major } })
  if (open.suspectedMajor > 0) reasons.push({ key: 'suspected', values: { n: open.suspectedMajor } })
  if (open.general > 0) reasons.push({ key: 'general', values: { n: open.general } })
  if (open.overdue > 0) {
    reasons.push({ key: 'overdue', values: { n: open.overdue, days: open.maxOverdueWorkingDays } })
  }
  reasons.push(
    { key: 'pressure', values: { product: productOf(pressure), score: pressure.score } },
    exposedPeople === null
      ? { key: 'exposureUnknown', values: {} }
      : { key: 'exposed', values: { n: exposedPeople } },
    lastDrillOn === null
      ? { key: 'neverDrilled', values: {} }
      : { key: 'drilled', values: { day: lastDrillOn } },
  )
  return reasons
}
