import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { readUnitOutlines } from './outlines.ts'
import { crossSegments, distance, distanceToLine, isInside, sides, toPlane } from './plane.ts'
import { makeRandom } from './random.ts'
import type { UnitOutline } from './schematic-lattice.ts'
import { toChineseNumber } from './schematic-names.ts'
import { drawSchematicNetwork, type SchematicNetwork, samplePlacesAlongNetwork } from './schematic-network.ts'
import { groupConnected, keyOf } from './schematic-noding.ts'

let outlines: UnitOutline[]
let network: SchematicNetwork
beforeAll(async () => {
  outlines = await readUnitOutlines()
  network = drawSchematicNetwork(outlines)
})

/** The southern units hang together, 兴隆山镇 lies apart. */
const PARTS = [['220171001', '220171002', '220171003', '220171004'], ['220171100']]
const roadsOf = (codes: string[]) => network.roads.filter((road) => codes.includes(road.areaCode))

describe('the schematic network', () => {
  it('is the same at every run, and another with another seed', () => {
    expect(drawSchematicNetwork(outlines)).toEqual(network)
    expect(drawSchematicNetwork(outlines, 1).roads).not.toEqual(network.roads)
  })

  it('has 155 streets with unique names that say 示意 and are not those of real streets', async () => {
    const names = network.roads.map((road) => road.name)
    expect(names).toHaveLength(155)
    expect(new Set(names).size).toBe(155)
    expect(names.filter((name) => !/^示意[西南中东北]?[一二三四五六七八九十]+大?[路街]$/.test(name))).toEqual(
      [],
    )
    const table = await readFile(new URL('../../data/places/road_names.csv', import.meta.url), 'utf8')
    const real = table.split('\n').map((line) => line.split(',')[0] ?? '')
    expect(real).toContain('临河街')
    expect(names.filter((name) => real.includes(name.replace('示意', '')))).toEqual([])
  })

  it.each(PARTS)('is one connected whole in the part of %s', (...codes) => {
    const lines = roadsOf(codes).map((road) => road.coordinates)
    expect(new Set(groupConnected(lines)).size).toBe(1)
  })

  it.each(PARTS)('lets a car reach every vertex and come back in the part of %s', (...codes) => {
    const roads = roadsOf(codes)
    const start = keyOf(roads[0]?.coordinates[0] ?? [0, 0])
    const vertices = new Set(roads.flatMap((road) => road.coordinates.map(keyOf)))
    expect(reach(roads, start, 'forward')).toBe(vertices.size)
    expect(reach(roads, start, 'backward')).toBe(vertices.size)
    expect(roads.filter((road) => road.isOneway).length).toBeGreaterThan(5)
  })

  it('shares a vertex wherever two streets cross', () => {
    const segments = network.roads.flatMap((road) => sides(road.coordinates.map(toPlane)))
    const unshared = segments.flatMap(([a, b], index) =>
      segments.slice(index + 1).filter(([c, d]) => {
        const hit = crossSegments(a, b, c, d)
        return hit !== null && [a, b, c, d].every((end) => distance(end, hit.point) > 0.2)
      }),
    )
    expect(unshared).toEqual([])
  })

  it('stays inside the outlines', () => {
    const rings = outlines.map((outline) => outline.ring.map(toPlane))
    const outside = network.roads
      .flatMap((road) => road.coordinates.map(toPlane))
      .filter((point) => !rings.some((ring) => isInside(ring, point) || distanceToLine(point, ring) < 0.2))
    expect(outside).toEqual([])
  })

  it('is dense enough for routing: blocks of 250 to 500 m on average', () => {
    for (const outline of outlines) {
      const roads = roadsOf([outline.code])
      const degree = new Map<string, number>()
      for (const road of roads) {
        for (const key of new Set(road.coordinates.map(keyOf))) degree.set(key, (degree.get(key) ?? 0) + 1)
      }
      const crossings = [...degree.values()].filter((count) => count > 1).length
      const meters = roads
        .flatMap((road) => sides(road.coordinates.map(toPlane)))
        .reduce((sum, [a, b]) => sum + distance(a, b), 0)
      // two streets meet at a crossing, so each crossing has the length of two sides of a block
      const blockMeters = meters / crossings / 2
      expect(blockMeters).toBeGreaterThan(250)
      expect(blockMeters).toBeLessThan(500)
    }
  })

  it('closes every block, building and water', () => {
    const areas = [...network.landUses, ...network.buildings, ...network.waters]
    const open = areas.filter(({ ring: [first, ...rest] }) => String(first) !== String(rest.at(-1)))
    expect(open).toEqual([])
    expect(network.waters.filter((water) => water.class === 'river').map((water) => water.name)).toEqual([
      '伊通河（示意）',
    ])
    expect(network.railways.length).toBeGreaterThan(0)
  })
})

describe('places along the network', () => {
  it('lie in the unit that they name, in every unit, beside a street of the network', () => {
    const places = samplePlacesAlongNetwork(network, 400, makeRandom(7))
    expect(places).toHaveLength(400)
    const names = new Set(network.roads.map((road) => road.name))
    for (const outline of outlines) {
      const own = places.filter((place) => place.areaCode === outline.code)
      expect(own.length).toBeGreaterThan(40)
      const ring = outline.ring.map(toPlane)
      expect(own.filter((place) => !isInside(ring, toPlane([place.lng, place.lat])))).toEqual([])
    }
    expect(places.filter((place) => !names.has(place.roadName))).toEqual([])
    expect(samplePlacesAlongNetwork(network, 400, makeRandom(7))).toEqual(places)
  })
})

it('writes numbers as street signs do', () => {
  expect([1, 10, 12, 20, 35, 100, 103, 110, 999].map(toChineseNumber)).toEqual([
    '一',
    '十',
    '十二',
    '二十',
    '三十五',
    '一百',
    '一百零三',
    '一百一十',
    '九百九十九',
  ])
})

function reach(roads: SchematicNetwork['roads'], start: string, way: 'forward' | 'backward'): number {
  const next = new Map<string, string[]>()
  const link = (from: string, to: string) => next.set(from, [...(next.get(from) ?? []), to])
  for (const road of roads) {
    for (const [index, vertex] of road.coordinates.entries()) {
      const before = road.coordinates[index - 1]
      if (!before) continue
      if (!road.isOneway || way === 'forward') link(keyOf(before), keyOf(vertex))
      if (!road.isOneway || way === 'backward') link(keyOf(vertex), keyOf(before))
    }
  }
  const seen = new Set([start])
  const queue = [start]
  for (let vertex = queue.pop(); vertex !== undefined; vertex = queue.pop()) {
    for (const neighbour of next.get(vertex) ?? []) {
      if (!seen.has(neighbour)) {
        seen.add(neighbour)
        queue.push(neighbour)
      }
    }
  }
  return seen.size
}
