import type { Hexagon, HexagonMeasure, Hexagons, RiskAreas, RiskLevel, RiskMapCounts } from '@contract'
import { shownHexagons } from '../../map/risk-surface.ts'

export type SurfaceColumn = 'sites' | 'open' | 'major' | 'overdue' | 'all' | 'density'
/** A row of the table beside the map; without an id it is a sum, which nothing on the map stands for. */
export interface SurfaceRow {
  id: string | null
  /** Key of the messages where the row has no name of its own. */
  name: string
  level: RiskLevel | null
  figures: Partial<Record<SurfaceColumn, number | null>>
}
export interface SurfaceTableData {
  columns: readonly SurfaceColumn[]
  hasLevel: boolean
  rows: SurfaceRow[]
  sums: SurfaceRow[]
}

export const openOf = ({ openHazards: { general, suspectedMajor, major } }: RiskMapCounts): number =>
  general + suspectedMajor + major

const figuresOf = (counts: RiskMapCounts, density: number | null): SurfaceRow['figures'] => {
  const { major, overdue } = counts.openHazards
  return {
    sites: counts.sites,
    open: openOf(counts),
    ...{ major, overdue, all: counts.hazards, density },
  }
}

export function areaTable({ items, whole, outside }: RiskAreas): SurfaceTableData {
  const sum = (name: string, row: NonNullable<RiskAreas['outside']>): SurfaceRow => ({
    ...{ id: null, name, level: row.level },
    figures: figuresOf(row, row.density),
  })
  return {
    columns: ['sites', 'open', 'overdue'],
    hasLevel: true,
    rows: items.map((item) => ({
      ...{ id: item.code, name: item.name, level: item.level },
      figures: figuresOf(item, item.density),
    })),
    sums: [
      sum('riskMap.whole', whole),
      ...(outside && outside.sites + openOf(outside) > 0 ? [sum('riskMap.outside', outside)] : []),
    ],
  }
}

const nameOf = ({ i, j }: Pick<Hexagon, 'i' | 'j'>) => `${i} · ${j}`
const COLUMNS: Record<'hazards' | 'others', readonly SurfaceColumn[]> = {
  hazards: ['all', 'major', 'overdue'],
  others: ['sites', 'open', 'density'],
}

export function hexagonTable(
  measure: HexagonMeasure,
  { items, totals, unplaced }: Hexagons,
): SurfaceTableData {
  const isOfHazards = measure === 'hazards'
  const sum = (name: string, counts: RiskMapCounts): SurfaceRow => ({
    ...{ id: null, name, level: null },
    figures: figuresOf(counts, null),
  })
  const left = isOfHazards ? unplaced.hazards : unplaced.sites
  return {
    columns: COLUMNS[isOfHazards ? 'hazards' : 'others'],
    hasLevel: !isOfHazards,
    rows: shownHexagons(measure, items).map((item) => ({
      ...{ id: item.id, name: nameOf(item), level: item.level },
      figures: figuresOf(item, item.density),
    })),
    sums: [sum('riskMap.whole', totals), ...(left > 0 ? [sum('riskMap.unplaced', unplaced)] : [])],
  }
}

export interface SurfaceSort {
  by: SurfaceColumn | 'name' | 'level'
  isDescending: boolean
}

/** Of figures the greatest come first at the first press, of levels the gravest, of names the first. */
export const firstSort = (by: SurfaceSort['by']): SurfaceSort => ({
  by,
  isDescending: by !== 'name' && by !== 'level',
})

/** Rows without a figure or a level stand last either way; equal ones keep their order. */
export function sortRows(rows: readonly SurfaceRow[], sort: SurfaceSort | null): SurfaceRow[] {
  if (!sort) return [...rows]
  const { by, isDescending } = sort
  const keyOf = (row: SurfaceRow) =>
    by === 'name' ? row.name : by === 'level' ? row.level : (row.figures[by] ?? null)
  return [...rows].sort((one, other) => {
    const [left, right] = [keyOf(one), keyOf(other)]
    if (left === right) return 0
    if (left === null) return 1
    if (right === null) return -1
    const order =
      typeof left === 'string'
        ? left.localeCompare(String(right), 'zh-CN', { numeric: true })
        : left - Number(right)
    return isDescending ? -order : order
  })
}
