import { AREA_RULE_TERMS, type Hexagon, type HexagonMeasure, type RiskLevel } from '@contract'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { buildLegend, buildStyle, MAP_LAYERS, pickableLayers, pickableSurfaces } from './build-style.ts'
import { LAYER_IDS, type MapState } from './layer.ts'
import { DRAWING_ORDER } from './order.ts'
import * as palette from './palette.ts'
import { areaSurface, hexagonSurface, type RiskSurface } from './risk-surface.ts'

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
const square = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [125, 43],
      [126, 43],
      [126, 44],
      [125, 43],
    ],
  ],
}
const counts = {
  sites: 1,
  hazards: 1,
  levels: { 1: 1, 2: 0, 3: 0, 4: 0, none: 0 },
  openHazards: { general: 1, suspectedMajor: 0, major: 0, overdue: 0 },
  weight: 8,
}
const hexagon = (i: number, value: number | null, level: RiskLevel | null = 1): Hexagon => ({
  ...{ ...counts, id: `500_${i}_1`, i, j: 1, value, level, density: value ?? 0 },
  ...{ center: [125.5, 43.5], bbox: [125, 43, 126, 44], geometry: square },
})
const grid = (measure: HexagonMeasure, ...values: (number | null)[]): RiskSurface =>
  hexagonSurface(
    { size: 500, measure },
    values.map((value, index) => hexagon(index, value)),
    false,
  )
const areas = (level: RiskLevel | null): RiskSurface =>
  areaSurface(
    'share',
    [
      {
        ...{
          ...counts,
          code: '220171001',
          name: '临河街道',
          kind: 'subdistrict',
          isApproximate: true,
          level,
        },
        ...{ density: 1, areaSquareKilometers: 8, why: '', anchor: [125.5, 43.5], geometry: square },
      },
    ],
    false,
  )

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
    [
      'areas in four colours',
      { ...state, surface: areas(2), surfaceMarks: { selected: '220171001', pointed: null } },
    ],
    ['an area without a level', { ...state, surface: areas(null) }],
    ['hexagons by density', { ...state, surface: grid('risk', 0.4, 3, 70) }],
    ['hexagons by count, all alike', { ...state, surface: grid('sites', 1, 1) }],
    ['hexagons by level', { ...state, surface: grid('level', 1, 4, null) }],
    ['no hexagon at all', { ...state, surface: grid('hazards') }],
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

  it('paints a density in greys: risk colours say a level and nothing else', () => {
    const risky = Object.values(palette.RISK).map((risk) => risk.fill)
    const paintOf = (surface: RiskSurface) =>
      JSON.stringify(
        buildStyle({ ...state, layers: new Set(['hexagons'] as const), surface }).layers.filter(({ id }) =>
          id.startsWith('hexagons/'),
        ),
      )
    for (const measure of ['risk', 'sites', 'hazards'] as const) {
      const paint = paintOf(grid(measure, 1, 3, 70))
      expect(risky.filter((color) => paint.includes(color))).toEqual([])
      expect(paint).toContain(palette.RAMP_STEPS[4]?.fill)
    }
    expect(risky.filter((color) => !paintOf(grid('level', 1, 2)).includes(color))).toEqual([])
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

describe('the legend of a coloured surface', () => {
  const legendOf = (layer: 'risk-areas' | 'hexagons', surface: RiskSurface) =>
    buildLegend({ layers: new Set([layer]), surface })

  it('tells the classes that the map paints, in their greys', () => {
    const [block] = legendOf('hexagons', grid('sites', 1, 3, 37))
    expect(block?.entries.map((entry) => entry.title)).toEqual(
      ['1', '2–4', '5–9', '10–19', '≥ 20'].map((text) => ({ zh: text, en: text })),
    )
    expect(block?.entries.map(({ symbol }) => 'fill' in symbol && symbol.fill)).toEqual(
      palette.RAMP_STEPS.map((step) => step.fill),
    )
    expect(block).toMatchObject({ title: 'riskMap.legend.sites', caution: 'riskMap.legend.size500' })
  })

  it('is apart from the one of sites, with the rule in words and the mark of what nobody has confirmed', () => {
    const [block] = legendOf('risk-areas', areas(2))
    expect(block).toMatchObject({
      title: 'riskMap.legend.areas',
      isUnconfirmed: true,
      caution: 'riskMap.legend.areasCaution',
    })
    expect(block?.note).toEqual(AREA_RULE_TERMS.share.how)
    expect(block?.entries).toHaveLength(4)
    const titles = buildLegend({ ...state, surface: areas(2) }).map((one) => one.title)
    expect(titles).toContain('map.legend.sites')
    expect(new Set(titles.filter(Boolean)).size).toBe(titles.filter(Boolean).length)
  })

  it('marks the weights of the density, and nothing where sites are only counted', () => {
    const isUnconfirmed = (measure: HexagonMeasure) =>
      legendOf('hexagons', grid(measure, 1, 2))[0]?.isUnconfirmed
    expect([isUnconfirmed('risk'), isUnconfirmed('sites'), isUnconfirmed('level')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('what can be picked', () => {
  it('of surfaces is asked where no symbol answers', () => {
    expect(pickableSurfaces({ layers: new Set(['hexagons', 'sites']) })).toEqual(['hexagons/fill'])
    expect(pickableSurfaces({ layers: new Set(['sites']) })).toEqual([])
  })

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
