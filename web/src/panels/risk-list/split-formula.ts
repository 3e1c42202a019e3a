import type { RiskListItem } from '@contract'

/** D=6×6×15=540 as 「D=6×6×15=」 and 「540」, so that the score can stand out; other texts stay whole. */
export function splitFormula({ formula, score }: Pick<RiskListItem['risks'][number], 'formula' | 'score'>): {
  before: string
  score: string
} {
  const end = `=${score}`
  if (score === null || !formula.endsWith(end)) return { before: formula, score: '' }
  return { before: formula.slice(0, 1 - end.length), score: String(score) }
}
