import type { AreaRule, Hexagon, HexagonMeasure, HexagonSize, RiskArea } from '@contract'
import type { FeatureCollection } from 'geojson'
import { classBounds, classOf } from './class-bounds.ts'

/** The coloured surface of the map: areas by a rule, or a grid of hexagons. Only one lies on the map at a time. */
export type RiskSurface = {
  /** What was asked for last has not come yet. */
  isStale: boolean
  features: FeatureCollection
  /** A point for each feature: a text written on a surface would stand there once for each tile that it touches. */
  anchors: FeatureCollection
} & (
  | { kind: 'areas'; rule: AreaRule; rows: readonly RiskArea[] }
  | {
      kind: 'hexagons'
      size: HexagonSize
      measure: HexagonMeasure
      rows: readonly Hexagon[]
      /** Where the classes of the grey ramp begin, but for the first; levels have none. */
      bounds: readonly number[]
    }
)

/** What of the surface is selected, and what the mouse or a row of the table points at. */
export interface SurfaceMarks {
  selected: string | null
  pointed: string | null
}

export function areaSurface(rule: AreaRule, rows: readonly RiskArea[], isStale: boolean): RiskSurface {
  const drawn = rows.map((row) => ({
    geometry: row.geometry,
    anchor: row.anchor,
    properties: { id: row.code, level: row.level },
  }))
  return { kind: 'areas', rule, rows, isStale, ...collect(drawn) }
}

export function hexagonSurface(
  { size, measure }: { size: HexagonSize; measure: HexagonMeasure },
  items: readonly Hexagon[],
  isStale: boolean,
): RiskSurface {
  const rows = shownHexagons(measure, items)
  const bounds = measure === 'level' ? [] : classBounds(rows.map((row) => row.value ?? 0))
  const drawn = rows.map((row) => ({
    geometry: row.geometry,
    anchor: row.center,
    properties: {
      id: row.id,
      level: row.level,
      class: classOf(row.value ?? 0, bounds),
      text: hexagonText(measure, row.value),
    },
  }))
  return { kind: 'hexagons', size, measure, rows, bounds, isStale, ...collect(drawn) }
}

/** Hexagons without a site say nothing of sites, and those without a hazard nothing of hazards. */
export function shownHexagons(measure: HexagonMeasure, items: readonly Hexagon[]): Hexagon[] {
  return items.filter((item) => (measure === 'hazards' ? item.hazards : item.sites) > 0)
}

/** A value as a hexagon and the table have it. */
export function hexagonText(measure: HexagonMeasure, value: number | null): string {
  if (value === null) return '–'
  if (measure !== 'risk') return String(value)
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1)
}

interface Drawn {
  geometry: GeoJSON.Geometry
  anchor: [number, number]
  properties: Record<string, string | number | null>
}

function collect(drawn: readonly Drawn[]): Pick<RiskSurface, 'features' | 'anchors'> {
  const withAnchor = drawn.map(({ geometry, anchor: [lng, lat], properties }) => ({
    geometry,
    properties: { ...properties, lng, lat },
  }))
  return {
    features: {
      type: 'FeatureCollection',
      features: withAnchor.map((one) => ({ type: 'Feature', ...one })),
    },
    anchors: {
      type: 'FeatureCollection',
      features: withAnchor.map(({ properties }) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [properties.lng, properties.lat] },
        properties,
      })),
    },
  }
}
