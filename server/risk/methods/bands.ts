import { RISK_LEVEL_TERMS, type RiskLevel } from '../../core/vocabulary.ts'

/** To which level a score belongs that lies exactly on the end of a band; places differ on it. */
export const END_SIDES = ['higher', 'lower'] as const
export type EndSide = (typeof END_SIDES)[number]

/** The scores at which the levels 1, 2 and 3 begin, under the name by which people know the set. */
export interface ThresholdSet {
  id: string
  name: string
  levelsFrom: readonly number[]
  confirmed: boolean
  endsGoTo?: EndSide
}

export function levelOfScore(score: number, { levelsFrom, endsGoTo }: ThresholdSet): RiskLevel {
  const index = levelsFrom.findIndex((from) => (endsGoTo === 'lower' ? score > from : score >= from))
  return (index === -1 ? 4 : index + 1) as RiskLevel
}

/** The band of a level in words: 不小于 160、小于 320. */
export function describeBand(level: RiskLevel, { levelsFrom, endsGoTo }: ThresholdSet): string {
  const [atLeast, below] = endsGoTo === 'lower' ? ['大于', '不大于'] : ['不小于', '小于']
  const from = levelsFrom[level - 1]
  const to = levelsFrom[level - 2]
  return [from === undefined ? '' : `${atLeast} ${from}`, to === undefined ? '' : `${below} ${to}`]
    .filter(Boolean)
    .join('、')
}

export const levelText = (level: RiskLevel): string => `${level} 级${RISK_LEVEL_TERMS[level].zh}`
