import type { RiskLevel } from '../../core/vocabulary.ts'
import { describeBand, type EndSide, levelOfScore, levelText, type ThresholdSet } from './bands.ts'
import { asNumber, exact } from './exact.ts'
import { pickValue, scale } from './scale.ts'

/** LEC: values, words and bands agree in two transcriptions (confirmed). */
export const LEC = {
  L: scale(
    [10, '完全可以预料'],
    [6, '相当可能'],
    [3, '可能，但不经常'],
    [1, '可能性小，完全意外'],
    [0.5, '很不可能，可以设想'],
    [0.2, '极不可能'],
    [0.1, '实际不可能'],
  ),
  E: scale(
    [10, '连续暴露'],
    [6, '每天工作时间内暴露'],
    [3, '每周一次或偶然暴露'],
    [2, '每月一次'],
    [1, '每年几次'],
    [0.5, '非常罕见'],
  ),
  C: scale(
    [100, '10 人以上死亡'],
    [40, '3～9 人死亡'],
    [15, '1～2 人死亡'],
    [7, '重伤、伤残'],
    [3, '轻伤须救治'],
    [1, '轻微，可忽略'],
  ),
  /** The least D of levels 1, 2 and 3. */
  levelsFrom: [320, 160, 70],
  isConfirmed: true,
} as const

/** The five classes of the table that the method comes with, from their least D on. */
export const LEC_CLASSES: readonly { from: number; meaning: string }[] = [
  { from: 320, meaning: '极其危险，不能继续作业' },
  { from: 160, meaning: '高度危险，立即整改' },
  { from: 70, meaning: '显著危险，需要整改' },
  { from: 20, meaning: '一般危险，需要注意' },
  { from: 0, meaning: '稍有危险，可以接受' },
]

/** One table has 2～9 deaths at C = 40 where the other has 3～9. */
export const LEC_NOTES: readonly string[] = [
  'C=40 有的表写「2～9 人死亡」，本系统按「3～9 人死亡」',
  '原表 320、160、70 归哪一档各地不一，由设置决定，随结果保存',
]

export const lecThresholds = (endsGoTo: EndSide): ThresholdSet => ({
  id: endsGoTo === 'higher' ? 'lec-ends-higher' : 'lec-ends-lower',
  name: `320/160/70，端点归${endsGoTo === 'higher' ? '上' : '下'}一级`,
  levelsFrom: LEC.levelsFrom,
  confirmed: true,
  endsGoTo,
})

export interface Scored {
  inputs: Record<string, number>
  score: number
  level: RiskLevel
  formula: string
  steps: string[]
}

/** D = L·E·C of values that the table offers. Throws RiskInputError for others. */
export function assessLec(
  { L, E, C }: { L?: unknown; E?: unknown; C?: unknown },
  thresholds: ThresholdSet,
): Scored {
  const chosen = { L: pickValue('L', LEC.L, L), E: pickValue('E', LEC.E, E), C: pickValue('C', LEC.C, C) }
  const values = [chosen.L.value, chosen.E.value, chosen.C.value]
  const score = asNumber(values.map(exact).reduce((product, value) => product.mul(value)))
  const level = levelOfScore(score, thresholds)
  const formula = `D=${values.join('×')}=${score}`
  const words = Object.entries(chosen).map(([symbol, { value, label }]) => `${symbol}=${value}「${label}」`)
  const steps = [
    `${words.join('，')}${chosen.C.value === 40 ? `（${LEC_NOTES[0]}）` : ''}。`,
    `D=L×E×C：${formula}。`,
    `D=${score}，${describeBand(level, thresholds)}，为 ${levelText(level)}：${meaningOf(score, thresholds)}。`,
  ]
  if (thresholds.levelsFrom.includes(score)) {
    steps.push(
      `${score} 正在两档之间，端点归属各地不一；按本系统设置归${thresholds.endsGoTo === 'lower' ? '下' : '上'}一级。`,
    )
  }
  return {
    inputs: { L: chosen.L.value, E: chosen.E.value, C: chosen.C.value },
    score,
    level,
    formula,
    steps,
  }
}

function meaningOf(score: number, { endsGoTo }: ThresholdSet): string {
  const found = LEC_CLASSES.find(({ from }) => (endsGoTo === 'lower' ? score > from : score >= from))
  return found?.meaning ?? ''
}
