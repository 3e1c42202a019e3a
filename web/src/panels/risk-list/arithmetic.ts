import { LEC, LS, type Risk, type RiskLevel } from '@contract'

/** One box of the arithmetic: L 6 相当可能. `wordKey` names the words of the value in the messages, if it has any. */
export interface Factor {
  symbol: string
  value: number
  wordKey: string | null
}
export interface Arithmetic {
  factors: Factor[]
  /** D of LEC, R of LS; null where the method has no product. */
  symbol: 'D' | 'R' | null
  score: number | null
  /** The band of the score that makes the level; the lower end belongs to it, the upper does not. */
  band: { from: number | null; below: number | null } | null
}

const SYMBOLS = { lec: ['L', 'E', 'C'], ls: ['L', 'S'] } as const
const LEVELS_FROM = { lec: LEC.levelsFrom, ls: LS.levelsFrom }

/** The arithmetic behind a level, or null where the method is not a product of chosen values. */
export function arithmeticOf(
  risk: Pick<Risk, 'method' | 'inputs' | 'score' | 'level'> & Partial<Pick<Risk, 'arithmetic'>>,
): Arithmetic | null {
  const { method } = risk
  if (method !== 'lec' && method !== 'ls') return null
  const factors: Factor[] = []
  for (const symbol of SYMBOLS[method]) {
    const value = numberOf(risk.inputs[symbol] ?? risk.inputs[symbol.toLowerCase()])
    if (value === null) return null
    factors.push({ symbol, value, wordKey: `${method}.${symbol}.${String(value).replace('.', '_')}` })
  }
  return {
    factors,
    symbol: method === 'lec' ? 'D' : 'R',
    score: risk.score,
    band: bandOf(risk.arithmetic?.thresholdSet?.levelsFrom ?? LEVELS_FROM[method], risk.level, risk.score),
  }
}

/** The band is named only where the score lies in it: a level set by judgement has no threshold to show. */
function bandOf(levelsFrom: readonly number[], level: RiskLevel, score: number | null): Arithmetic['band'] {
  const from = level === 4 ? null : (levelsFrom[level - 1] ?? null)
  const below = level === 1 ? null : (levelsFrom[level - 2] ?? null)
  if (score === null || (from !== null && score < from) || (below !== null && score >= below)) return null
  return { from, below }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
