import { dayOf, type LevelStep } from '@contract'
import type { EChartsCoreOption } from 'echarts/core'
import { RISK, UI } from '../../../map/palette.ts'

/** How one step reads where the pointer rests, and on the axis. */
export interface ChartWords {
  levelName: (level: number) => string
  describe: (step: LevelStep) => string
}

const LEVELS = [1, 2, 3, 4] as const

/** A step line by date, major on top: the level holds until the next step, and the last one until today. */
export function levelChart(steps: readonly LevelStep[], words: ChartWords, now: Date): EChartsCoreOption {
  const last = steps.at(-1)
  const points = steps.map((step) => ({
    value: [step.from, step.level],
    symbolSize: step.level === null ? 0 : 11,
    itemStyle: {
      color: step.level === null ? UI.card : RISK[step.level].fill,
      borderColor: UI.ink,
      borderWidth: 1.25,
    },
  }))
  const today = dayOf(now)
  if (last && last.from < today) {
    points.push({
      value: [today, last.level],
      symbolSize: 0,
      itemStyle: { color: UI.card, borderColor: UI.ink, borderWidth: 0 },
    })
  }
  return {
    animation: false,
    grid: { left: 4, right: 16, top: 14, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const step = steps[dataIndex]
        return step ? words.describe(step) : ''
      },
    },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: UI.border } },
      axisLabel: { color: UI.text2, fontSize: 11, hideOverlap: true, formatter: '{yyyy}-{MM}' },
    },
    yAxis: {
      type: 'value',
      min: 0.6,
      max: 4.4,
      interval: 1,
      inverse: true,
      axisLabel: {
        color: UI.text,
        fontSize: 12,
        // clear of the dot of the first step
        margin: 16,
        customValues: [...LEVELS],
        formatter: (level: number) => words.levelName(level),
      },
      axisTick: { customValues: [...LEVELS], show: false },
      splitLine: { lineStyle: { color: UI.hairlineInner } },
    },
    series: [
      {
        type: 'line',
        step: 'end',
        data: points,
        connectNulls: false,
        symbol: 'circle',
        showAllSymbol: true,
        lineStyle: { color: UI.ink, width: 2 },
      },
    ],
  }
}
