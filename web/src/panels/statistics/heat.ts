import { SECTORS, type Sector, type Statistics } from '@contract'

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

const PALE = [0xf0, 0xf2, 0xf2] as const
const DARK = [0x4c, 0x57, 0x5b] as const
/** Beyond this share the ramp is dark enough that white text passes 4.5 : 1 (at 0.72 the grey is #7A8385: 3.9). */
const WHITE_TEXT_FROM = 0.86
/** Up to here #1C2427 on the ramp keeps 4.5 : 1; between the two the ramp jumps so that neither text is weak. */
const DARK_TEXT_TO = 0.62

/** A cell's grey and the text colour that can be read on it; nothing at all stays white. */
export function heatShade(count: number, max: number): { background: string; isDark: boolean } {
  if (count === 0 || max === 0) return { background: '#ffffff', isDark: false }
  const share = count / max
  const isDark = share > 0.75
  const step = isDark
    ? WHITE_TEXT_FROM + ((share - 0.75) / 0.25) * (1 - WHITE_TEXT_FROM)
    : (share / 0.75) * DARK_TEXT_TO
  const channels = PALE.map((pale, index) => Math.round(pale + ((DARK[index] ?? pale) - pale) * step))
  return { background: `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`, isDark }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
