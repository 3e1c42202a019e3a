import { describeBand, levelOfScore, levelText, type ThresholdSet } from './bands.ts'
import type { Scored } from './lec.ts'
import { pickValue, scale } from './scale.ts'

/**
 * LS: the values 1 to 5 stand in one source, the words are a summary of ours and not confirmed. Places use different
 * thresholds, so the set goes with every result.
 */
export const LS = {
  L: scale([1, '极不可能'], [2, '较不可能'], [3, '可能'], [4, '很可能'], [5, '极有可能']),
  S: scale([1, '无伤亡'], [2, '轻微受伤'], [3, '重伤、部分停产'], [4, '1 人死亡'], [5, '多人死亡']),
  /** The least R of levels 1, 2 and 3. */
  levelsFrom: [20, 15, 9],
  isConfirmed: false,
  scheme: '阈值方案 A',
} as const

export type SourcedSet = ThresholdSet & { source: string }

/** What a risk goes by that was graded before sets were kept with the result. */
export const LS_SET_A: SourcedSet = {
  id: 'A',
  name: 'A（20/15/9）',
  levelsFrom: LS.levelsFrom,
  confirmed: true,
  source: '公开转录一处',
}

/** The sets that the product brings along: A stands in one source, B is used in some places and not confirmed. */
export const LS_SETS: readonly SourcedSet[] = [
  LS_SET_A,
  {
    id: 'B',
    name: 'B（17/13/8）',
    levelsFrom: [17, 13, 8],
    confirmed: false,
    source: '部分地方、行业使用，没有检索到佐证',
  },
]

export const LS_HIGHEST = 25

/** R = L·S of 1 to 5, graded by a set of thresholds. Throws RiskInputError for other values. */
export function assessLs({ L, S }: { L?: unknown; S?: unknown }, thresholds: ThresholdSet): Scored {
  const chosen = { L: pickValue('L', LS.L, L), S: pickValue('S', LS.S, S) }
  const score = chosen.L.value * chosen.S.value
  const level = levelOfScore(score, thresholds)
  const formula = `R=${chosen.L.value}×${chosen.S.value}=${score}`
  return {
    inputs: { L: chosen.L.value, S: chosen.S.value },
    score,
    level,
    formula,
    steps: [
      `L=${chosen.L.value}「${chosen.L.label}」，S=${chosen.S.value}「${chosen.S.label}」（说明文字为自拟概括，待核）。`,
      `R=L×S：${formula}。`,
      `按阈值方案「${thresholds.name}」${thresholds.confirmed ? '' : '（待核）'}，R=${score}，${describeBand(level, thresholds)}，为 ${levelText(level)}。`,
    ],
  }
}
