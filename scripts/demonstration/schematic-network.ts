import { type LngLat, toLngLat } from './plane.ts'
import { makeRandom, type Random } from './random.ts'
import { makeLattice, type StreetRank, type UnitOutline } from './schematic-lattice.ts'
import { type NamedStreet, nameStreets } from './schematic-names.ts'
import { groupConnected, keyOf, shareCrossings } from './schematic-noding.ts'
import { drawBorderStreet, drawStreets, findSharedBorders, type Street } from './schematic-streets.ts'
import { drawSurroundings, type Surroundings } from './schematic-surroundings.ts'

export { samplePlacesAlongNetwork } from './sample-places.ts'
export type { UnitOutline } from './schematic-lattice.ts'

export interface SchematicRoad {
  name: string
  areaCode: string
  class: 'primary' | 'secondary' | 'residential'
  isOneway: boolean
  speedKmh: number
  coordinates: LngLat[]
}

export interface SchematicNetwork extends Surroundings {
  outlines: UnitOutline[]
  roads: SchematicRoad[]
}

const SEED = 220_171
const ROAD_OF_RANK: Record<StreetRank, { class: SchematicRoad['class']; speedKmh: number }> = {
  arterial: { class: 'primary', speedKmh: 60 },
  collector: { class: 'secondary', speedKmh: 50 },
  local: { class: 'residential', speedKmh: 30 },
}

/**
 * Draws an invented street network (示意路网) inside the outlines, the same at every run. No street carries the name of
 * a real one.
 */
export function drawSchematicNetwork(outlines: UnitOutline[], seed: number = SEED): SchematicNetwork {
  const random = makeRandom(seed)
  const borders = findSharedBorders(outlines)
  const lattices = outlines.map((unit) => makeLattice(unit, random))
  const inside: Street[] = lattices.flatMap((lattice) => drawStreets(lattice, borders, random))
  const streets = [...borders.map(drawBorderStreet), ...inside]
  const lines = shareCrossings(streets.map((street) => street.points.map(toLngLat)))
  const prefixes = new Map(lattices.map((lattice) => [lattice.unit.code, lattice.plan.prefix]))
  const named = nameStreets(keepConnected(streets, lines, outlines), prefixes)
  const roads = turnOneway(named, random)
  return { outlines, roads, ...drawSurroundings(lattices, random) }
}

/** Leaves out scraps that no street leads to: in each part of the zone the greatest connected group stays. */
function keepConnected(streets: Street[], lines: LngLat[][], outlines: UnitOutline[]) {
  const groups = groupConnected(lines)
  const parts = groupConnected(outlines.map((outline) => outline.ring))
  const partOfCode = new Map(outlines.map((outline, index) => [outline.code, parts[index]]))
  const vertexCounts = new Map<number, number>()
  for (const [index, line] of lines.entries()) {
    const group = groups[index] ?? -1
    vertexCounts.set(group, (vertexCounts.get(group) ?? 0) + line.length)
  }
  const countOf = (group: number | undefined) => vertexCounts.get(group ?? -1) ?? 0
  const greatest = new Map<number | undefined, number | undefined>()
  for (const [index, street] of streets.entries()) {
    const part = partOfCode.get(street.areaCode)
    if (countOf(groups[index]) > countOf(greatest.get(part))) greatest.set(part, groups[index])
  }
  const kept = new Set(greatest.values())
  return streets.flatMap((street, index) => {
    const coordinates = lines[index] ?? []
    return kept.has(groups[index]) ? [{ ...street, coordinates }] : []
  })
}

/** About a third of the local streets, neighbours in opposite directions, and only where both ends lead on. */
function turnOneway(streets: NamedStreet[], random: Random): SchematicRoad[] {
  const isCandidate = streets.map((street) => street.rank === 'local' && random() < 0.35)
  const twoWay = new Set(
    streets.flatMap((street, index) => (isCandidate[index] ? [] : street.coordinates.map(keyOf))),
  )
  return streets.map((street, index) => {
    const ends = [street.coordinates[0], street.coordinates.at(-1)]
    const leadsOn = ends.every((end) => end !== undefined && twoWay.has(keyOf(end)))
    const isOneway = isCandidate[index] === true && leadsOn
    const isReversed = isOneway && street.lineIndex % 2 === 1
    return {
      name: street.name,
      areaCode: street.areaCode,
      ...ROAD_OF_RANK[street.rank],
      isOneway,
      coordinates: isReversed ? street.coordinates.toReversed() : street.coordinates,
    }
  })
}
