import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import type { TileAddress } from '../core/tile-grid.ts'
import type { TileLayerData } from '../tiles/encode.ts'
import { BASE_TILE_LAYERS, type BaseTileLayer } from './schema.ts'
import { type Dimension, isSeen, tileBindings, tileGeometry, touchesTile } from './tile-sql.ts'

interface LayerRule {
  dimensions: Dimension[]
  /** The first zoom at which anything of the layer is drawn. */
  fromZoom: number
  /** Properties beyond name, class and source. */
  properties: string
  /** Which rows a zoom shows; our own text, with numbers only. */
  where: (zoom: number) => string
  order: string
}

/** The zoom from which each importance shows: first a motorway, last a path. */
const ROAD_ZOOMS = [5, 6, 8, 9, 11, 12, 14, 14, 14]
/** First a city, last a locality. */
const PLACE_ZOOMS = [4, 7, 9, 11, 11, 13, 13, 13, 14]
const shownAt = (zooms: number[], zoom: number): number => zooms.filter((from) => from <= zoom).length

const EVERY_ROW = () => 'true'
const RULES: Record<BaseTileLayer, LayerRule> = {
  land_uses: { dimensions: [2], fromZoom: 9, properties: '', where: EVERY_ROW, order: 'id' },
  waters: {
    dimensions: [1, 2],
    fromZoom: 7,
    properties: '',
    where: (zoom) =>
      `(ST_Dimension(geom) = 2 or class = any(${zoom >= 14 ? "'{river,canal,stream,ditch}'" : zoom >= 12 ? "'{river,canal,stream}'" : "'{river,canal}'"}::text[]))`,
    order: 'id',
  },
  buildings: { dimensions: [2], fromZoom: 14, properties: '', where: EVERY_ROW, order: 'id' },
  railways: {
    dimensions: [1],
    fromZoom: 9,
    properties: '',
    where: (zoom) => (zoom >= 13 ? 'true' : `class = 'rail'`),
    order: 'id',
  },
  roads: {
    dimensions: [1],
    fromZoom: 5,
    properties: `, 'oneway', is_oneway`,
    where: (zoom) => `importance <= ${shownAt(ROAD_ZOOMS, zoom)}`,
    // drawn in this order: the greatest on top
    order: 'importance desc, id',
  },
  boundaries: { dimensions: [2], fromZoom: 5, properties: '', where: EVERY_ROW, order: 'id' },
  places: {
    dimensions: [0],
    fromZoom: 4,
    properties: `, 'importance', importance`,
    where: (zoom) => `importance <= ${shownAt(PLACE_ZOOMS, zoom)}`,
    order: 'importance, id',
  },
}

/** A tile never holds more of one layer: the lesser ones give way, so that a whole province stays readable. */
const MAX_FEATURES = 12_000
const isRanked = (layer: BaseTileLayer): boolean => layer === 'roads' || layer === 'places'

/** The base map's layers in one tile, in drawing order, as rows in tile units. */
export async function readBaseTile(db: Knex, tile: TileAddress): Promise<TileLayerData[]> {
  const shown = BASE_TILE_LAYERS.filter((layer) => RULES[layer].fromZoom <= tile.z)
  if (shown.length === 0) return []
  const parts = shown.flatMap((layer) =>
    RULES[layer].dimensions.map((dimension) => selectLayer(layer, dimension, tile.z)),
  )
  const result = await db.raw(parts.join('\nunion all\n'), tileBindings(tile))
  const rows: TileRow[] = result.rows
  return shown.map((layer) => ({
    name: layer,
    features: rows
      .filter((row) => row.layer === layer)
      .sort((a, b) => a.position - b.position)
      .map(asFeature),
  }))
}

interface TileRow {
  layer: string
  /** A union need not keep the order of its parts. */
  position: number
  id: number | null
  properties: Record<string, string | number | boolean | null>
  geometry: TileLayerData['features'][number]['geometry']
}

const asFeature = ({ id, properties, geometry }: TileRow) => ({ id, properties, geometry })

function selectLayer(layer: BaseTileLayer, dimension: Dimension, zoom: number): string {
  const rule = RULES[layer]
  return `(
    select '${layer}' as layer, (row_number() over (order by ${rule.order}))::int as position, id,
      jsonb_build_object('name', name, 'class', class, 'source', source${rule.properties}) as properties,
      ST_AsGeoJSON(shape.geom, 0, 0)::json as geometry
    from (
      select * from ${layer}
      where ${touchesTile('geom')} and ST_Dimension(geom) = ${dimension} and ${rule.where(zoom)} and ${isSeen('geom')}
      order by ${isRanked(layer) ? 'importance, id' : 'id'} limit ${MAX_FEATURES}
    ) feature, lateral (select ${tileGeometry('feature.geom', dimension)} as geom) shape
    where not ST_IsEmpty(shape.geom))`
}

/** The outlines and label points of the areas that the scope may see, in one tile. */
export async function readAreaTile(db: Knex, scope: Scope, tile: TileAddress): Promise<TileLayerData[]> {
  const isVisible =
    scope.areas === 'all' ? 'true' : 'code in (select jsonb_array_elements_text(cast(:codes as jsonb)))'
  const select = (layer: string, geometry: string, dimension: Dimension) => `
    select '${layer}' as layer, (row_number() over (order by code))::int as position, null::int as id,
      jsonb_build_object('code', code, 'name', name, 'kind', kind, 'parentCode', parent_code,
        'isApproximate', is_approximate) as properties,
      ST_AsGeoJSON(shape.geom, 0, 0)::json as geometry
    from areas, lateral (select ${tileGeometry(geometry, dimension)} as geom) shape
    where ${touchesTile(geometry)} and ${isVisible} and not ST_IsEmpty(shape.geom)`
  const result = await db.raw(
    `${select('areas', 'areas.geom', 2)} union all ${select('area_labels', 'ST_PointOnSurface(areas.geom)', 0)}`,
    { ...tileBindings(tile), codes: JSON.stringify(scope.areas === 'all' ? [] : scope.areas) },
  )
  const rows: TileRow[] = result.rows
  return ['areas', 'area_labels'].map((layer) => ({
    name: layer,
    features: rows
      .filter((row) => row.layer === layer)
      .sort((a, b) => a.position - b.position)
      .map(asFeature),
  }))
}
