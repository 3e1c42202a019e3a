export interface Placed {
  id: string
  lng: number
  lat: number
}

/** Several places that would touch each other on the screen, or one by itself. */
export interface Cluster<P extends Placed> {
  x: number
  y: number
  members: P[]
}

/**
 * Puts together what lies in the same square of the screen; the circle stands in the middle of its members. Squares are
 * counted from the world's origin, so that moving the map takes no circle apart.
 */
export function clusterOf<P extends Placed>(
  places: readonly P[],
  project: (lngLat: readonly [number, number]) => { x: number; y: number },
  cellPixels: number,
  size: { width: number; height: number },
): Cluster<P>[] {
  const origin = project([0, 0])
  const cells = new Map<string, { sumX: number; sumY: number; members: P[] }>()
  for (const place of places) {
    const { x, y } = project([place.lng, place.lat])
    // a little outside still reaches into the picture
    if (x < -cellPixels || y < -cellPixels || x > size.width + cellPixels || y > size.height + cellPixels)
      continue
    const key = `${Math.floor((x - origin.x) / cellPixels)}/${Math.floor((y - origin.y) / cellPixels)}`
    const cell = cells.get(key) ?? { sumX: 0, sumY: 0, members: [] }
    cell.sumX += x
    cell.sumY += y
    cell.members.push(place)
    cells.set(key, cell)
  }
  return mergeTouching(
    [...cells.values()].map(({ sumX, sumY, members }) => ({
      x: sumX / members.length,
      y: sumY / members.length,
      members,
    })),
    cellPixels,
  )
}

/** Circles of neighbouring squares whose middles lie nearer than a square is wide become one. */
function mergeTouching<P extends Placed>(clusters: Cluster<P>[], distance: number): Cluster<P>[] {
  const merged: Cluster<P>[] = []
  // the fullest first, so that the small ones go to it
  for (const cluster of clusters.sort((a, b) => b.members.length - a.members.length)) {
    const near = merged.find(({ x, y }) => Math.hypot(x - cluster.x, y - cluster.y) < distance)
    if (near) near.members.push(...cluster.members)
    else merged.push(cluster)
  }
  return merged
}

/** The box round places, for going near enough to see them apart. */
export function boundsOfPlaces(places: readonly Placed[]): [number, number, number, number] | null {
  if (places.length === 0) return null
  const lngs = places.map(({ lng }) => lng)
  const lats = places.map(({ lat }) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}
