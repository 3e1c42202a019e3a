import type { ArchiveFacts } from './pmtiles.ts'
import { BASE_TILE_LAYERS, type BaseMap } from './schema.ts'
import { TIANDITU_ZOOM } from './tianditu.ts'

/** The base map of our own tables: always there, and the one that needs nobody else. */
export function ownBaseMap(attribution: string): BaseMap {
  return {
    id: 'own',
    title: '本系统底图',
    kind: 'own',
    tiles: ['/tiles/base/{z}/{x}/{y}.mvt'],
    minZoom: 4,
    maxZoom: 16,
    tileSize: 512,
    vectorLayers: [...BASE_TILE_LAYERS],
    attribution,
  }
}

/** Pictures and, above them, their labels. */
export function tiandituBaseMaps(approval: string | null): BaseMap[] {
  const note = approval ? `审图号：${approval}` : '审图号未设置（TIANDITU_APPROVAL）'
  const make = (id: string, title: string, layers: string[]): BaseMap => ({
    id,
    title,
    kind: 'raster',
    tiles: layers.map((layer) => `/basemap/tianditu/${layer}/{z}/{x}/{y}`),
    minZoom: TIANDITU_ZOOM.min,
    maxZoom: TIANDITU_ZOOM.max,
    tileSize: 256,
    vectorLayers: [],
    attribution: `天地图 国家地理信息公共服务平台 · ${note}`,
  })
  return [
    make('tianditu-vec', '天地图 矢量', ['vec', 'cva']),
    make('tianditu-img', '天地图 影像', ['img', 'cia']),
  ]
}

export function archiveBaseMap(facts: ArchiveFacts): BaseMap {
  return {
    id: 'pmtiles',
    title: facts.title || '离线底图',
    kind: facts.isVector ? 'vector' : 'raster',
    tiles: ['/basemap/pmtiles/{z}/{x}/{y}'],
    minZoom: facts.minZoom,
    maxZoom: facts.maxZoom,
    tileSize: facts.isVector ? 512 : 256,
    vectorLayers: facts.vectorLayers,
    attribution: facts.attribution || '底图来源未注明（BASEMAP_PMTILES）',
  }
}
