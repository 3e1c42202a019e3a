import { SECTORS, type Sector, type Statistics } from '@contract'
import { type Color, RAMP, UI } from '../../map/palette.ts'

export interface HeatRow {
  /** null: outside every area or not located. */
  area: string | null
  name: string | null
  cells: { sector: Sector; count: number }[]
  total: number
}
export interface Heat {
  sectors: Sector[]
  rows: HeatRow[]
  columnTotals: number[]
  max: number
  total: number
}

/** The table 辖区 × 行业: only sectors that occur, areas in the server's order, no area last. */
export function makeHeat(statistics: Pick<Statistics, 'byArea' | 'areaBySector'>): Heat {
  const counts = new Map<string, number>()
  const key = (area: string | null, sector: Sector) => `${area ?? ''}/${sector}`
  for (const { area, sector, count } of statistics.areaBySector) counts.set(key(area, sector), count)
  const sectors = SECTORS.filter((sector) =>
    statistics.areaBySector.some((item) => item.sector === sector && item.count > 0),
  )
  const areas = [...statistics.byArea].sort(
    (one, other) => Number(one.area === null) - Number(other.area === null),
  )
  const rows = areas.map(({ area, areaName }) => {
    const cells = sectors.map((sector) => ({ sector, count: counts.get(key(area, sector)) ?? 0 }))
    return { area, name: areaName, cells, total: sum(cells.map((cell) => cell.count)) }
  })
  const columnTotals = sectors.map((_sector, index) => sum(rows.map((row) => row.cells[index]?.count ?? 0)))
  const max = Math.max(0, ...rows.flatMap((row) => row.cells.map((cell) => cell.count)))
  return { sectors, rows, columnTotals, max, total: sum(columnTotals) }
}

/** Dark text stands on the pale part of the ramp, white text on its dark end; the greys between carry neither at 4.5 : 1. */
const DARK_TEXT_TO = 0.62
const WHITE_TEXT_FROM = 0.86
/** From this share of the greatest count a cell is of the dark end. */
const DARK_FROM = 0.75

/** A cell's grey and the text colour that can be read on it; nothing at all stays white. */
export function heatShade(count: number, max: number): { background: Color; text: Color } {
  if (count === 0 || max === 0) return { background: UI.card, text: UI.text }
  const share = count / max
  const isDark = share > DARK_FROM
  const step = isDark
    ? WHITE_TEXT_FROM + ((share - DARK_FROM) / (1 - DARK_FROM)) * (1 - WHITE_TEXT_FROM)
    : (share / DARK_FROM) * DARK_TEXT_TO
  const dark = channelsOf(RAMP.dark)
  const mixed = channelsOf(RAMP.pale).map((pale, index) =>
    Math.round(pale + ((dark[index] ?? pale) - pale) * step),
  )
  const hex = mixed.map((value) => value.toString(16).padStart(2, '0')).join('')
  return { background: `#${hex}`, text: isDark ? UI.card : UI.text }
}

function channelsOf(color: Color): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
