import type { RiskListItem } from '@contract'

type Pressure = RiskListItem['pressure']

/** One decimal is enough to compare; the drawer shows the product with all its digits. */
export const formatPressure = (score: number): string => score.toFixed(1)

/** The product as it is worked out, so that anybody can do it again: 8 × 2.71 × 1.3 × 1. */
export const productOf = ({ factors }: Pressure): string => factors.map(({ value }) => value).join(' × ')

/** Where a factor comes from, for languages other than the server's: a key of the messages with its numbers. */
export function factorReason(
  item: RiskListItem,
  name: Pressure['factors'][number]['name'],
): { key: string; values: Record<string, string | number> } {
  const { openHazards, exposedPeople, lastDrillOn, riskLevel } = item
  if (name === 'level') {
    return riskLevel === null
      ? { key: 'notAssessed', values: {} }
      : { key: 'level', values: { level: riskLevel } }
  }
  if (name === 'hazards') {
    const { major, suspectedMajor, general, overdue } = openHazards
    return { key: 'hazards', values: { major, suspected: suspectedMajor, general, overdue } }
  }
  if (name === 'exposure') {
    return exposedPeople === null
      ? { key: 'exposureUnknown', values: {} }
      : { key: 'exposure', values: { n: exposedPeople } }
  }
  return lastDrillOn === null
    ? { key: 'neverDrilled', values: {} }
    : { key: 'drill', values: { day: lastDrillOn } }
}
