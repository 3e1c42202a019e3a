import { type GapSummary, SECTORS, type Sector } from '@contract'

export interface MatrixRow {
  /** null: outside every area or not located. */
  area: string | null
  name: string | null
  cells: { sector: Sector; count: number }[]
  total: number
}
export interface Matrix {
  sectors: Sector[]
  rows: MatrixRow[]
  columnTotals: number[]
  max: number
}

/** The table 辖区 × 行业 of a summary by area and sector: only sectors that occur, areas in the server's order. */
export function makeMatrix({ items }: Pick<GapSummary, 'items'>): Matrix {
  const sectors = SECTORS.filter((sector) => items.some((item) => item.sector === sector))
  const areas = [...new Map(items.map(({ area = null, areaName = null }) => [area, areaName]))]
  const rows = areas.map(([area, name]): MatrixRow => {
    const cells = sectors.map((sector) => ({
      sector,
      count: items.find((item) => (item.area ?? null) === area && item.sector === sector)?.count ?? 0,
    }))
    return { area, name, cells, total: cells.reduce((sum, cell) => sum + cell.count, 0) }
  })
  return {
    sectors,
    rows,
    columnTotals: sectors.map((_, index) =>
      rows.reduce((sum, row) => sum + (row.cells[index]?.count ?? 0), 0),
    ),
    max: Math.max(0, ...items.map(({ count }) => count)),
  }
}
