import type { EChartsCoreOption } from 'echarts/core'
import { PROGRESS, UI } from '../../map/palette.ts'
import type { RateRow } from './figures.ts'

/** Risk colours are for risk levels alone, so lines and bars are ink, pine and violet. */
export const CHART = { ink: UI.ink, pine: UI.primary, violet: PROGRESS.rectifying.fill } as const

const TEXT_SIZE = 12

/** One bar per area, longest first, each with its rate and n/N; the dashed line is the whole. */
export function rateOption(
  rows: RateRow[],
  whole: { rate: number; label: string } | null,
): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 4, right: 110, top: whole ? 26 : 8, bottom: 4, containLabel: true },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: UI.text, fontSize: TEXT_SIZE, width: 104, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        data: rows.map((row) => row.rate ?? 0),
        barWidth: 16,
        itemStyle: { color: CHART.pine, borderRadius: [0, 3, 3, 0] },
        showBackground: true,
        backgroundStyle: { color: UI.hairline, borderRadius: [0, 3, 3, 0] },
        label: {
          show: true,
          position: 'right',
          // the value stands right of the track, so that labels form one column
          formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex]?.label ?? '',
          color: UI.text,
          fontSize: TEXT_SIZE,
        },
        markLine: whole
          ? {
              symbol: 'none',
              silent: true,
              data: [{ xAxis: whole.rate }],
              lineStyle: { color: CHART.ink, type: 'dashed', width: 1.5 },
              label: { formatter: whole.label, color: UI.text, fontSize: TEXT_SIZE, position: 'end' },
            }
          : undefined,
      },
    ],
  }
}

export interface TrendSeries {
  name: string
  values: number[]
  color: string
}

/** Lines with their names at the right end, where the eye arrives; no legend far away. */
export function trendOption(days: string[], series: TrendSeries[]): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 4, right: 96, top: 12, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', confine: true, textStyle: { color: UI.text, fontSize: TEXT_SIZE } },
    xAxis: {
      type: 'category',
      data: days,
      boundaryGap: false,
      axisLine: { lineStyle: { color: UI.hairline } },
      axisTick: { show: false },
      axisLabel: { color: UI.text2, fontSize: TEXT_SIZE, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { color: UI.text2, fontSize: TEXT_SIZE },
      splitLine: { lineStyle: { color: UI.hairline } },
    },
    series: series.map(({ name, values, color }) => ({
      type: 'line',
      name,
      data: values,
      symbol: 'circle',
      symbolSize: 5,
      lineStyle: { color, width: 2 },
      itemStyle: { color },
      endLabel: { show: true, formatter: `${name} {c}`, color, fontSize: TEXT_SIZE, fontWeight: 600 },
      labelLayout: { moveOverlap: 'shiftY' },
    })),
  }
}
