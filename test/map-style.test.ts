import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { TILE_LAYERS } from '../server/core/vocabulary.ts'
import { TILE_DESCRIPTIONS } from '../server/tiles/tilejson.ts'

interface StyleLayer {
  id: string
  source?: string
  'source-layer'?: string
}

// by its address: the viewer is written for the browser's types, these tests are not
const VIEWER = pathToFileURL(join(resolve(import.meta.dirname, '..'), 'web/src/map/build-style.ts')).href

describe("the viewer's map", () => {
  it('reads only source layers that the server serves, up to the zoom that it describes', async () => {
    const { buildStyle } = await import(VIEWER)
    const style = buildStyle({
      origin: 'http://localhost',
      words: {},
      layers: new Set(TILE_LAYERS),
      versions: {},
      baseMap: null,
      marks: [],
      zones: { type: 'FeatureCollection', features: [] },
      locale: 'zh-CN',
      isDimmed: false,
    })
    const read = (style.layers as StyleLayer[]).flatMap((layer) =>
      layer['source-layer'] === undefined ? [] : [`${layer.source}/${layer['source-layer']}`],
    )
    const served = TILE_LAYERS.flatMap((layer) =>
      TILE_DESCRIPTIONS[layer].layers.map(({ id }) => `${layer}/${id}`),
    )
    expect(read.length).toBeGreaterThan(20)
    expect(read.filter((name) => !served.includes(name))).toEqual([])
    for (const layer of TILE_LAYERS) {
      expect(style.sources[layer].maxzoom, layer).toBe(TILE_DESCRIPTIONS[layer].maxzoom)
    }
  })
})
