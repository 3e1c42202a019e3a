import type { EChartsCoreOption } from 'echarts/core'
import { type Color, PROGRESS, UI } from '../../map/palette.ts'
import type { RateRow } from './figures.ts'

/** Risk colours are for risk levels alone, so lines and bars are ink, pine and violet. */
export const CHART = { ink: UI.ink, pine: UI.primary, violet: PROGRESS.rectifying.fill } as const

const TEXT_SIZE = 12

/** One bar per area with its rate and n/N in a column beside them; the dashed line is the whole. */
export function rateOption(rows: RateRow[], whole: number | null): EChartsCoreOption {
  const names = { type: 'category', inverse: true, axisLine: { show: false }, axisTick: { show: false } }
  return {
    animation: false,
    grid: { left: 4, right: 4, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: [
      {
        ...names,
        data: rows.map((row) => row.name),
        axisLabel: { color: UI.text, fontSize: TEXT_SIZE, width: 112, overflow: 'truncate' },
      },
      {
        ...names,
        position: 'right',
        data: rows.map((row) => row.label),
        axisLabel: { color: UI.text, fontSize: TEXT_SIZE },
      },
    ],
    series: [
      {
        type: 'bar',
        data: rows.map((row) => row.rate ?? 0),
        barWidth: 16,
        itemStyle: { color: CHART.pine, borderRadius: [0, 3, 3, 0] },
        showBackground: true,
        backgroundStyle: { color: UI.hairlineInner, borderRadius: [0, 3, 3, 0] },
        ...(whole === null ? {} : { markLine: wholeLine(whole) }),
      },
      // without a series of its own the axis on the right has nothing to stand for and is not drawn
      { type: 'bar', yAxisIndex: 1, data: [] },
    ],
  }
}

const wholeLine = (rate: number) => ({
  symbol: 'none',
  silent: true,
  data: [{ xAxis: rate }],
  lineStyle: { color: CHART.ink, type: 'dashed', width: 1.5 },
  label: { show: false },
})

export interface TrendSeries {
  name: string
  values: number[]
  color: Color
}

/** One line on a scale of its own: beside all that is open, what is overdue would lie flat on the ground. */
export function trendOption(labels: string[], { name, values, color }: TrendSeries): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 4, right: 16, top: 12, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', confine: true, textStyle: { color: UI.text, fontSize: TEXT_SIZE } },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: false,
      axisLine: { lineStyle: { color: UI.hairline } },
      axisTick: { show: false },
      axisLabel: { color: UI.text2, fontSize: TEXT_SIZE, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: UI.text2, fontSize: TEXT_SIZE },
      splitLine: { lineStyle: { color: UI.hairlineInner } },
    },
    series: [
      {
        type: 'line',
        name,
        data: values,
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color, width: 2 },
        itemStyle: { color },
      },
    ],
  }
}
