import { crossSegments, type LngLat, type Point, sides, toLngLat, toPlane } from './plane.ts'

export const keyOf = (point: LngLat): string => `${point[0]},${point[1]}`

interface Side {
  line: number
  index: number
  a: Point
  b: Point
  west: number
  east: number
}

/**
 * Gives every two lines that cross a vertex in common, the same pair of numbers in both: a router that knows lines by
 * their vertices can then turn at every crossing.
 */
export function shareCrossings(lines: LngLat[][]): LngLat[][] {
  const all: Side[] = lines.flatMap((line, lineIndex) =>
    sides(line.map(toPlane)).map(([a, b], index) => ({
      line: lineIndex,
      index,
      a,
      b,
      west: Math.min(a.x, b.x),
      east: Math.max(a.x, b.x),
    })),
  )
  all.sort((first, second) => first.west - second.west)
  const additions = new Map<number, { index: number; share: number; point: LngLat }[]>()
  const add = (side: Side, share: number, point: LngLat) => {
    const list = additions.get(side.line) ?? []
    list.push({ index: side.index, share, point })
    additions.set(side.line, list)
  }
  for (const [position, first] of all.entries()) {
    for (let other = position + 1; other < all.length; other++) {
      const second = all[other]
      if (!second || second.west > first.east) break
      if (second.line === first.line) continue
      const hit = crossSegments(first.a, first.b, second.a, second.b)
      if (!hit) continue
      const point = toLngLat(hit.point)
      add(first, hit.shareOfFirst, point)
      add(second, hit.shareOfSecond, point)
    }
  }
  return lines.map((line, index) => insertVertices(line, additions.get(index) ?? []))
}

function insertVertices(
  line: LngLat[],
  additions: { index: number; share: number; point: LngLat }[],
): LngLat[] {
  const result: LngLat[] = []
  const push = (point: LngLat) => {
    const last = result.at(-1)
    if (!last || keyOf(last) !== keyOf(point)) result.push(point)
  }
  for (const [index, vertex] of line.entries()) {
    push(vertex)
    const here = additions.filter((addition) => addition.index === index)
    for (const { point } of here.sort((a, b) => a.share - b.share)) push(point)
  }
  return result
}

/** Groups lines that hang together by shared vertices: for each line, the number of its group. */
export function groupConnected(lines: LngLat[][]): number[] {
  const parent = lines.map((_, index) => index)
  const find = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root] ?? root
    parent[index] = root
    return root
  }
  const firstAt = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    for (const vertex of line) {
      const key = keyOf(vertex)
      const first = firstAt.get(key)
      if (first === undefined) firstAt.set(key, index)
      else parent[find(index)] = find(first)
    }
  }
  return lines.map((_, index) => find(index))
}
