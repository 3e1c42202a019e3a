import type { AreaFeature } from '@contract'

type Ring = readonly (readonly number[])[]

/** Whether a point lies within a ring: a ray to the east crosses its edge an odd number of times. */
function isInRing([lng, lat]: readonly [number, number], ring: Ring): boolean {
  let isInside = false
  for (let index = 0, last = ring.length - 1; index < ring.length; last = index, index += 1) {
    const [x = 0, y = 0] = ring[index] ?? []
    const [lastX = 0, lastY = 0] = ring[last] ?? []
    const crosses = y > lat !== lastY > lat
    if (crosses && lng < ((lastX - x) * (lat - y)) / (lastY - y) + x) isInside = !isInside
  }
  return isInside
}

const isInPolygon = (point: readonly [number, number], [outer, ...holes]: readonly Ring[]): boolean =>
  outer !== undefined && isInRing(point, outer) && !holes.some((hole) => isInRing(point, hole))

const DEPTH = { zone: 0, subdistrict: 1, town: 1, grid: 2 } as const

/**
 * The smallest of my areas that a point lies in, for saying so at once; the server decides by its own outlines.
 * Null: outside all of them.
 */
export function areaAt(point: readonly [number, number], areas: readonly AreaFeature[]): AreaFeature | null {
  const sorted = areas.toSorted((a, b) => DEPTH[b.properties.kind] - DEPTH[a.properties.kind])
  return (
    sorted.find(({ geometry }) => {
      if (geometry.type === 'Polygon') return isInPolygon(point, geometry.coordinates)
      if (geometry.type !== 'MultiPolygon') return false
      return geometry.coordinates.some((polygon) => isInPolygon(point, polygon))
    }) ?? null
  )
}
