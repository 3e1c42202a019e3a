import { describe, expect, it } from 'vitest'
import { boundsOfPlaces, clusterOf } from './clusters.ts'

const SIZE = { width: 400, height: 300 }
/** A hundred pixels for a degree, shifted as the map is moved. */
const shifted =
  (dx: number) =>
  ([lng, lat]: readonly [number, number]) => ({ x: lng * 100 + dx, y: 300 - lat * 100 })
const at = (id: string, lng: number, lat: number) => ({ id, lng, lat })
const PLACES = [at('a', 1.0, 1.0), at('b', 1.2, 0.9), at('c', 3.0, 2.0), at('far', 60, 1)]

describe('the circles of the map', () => {
  it('count what would touch, stand in its middle, and leave out what is not in the picture', () => {
    const clusters = clusterOf(PLACES, shifted(0), 50, SIZE)
    expect(clusters.map(({ members }) => members.map(({ id }) => id))).toEqual([['a', 'b'], ['c']])
    expect(clusters[0]).toMatchObject({ x: 110, y: 205 })
  })

  it('stay together when the map moves', () => {
    for (let dx = 0; dx < 50; dx += 7) {
      const [first] = clusterOf(PLACES, shifted(dx), 50, SIZE)
      expect(first?.members).toHaveLength(2)
    }
  })

  it('never lie over each other', () => {
    // two squares apart by a line between them
    const close = [at('a', 0.49, 1), at('b', 0.51, 1), at('c', 3, 2)]
    const clusters = clusterOf(close, shifted(0), 50, SIZE)
    expect(clusters.map(({ members }) => members.length)).toEqual([2, 1])
    expect(clusters.flatMap(({ members }) => members)).toHaveLength(3)
  })

  it('have a box to go to', () => {
    expect(boundsOfPlaces(PLACES.slice(0, 3))).toEqual([1, 0.9, 3, 2])
    expect(boundsOfPlaces([])).toBeNull()
  })
})
