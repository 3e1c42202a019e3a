import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { buildLegend, buildStyle, MAP_LAYERS, pickableLayers } from './build-style.ts'
import { LAYER_IDS, type MapState } from './layer.ts'
import { DRAWING_ORDER } from './order.ts'
import * as palette from './palette.ts'

const versions = {
  hazards: 7,
  sites: 7,
  drills: 0,
  areas: 0,
  base: 0,
  resources: 0,
  'protected-places': 0,
}
const state: MapState = {
  origin: 'http://127.0.0.1:4180',
  words: { status: 'open', q: '液氨 & 储罐' },
  layers: new Set(LAYER_IDS),
  versions,
  baseMap: null,
  marks: [
    { role: 'selected', lngLat: [125.4, 43.8], radius: 10, image: 'hazard/general/waiting/fire/0/0' },
    { role: 'measured', lngLat: [125.4, 43.8], radius: 4 },
    { role: 'measured', lngLat: [125.5, 43.8], radius: 4 },
  ],
  zones: { type: 'FeatureCollection', features: [] },
  locale: 'zh-CN',
  isDimmed: false,
}
const raster: MapState = {
  ...state,
  baseMap: {
    id: 'tianditu-vec',
    title: '天地图',
    kind: 'raster',
    tiles: ['/basemap/vec/{z}/{x}/{y}', '/basemap/cva/{z}/{x}/{y}'],
    minZoom: 1,
    maxZoom: 18,
    tileSize: 256,
    vectorLayers: [],
    attribution: '天地图',
  },
}

const foreignVector: MapState = {
  ...state,
  baseMap: {
    id: 'pmtiles',
    title: 'PMTiles',
    kind: 'vector',
    tiles: ['/basemap/pmtiles/{z}/{x}/{y}'],
    minZoom: 0,
    maxZoom: 15,
    tileSize: 512,
    vectorLayers: ['earth', 'landuse', 'water', 'roads', 'buildings', 'places', 'boundaries'],
    attribution: '',
  },
}

describe('the style', () => {
  it.each([
    ['own base map', state],
    ['raster base map', raster],
    ['vector base map of others', foreignVector],
    ['nothing but the base', { ...state, layers: new Set(['base'] as const) }],
    ['nothing at all', { ...state, layers: new Set<never>() }],
    ['dimmed, in English', { ...state, isDimmed: true, locale: 'en' }],
  ])('passes the validator: %s', (_title, one) => {
    expect(validateStyleMin(buildStyle(one)).map((fault) => fault.message)).toEqual([])
  })

  it('is the same for the same state', () => {
    expect(buildStyle(state)).toEqual(buildStyle(structuredClone({ ...state })))
  })

  it('draws every layer of the order once, from bottom to top', () => {
    const ids = buildStyle(state).layers.map((layer) => layer.id)
    const withoutRaster = DRAWING_ORDER.filter((id) => !id.startsWith('base/raster'))
    expect(ids).toEqual(withoutRaster)
    expect(buildStyle(raster).layers.filter((layer) => layer.type === 'raster')).toHaveLength(2)
  })

  it('names each style layer after its subject', () => {
    for (const [id, layer] of Object.entries(MAP_LAYERS)) {
      for (const one of layer.layers(state)) expect(one.id).toMatch(new RegExp(`^${id}/`))
    }
  })

  it('asks for tiles with the filter, and anew after a change', () => {
    const hazards = buildStyle(state).sources.hazards
    expect(hazards?.type === 'vector' && hazards.tiles).toEqual([
      'http://127.0.0.1:4180/tiles/hazards/{z}/{x}/{y}.mvt?status=open&q=%E6%B6%B2%E6%B0%A8+%26+%E5%82%A8%E7%BD%90&v=7',
    ])
    const resources = buildStyle(state).sources.resources
    expect(resources?.type === 'vector' && resources.tiles).toEqual([
      'http://127.0.0.1:4180/tiles/resources/{z}/{x}/{y}.mvt?v=0',
    ])
  })

  it('narrows places and drills by no word that speaks of hazards', () => {
    const words = { status: 'open', severity: 'major', area: '220171001', q: '库' }
    const { sites, drills } = buildStyle({ ...state, words }).sources
    const query = (source: typeof sites) =>
      source?.type === 'vector' ? source.tiles?.[0]?.split('?')[1] : ''
    expect(query(sites)).toBe('area=220171001&q=%E5%BA%93&v=7')
    expect(query(drills)).toBe('area=220171001&v=0')
  })

  it('keeps the colours of the palette', () => {
    const known = JSON.stringify(palette).toUpperCase()
    const used = [...JSON.stringify(buildStyle(state)).matchAll(/"(#[0-9a-fA-F]{3,8})"/g)].map(
      (match) => match[1],
    )
    expect(used.filter((color) => !known.includes(String(color).toUpperCase()))).toEqual([])
  })

  it('paints no risk colour under hazards: status is never red, orange, yellow or blue', () => {
    const risky = Object.values(palette.RISK).map((risk) => risk.fill)
    const progress = Object.values(palette.PROGRESS).map((one) => one.fill)
    expect(progress.filter((color) => risky.includes(color))).toEqual([])
  })
})

describe('the legend', () => {
  it('explains style layers that are drawn', () => {
    const ids = buildStyle(state).layers.map((layer) => layer.id)
    for (const entry of buildLegend(state).flatMap((block) => block.entries))
      expect(ids).toContain(entry.layer)
  })

  it('leaves out what is switched off', () => {
    expect(buildLegend({ layers: new Set(['sites', 'base']) }).map((block) => block.title)).toEqual([
      'map.legend.sites',
    ])
  })
})

describe('what can be picked', () => {
  it('is asked from the top, and only of layers that are on', () => {
    expect(pickableLayers({ layers: new Set(['hazards', 'sites', 'base']) })).toEqual([
      'hazards/open',
      'hazards/cells',
      'sites/major',
      'sites/lesser',
      'hazards/closed',
    ])
  })
})
