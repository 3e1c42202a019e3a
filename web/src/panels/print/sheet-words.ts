import type { AreaFeature, BaseMap, PrintSettings } from '@contract'

/** The place that a sheet is of: the zone, or the one area that a person may see; else nothing. */
export function placeOf(areas: readonly AreaFeature[]): string {
  const zone = areas.find(({ properties }) => properties.kind === 'zone')
  if (zone) return zone.properties.name
  const units = areas.filter(({ properties }) => properties.kind !== 'grid')
  return units.length === 1 ? (units[0]?.properties.name ?? '') : ''
}

export interface Approvals {
  /** Number of the map itself; null: it was not examined and must not be published. */
  own: string | null
  /** Number of the Tianditu base map; undefined where none is on the sheet. */
  tianditu: string | null | undefined
}

/** A base map's number does not stand for the map that was drawn upon it. */
export function approvalsOf({ chosen, defaults }: PrintSettings, baseMap: BaseMap | null): Approvals {
  const isTianditu = baseMap?.id.startsWith('tianditu') ?? false
  return {
    own: chosen.approvalOwn,
    tianditu: isTianditu ? (chosen.approvalTianditu ?? defaults.approvalTianditu) : undefined,
  }
}

export const unitOf = ({ chosen, defaults }: PrintSettings): string => chosen.unitName ?? defaults.unitName
