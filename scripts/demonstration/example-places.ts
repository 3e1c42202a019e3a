import { v7 as makeId } from 'uuid'
import type { SourcedProtectedPlace, SourcedResource } from '../../server/base-map/places-of-interest.ts'
import type { ProtectedPlaceKind, ResourceKind } from '../../server/core/vocabulary.ts'
import type { Random } from './random.ts'
import type { SampledPlace } from './sample-places.ts'
import { toChineseNumber } from './schematic-names.ts'
import { type SchematicNetwork, samplePlacesAlongNetwork } from './schematic-network.ts'

const SOURCE = '示例数据，虚构'

const RESOURCES: { kind: ResourceKind; name: string; count: number; capacity: string | null }[] = [
  { kind: 'fire_station', name: '示例消防站', count: 5, capacity: '消防车 4 辆，值班 18 人' },
  { kind: 'hospital', name: '示例医院', count: 3, capacity: '床位 300 张，急救车 3 辆' },
  { kind: 'rescue_team', name: '示例救援队', count: 5, capacity: '队员 24 人' },
  { kind: 'shelter', name: '示例避难场所', count: 7, capacity: '可容纳 1500 人' },
  { kind: 'depot', name: '示例物资库', count: 5, capacity: '吸附棉 2 吨，砂袋 800 个，防化服 20 套' },
  { kind: 'hydrant', name: '示例消火栓', count: 15, capacity: null },
]

const PROTECTED_PLACES: {
  kind: ProtectedPlaceKind
  name: string
  count: number
  headcount: [least: number, greatest: number]
}[] = [
  { kind: 'school', name: '示例学校', count: 12, headcount: [400, 1800] },
  { kind: 'kindergarten', name: '示例幼儿园', count: 10, headcount: [60, 280] },
  { kind: 'elderly_home', name: '示例养老院', count: 8, headcount: [40, 220] },
  { kind: 'hospital', name: '示例社区医院', count: 4, headcount: [80, 400] },
  { kind: 'market', name: '示例市场', count: 8, headcount: [150, 1200] },
  { kind: 'residential', name: '示例居民区', count: 18, headcount: [500, 4200] },
]

/** Invented resources along the streets: names and figures are examples. */
export function inventResources(network: SchematicNetwork, random: Random): SourcedResource[] {
  return RESOURCES.flatMap(({ kind, name, count, capacity }) =>
    samplePlacesAlongNetwork(network, count, random).map((place, index) => ({
      ...asSourced(place, kind, `${name}${toChineseNumber(index + 1)}`, index),
      kind,
      phone: null,
      capacity,
    })),
  )
}

/** Invented places that must be protected, with invented headcounts. */
export function inventProtectedPlaces(network: SchematicNetwork, random: Random): SourcedProtectedPlace[] {
  return PROTECTED_PLACES.flatMap(({ kind, name, count, headcount: [least, greatest] }) =>
    samplePlacesAlongNetwork(network, count, random).map((place, index) => ({
      ...asSourced(place, `protected-${kind}`, `${name}${toChineseNumber(index + 1)}`, index),
      kind,
      headcount: Math.round((least + random() * (greatest - least)) / 10) * 10,
    })),
  )
}

const asSourced = (place: SampledPlace, group: string, name: string, index: number) => ({
  id: makeId(),
  sourceKey: `schematic:${group}:${index + 1}`,
  name,
  address: `${place.roadName}旁`,
  source: SOURCE,
  isExample: true,
  position: [place.lng, place.lat] as [number, number],
})
