import { RISK_LEVELS, SEVERITIES, type Severity } from '@contract'
import { cellRadius, HAZARD_RADIUS, PLOT_RADIUS, SITE_RADIUS } from './image-names.ts'
import type { Bounds, Selection, SelectionKind } from './view.ts'

/** A symbol under the mouse, or a cell of many. */
export type Picked =
  | {
      kind: SelectionKind
      id: string
      lngLat: [number, number]
      radius: number
      image: string
      title: string
      properties: Record<string, unknown>
    }
  | { kind: 'cell'; id: string; lngLat: [number, number]; radius: number; bounds: Bounds; count: number }
  | PickedSurface

/** A piece of a surface. It is as large as it is drawn, and its position only says where its name stands. */
export interface PickedSurface {
  kind: 'surface'
  id: string
  selection: Selection
  lngLat: [number, number]
  radius: number
}
/** A symbol that stands for one thing. */
export type PickedThing = Exclude<Picked, { kind: 'cell' | 'surface' }>

interface RenderedFeature {
  id?: string | number | undefined
  layer: { id: string; layout?: unknown }
  properties: Record<string, unknown>
  geometry: GeoJSON.Geometry
}

const KINDS: Record<string, SelectionKind> = {
  hazards: 'hazard',
  sites: 'site',
  drills: 'drill',
  resources: 'resource',
  'protected-places': 'protectedPlace',
}

/** What the map drew, as what it stands for; null for what nobody can open. */
export function asPicked(feature: RenderedFeature): Exclude<Picked, PickedSurface> | null {
  if (feature.geometry.type !== 'Point') return null
  const [lng, lat] = feature.geometry.coordinates
  if (lng === undefined || lat === undefined) return null
  const { properties } = feature
  const lngLat: [number, number] = [lng, lat]
  if (feature.layer.id === 'hazards/cells') {
    const { west, south, east, north, n } = properties
    return {
      kind: 'cell',
      id: `cell:${feature.id}`,
      lngLat,
      radius: cellRadius(Number(n)),
      bounds: [Number(west), Number(south), Number(east), Number(north)],
      count: Number(n),
    }
  }
  const kind = KINDS[feature.layer.id.split('/')[0] ?? '']
  if (!kind || typeof properties.id !== 'string') return null
  return {
    kind,
    id: properties.id,
    lngLat,
    radius: radiusOf(kind, properties),
    image: imageOf(feature),
    title: String(properties.title ?? properties.name ?? ''),
    properties,
  }
}

/** The piece of a surface that the map drew. */
export function asPickedSurface({ layer, properties }: RenderedFeature): PickedSurface | null {
  const { id, lng, lat } = properties
  if (typeof id !== 'string') return null
  const kind = layer.id.startsWith('hexagons/') ? 'hexagon' : 'area'
  return {
    kind: 'surface',
    id: `${kind}:${id}`,
    selection: { kind, id },
    lngLat: [Number(lng), Number(lat)],
    radius: 0,
  }
}

function radiusOf(kind: SelectionKind, properties: Record<string, unknown>): number {
  if (kind === 'hazard') {
    const severity = SEVERITIES.find((known) => known === properties.severity) ?? ('general' as Severity)
    return HAZARD_RADIUS[severity]
  }
  if (kind === 'site') {
    const level = RISK_LEVELS.find((known) => known === properties.riskLevel) ?? 4
    return SITE_RADIUS - level + 2
  }
  return PLOT_RADIUS
}

/** The engine gives the layout back with the feature's own values put in. */
function imageOf({ layer }: RenderedFeature): string {
  const image = (layer.layout as { 'icon-image'?: unknown } | undefined)?.['icon-image']
  if (typeof image === 'string') return image
  return typeof image === 'object' && image !== null && 'name' in image
    ? String(image.name)
    : String(image ?? '')
}
