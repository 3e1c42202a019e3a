import type { RiskListItem } from '@contract'

export type Gap = 'responsible' | 'level' | 'place'

/** What the record of a place lacks; the same three that the head of the list counts. */
export function gapsOf(item: Pick<RiskListItem, 'responsible' | 'riskLevel' | 'geometry'>): Gap[] {
  const gaps: Gap[] = []
  if (item.responsible === null) gaps.push('responsible')
  if (item.riskLevel === null) gaps.push('level')
  if (item.geometry === null) gaps.push('place')
  return gaps
}
