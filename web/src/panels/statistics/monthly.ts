import type { MonthlyFigure, MonthlyLine } from '@contract'
import type { RouteLocationRaw } from 'vue-router'
import { locale } from '../../messages/i18n.ts'
import { formatCount } from '../../parts/format.ts'

type CountName = Exclude<keyof MonthlyLine, 'generalRate' | 'majorRate'>

/** A column of the monthly figures, in the officials' order. */
export type MonthlyColumn =
  | { kind: 'count'; name: CountName; group: 'general' | 'major' | null }
  | {
      kind: 'rate'
      name: 'generalRate' | 'majorRate'
      group: 'general' | 'major'
      of: CountName
      by: CountName
    }

export const MONTHLY_COLUMNS: readonly MonthlyColumn[] = [
  { kind: 'count', name: 'generalFound', group: 'general' },
  { kind: 'count', name: 'generalClosed', group: 'general' },
  { kind: 'rate', name: 'generalRate', group: 'general', of: 'generalClosed', by: 'generalFound' },
  { kind: 'count', name: 'majorFound', group: 'major' },
  { kind: 'count', name: 'majorClosed', group: 'major' },
  { kind: 'rate', name: 'majorRate', group: 'major', of: 'majorClosed', by: 'majorFound' },
  { kind: 'count', name: 'planned', group: null },
  { kind: 'count', name: 'provided', group: null },
  { kind: 'count', name: 'listed', group: null },
  { kind: 'count', name: 'fundsWan', group: null },
  { kind: 'count', name: 'suspectedFound', group: null },
]

/** Counts in whole numbers, money with its decimals. */
export const valueText = (figure: MonthlyFigure | null): string =>
  figure === null
    ? ''
    : Number.isInteger(figure.value)
      ? formatCount(figure.value)
      : figure.value.toLocaleString('en', { maximumFractionDigits: 4 })

/** The list beside the map of the hazards that a figure counts. */
export function rowsOfFigure(figure: MonthlyFigure | null): RouteLocationRaw {
  return { name: 'map', query: { ...figure?.filters, list: '1' } }
}

export function monthText(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return locale.value === 'en' ? month : `${year} 年 ${Number(number)} 月`
}

/** The months whose figures are shown beside a period: its own, and at least those of its year so far. */
export function monthsOfPeriod(period: { from: string; to: string }): { from: string; to: string } {
  const to = period.to.slice(0, 7)
  const yearStart = `${to.slice(0, 4)}-01`
  const from = period.from.slice(0, 7)
  return { from: from < yearStart ? from : yearStart, to }
}
