import { BASE_TILE_LAYERS, type BaseSource } from '../base-map/schema.ts'
import { type Bounds, MERCATOR_MAX_LAT } from '../core/tile-grid.ts'
import type { TileLayer } from '../core/vocabulary.ts'
import type { TileJson, VectorLayer } from './schema.ts'
import { HYDRANT_ZOOM, SHAPE_ZOOM } from './zooms.ts'

const HAZARD_FIELDS = {
  id: 'uuid',
  number: 'YH-2025-000123',
  sector: 'sector',
  severity: 'general, suspected_major, major',
  status: 'status',
  overdue: 'boolean',
  listed: 'boolean: under 挂牌督办',
  title: 'the first 40 characters of the description',
}
const CELL_FIELDS = {
  n: 'hazards in the cell, at least 2',
  overdue: 'of these overdue',
  major: 'of these major',
  suspected_major: 'of these suspected major',
  general: 'of these general',
  west: 'box around the hazards of the cell',
  south: 'box around the hazards of the cell',
  east: 'box around the hazards of the cell',
  north: 'box around the hazards of the cell',
}
const PLACE_FIELDS = { id: 'uuid', name: 'name', kind: 'kind', isExample: 'boolean' }
const AREA_FIELDS = {
  code: 'area code',
  name: 'name',
  kind: 'zone, subdistrict, town, grid',
  parentCode: 'area code',
  isApproximate: 'boolean: 示意边界，非法定',
}
const BASE_FIELDS = { name: 'name', class: 'class', source: 'schematic, osm, reference' }

interface Description {
  name: string
  maxzoom: number
  layers: VectorLayer[]
}

/** What each layer's tiles hold. Beyond maxzoom a client enlarges the last tiles: they are as fine as the data. */
export const TILE_DESCRIPTIONS: Record<TileLayer, Description> = {
  hazards: {
    name: '隐患',
    maxzoom: 18,
    layers: [
      { id: 'hazards', description: '单个隐患', fields: HAZARD_FIELDS },
      { id: 'cells', description: '一格内的隐患数', fields: CELL_FIELDS },
    ],
  },
  sites: {
    name: '场所（风险点）',
    maxzoom: 18,
    layers: [
      {
        id: 'sites',
        description: '每个场所一个点',
        fields: { ...PLACE_FIELDS, sector: 'sector', riskLevel: '1 to 4' },
      },
      {
        id: 'site_shapes',
        description: '线状、面状场所的形状',
        minzoom: SHAPE_ZOOM,
        fields: { id: 'uuid', riskLevel: '1 to 4' },
      },
    ],
  },
  drills: {
    name: '演练',
    maxzoom: 18,
    layers: [
      {
        id: 'drills',
        description: '有地点的演练',
        fields: {
          id: 'uuid',
          number: 'YL-2025-0001',
          title: 'the first 40 characters of the title',
          form: 'tabletop, live, comprehensive',
          state: 'draft, planned, running, done, cancelled',
          sector: 'sector',
          startsAt: 'instant, UTC',
          isExample: 'boolean',
        },
      },
    ],
  },
  areas: {
    name: '辖区',
    maxzoom: 16,
    layers: [
      { id: 'areas', description: '辖区范围', fields: AREA_FIELDS },
      { id: 'area_labels', description: '辖区名称的位置', fields: AREA_FIELDS },
    ],
  },
  base: {
    name: '底图',
    maxzoom: 16,
    layers: BASE_TILE_LAYERS.map((id) => ({ id, description: id, fields: BASE_FIELDS })),
  },
  resources: {
    name: '应急资源',
    maxzoom: 18,
    layers: [{ id: 'resources', description: `消火栓自 ${HYDRANT_ZOOM} 级起`, fields: PLACE_FIELDS }],
  },
  'protected-places': {
    name: '防护目标',
    maxzoom: 18,
    layers: [
      { id: 'protected-places', description: '防护目标', fields: { ...PLACE_FIELDS, headcount: 'people' } },
    ],
  },
}

/** What must be said of each source wherever the base map is shown. */
export const SOURCE_NOTES: Record<BaseSource, string> = {
  schematic: '示意路网，非实测',
  osm: '© OpenStreetMap contributors',
  reference: '参考数据，示意边界',
}

const WORLD: Bounds = { west: -180, south: -MERCATOR_MAX_LAT, east: 180, north: MERCATOR_MAX_LAT }
/** A client draws nothing outside the bounds it once read, and a hazard may be found beyond those of today. */
const MARGIN_DEGREES = 1

/** TileJSON 3.0 of a layer; `boxes` are what its bounds must hold. */
export function makeTileJson(
  layer: TileLayer,
  tilesUrl: string,
  boxes: readonly (Bounds | null)[],
  attribution: string,
): TileJson {
  const { name, maxzoom, layers } = TILE_DESCRIPTIONS[layer]
  const known = boxes.filter((box) => box !== null)
  const inner = known.length > 0 ? around(known) : WORLD
  const outer = around([inner], MARGIN_DEGREES)
  return {
    tilejson: '3.0.0',
    name,
    tiles: [tilesUrl],
    vector_layers: layers,
    bounds: [outer.west, outer.south, outer.east, outer.north],
    center: [(inner.west + inner.east) / 2, (inner.south + inner.north) / 2, zoomOf(inner)],
    minzoom: 0,
    maxzoom,
    attribution,
  }
}

function around(boxes: readonly Bounds[], margin = 0): Bounds {
  return {
    west: Math.max(WORLD.west, Math.min(...boxes.map((box) => box.west)) - margin),
    south: Math.max(WORLD.south, Math.min(...boxes.map((box) => box.south)) - margin),
    east: Math.min(WORLD.east, Math.max(...boxes.map((box) => box.east)) + margin),
    north: Math.min(WORLD.north, Math.max(...boxes.map((box) => box.north)) + margin),
  }
}

/** The zoom at which the box is about as wide as two tiles. */
function zoomOf({ west, east }: Bounds): number {
  const width = Math.max(east - west, 0.01)
  return Math.max(0, Math.min(14, Math.floor(Math.log2(720 / width))))
}
