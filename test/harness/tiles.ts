import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { type Bounds, type TileAddress, tilesCovering } from '../../server/core/tile-grid.ts'
import type { TestApp } from './app.ts'

export interface ReadFeature {
  id: number | undefined
  type: 0 | 1 | 2 | 3
  properties: Record<string, number | string | boolean>
  points: number[][]
}
export type ReadLayers = Record<string, ReadFeature[]>

/** What a client sees in a tile. */
export function decodeTile(bytes: Uint8Array): ReadLayers {
  const tile = new VectorTile(new PbfReader(bytes))
  return Object.fromEntries(
    Object.entries(tile.layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, index) => {
        const feature = layer.feature(index)
        const points = feature.loadGeometry().flatMap((ring) => ring.map(({ x, y }) => [x, y]))
        return { id: feature.id, type: feature.type, properties: { ...feature.properties }, points }
      }),
    ]),
  )
}

export const tileUrl = (layer: string, { z, x, y }: TileAddress, query = ''): string =>
  `/tiles/${layer}/${z}/${x}/${y}.mvt${query}`

export async function getTile(
  test: TestApp,
  username: string,
  layer: string,
  tile: TileAddress,
  query = '',
): Promise<ReadLayers> {
  const reply = await test.get(username, tileUrl(layer, tile, query))
  if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body}`)
  return decodeTile(reply.rawPayload)
}

/** Single features and what cells count, over all tiles of a zoom that cover the box. */
export async function sumOfTiles(
  test: TestApp,
  username: string,
  layer: string,
  zoom: number,
  box: Bounds,
  query = '',
): Promise<number> {
  let sum = 0
  for (const tile of tilesCovering(box, zoom)) {
    const layers = await getTile(test, username, layer, tile, query)
    sum += layers[layer]?.length ?? 0
    for (const cell of layers.cells ?? []) sum += Number(cell.properties.n)
  }
  return sum
}
