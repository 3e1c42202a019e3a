import { expect, it } from 'vitest'
import { type Assembled, assemble } from './assemble.ts'
import type { Gathered } from './gather.ts'
import { NodePositions } from './positions.ts'

/** Nodes 1 to 4 are the corners of an outer square, 5 to 8 those of a hole in it. */
const CORNERS: [number, number][] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 2],
]

function make(rest: Partial<Gathered>): Gathered {
  const positions = new NodePositions()
  for (const [index] of CORNERS.entries()) positions.want(index + 1)
  positions.close()
  for (const [index, [lng, lat]] of CORNERS.entries()) positions.set(index + 1, lng, lat)
  return {
    nodes: [],
    ways: new Map(),
    relations: [],
    positions,
    counts: { nodes: 0, ways: 0, relations: 0 },
    ...rest,
  }
}
const ways = (...list: { id: number; refs: number[]; tags?: Record<string, string> }[]) =>
  new Map(list.map((way) => [way.id, { type: 'way' as const, ...way }]))
const plain = (things: Iterable<Assembled>) =>
  [...things].map(({ table, row }) => ({
    table,
    key: row.sourceKey,
    ...('geometry' in row ? { geometry: row.geometry } : {}),
  }))

it('turns a way drawn against its direction', () => {
  const things = [
    ...assemble(make({ ways: ways({ id: 1, refs: [1, 2], tags: { highway: 'primary', oneway: '-1' } }) })),
  ]
  expect(things).toEqual([
    {
      table: 'roads',
      row: {
        sourceKey: 'w1',
        name: null,
        class: 'primary',
        isOneway: true,
        speedKmh: null,
        importance: 3,
        geometry: {
          type: 'LineString',
          coordinates: [
            [4, 0],
            [0, 0],
          ],
        },
      },
    },
  ])
})

it('makes one closed way a building and a school at its middle', () => {
  const tags = { building: 'school', amenity: 'school', name: '示例学校' }
  const things = [...assemble(make({ ways: ways({ id: 2, refs: [1, 2, 3, 4, 1], tags }) }))]
  expect(things.map((thing) => [thing.table, thing.row.sourceKey])).toEqual([
    ['buildings', 'w2'],
    ['protected_places', 'osm:w2'],
  ])
  expect(things[1]?.row).toMatchObject({
    name: '示例学校',
    kind: 'school',
    headcount: null,
    position: [2, 2],
  })
})

it('hands over the rings of a multipolygon as lines, and takes no surface from an open way', () => {
  const members = [
    { type: 'way' as const, ref: 10, role: 'outer' },
    { type: 'way' as const, ref: 11, role: 'inner' },
  ]
  const gathered = make({
    ways: ways(
      { id: 10, refs: [1, 2, 3, 4, 1] },
      { id: 11, refs: [5, 6, 7, 8, 5] },
      { id: 12, refs: [1, 2, 3], tags: { landuse: 'forest' } },
    ),
    relations: [{ type: 'relation', id: 5, members, tags: { type: 'multipolygon', natural: 'water' } }],
  })
  expect(plain(assemble(gathered))).toEqual([
    {
      table: 'waters',
      key: 'r5a',
      geometry: {
        type: 'MultiLineString',
        coordinates: [
          [0, 1, 2, 3, 0],
          [4, 5, 6, 7, 4],
        ].map((ring) => ring.map((index) => CORNERS[index])),
      },
    },
  ])
})

it('takes the tags of an untagged multipolygon from its outer way, once', () => {
  const gathered = make({
    ways: ways(
      { id: 10, refs: [1, 2, 3, 4, 1], tags: { landuse: 'forest' } },
      { id: 11, refs: [5, 6, 7, 8, 5] },
    ),
    relations: [
      {
        type: 'relation',
        id: 6,
        members: [
          { type: 'way', ref: 10, role: 'outer' },
          { type: 'way', ref: 11, role: 'inner' },
        ],
        tags: { type: 'multipolygon' },
      },
    ],
  })
  expect(plain(assemble(gathered)).map(({ table, key }) => [table, key])).toEqual([['land_uses', 'r6']])
})

it('leaves out ways without two places in the extract', () => {
  const gathered = make({
    ways: ways(
      { id: 1, refs: [1, 99], tags: { highway: 'primary' } },
      { id: 2, refs: [1, 1], tags: { highway: 'primary' } },
    ),
  })
  expect([...assemble(gathered)]).toEqual([])
})
