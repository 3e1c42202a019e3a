import type { Geometry } from 'geojson'
import { PbfWriter } from 'pbf'
import { TILE_EXTENT } from '../core/tile-grid.ts'
import { drawGeometry, type GeometryCommands } from './geometry-commands.ts'

export type TileValue = string | number | boolean | null

export interface TileFeature {
  /** A whole number from 0, unique in the layer; null where nothing is to be selected. */
  id: number | null
  /** In tile coordinates: 0 to 4096 from the left and from the top; a buffer around that is allowed. */
  geometry: Geometry
  /** null is left out of the tile. */
  properties: Record<string, TileValue>
}

/** One named layer of a tile, as rows; what every `read…Tile` answers. */
export interface TileLayerData {
  name: string
  features: TileFeature[]
}

// field numbers of vector_tile.proto, version 2.1
const TILE = { layers: 3 }
const LAYER = { name: 1, features: 2, keys: 3, values: 4, extent: 5, version: 15 }
const FEATURE = { id: 1, tags: 2, type: 3, geometry: 4 }
const VALUE = { string: 1, double: 3, uint: 5, sint: 6, bool: 7 }

interface Drawn {
  feature: TileFeature
  drawing: GeometryCommands
}

/**
 * Writes a Mapbox vector tile, version 2. Layers without features are left out, as are features that vanish at the
 * tile's resolution. Own writer: the ready one writes texts with pbf 5, which turns 𠮷 and all of CJK extension B into
 * other characters.
 */
export function encodeTile(layers: readonly TileLayerData[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const layer of layers) {
    const drawn = layer.features.flatMap((feature) => {
      const drawing = drawGeometry(feature.geometry)
      return drawing ? [{ feature, drawing }] : []
    })
    if (drawn.length > 0) {
      pbf.writeMessage(TILE.layers, (name, writer) => writeLayer(name, drawn, writer), layer.name)
    }
  }
  return pbf.finish()
}

function writeLayer(name: string, drawn: Drawn[], pbf: PbfWriter): void {
  const keys = new Map<string, number>()
  const values = new Map<string | number | boolean, number>()
  pbf.writeVarintField(LAYER.version, 2)
  writeText(LAYER.name, name, pbf)
  pbf.writeVarintField(LAYER.extent, TILE_EXTENT)
  for (const one of drawn) {
    const tags = numberTags(one.feature.properties, keys, values)
    pbf.writeMessage(LAYER.features, (_, writer) => writeFeature(one, tags, writer), null)
  }
  for (const key of keys.keys()) writeText(LAYER.keys, key, pbf)
  for (const value of values.keys()) pbf.writeMessage(LAYER.values, writeValue, value)
}

/** Keys and values are written once for each layer; a feature names them by their places. */
function numberTags(
  properties: Record<string, TileValue>,
  keys: Map<string, number>,
  values: Map<string | number | boolean, number>,
): number[] {
  const tags: number[] = []
  for (const [key, value] of Object.entries(properties)) {
    if (value !== null) tags.push(placeOf(key, keys), placeOf(value, values))
  }
  return tags
}

function placeOf<T>(value: T, places: Map<T, number>): number {
  const known = places.get(value)
  if (known !== undefined) return known
  places.set(value, places.size)
  return places.size - 1
}

function writeFeature({ feature, drawing }: Drawn, tags: number[], pbf: PbfWriter): void {
  // a negative or broken id would spoil the tile
  if (feature.id !== null && Number.isSafeInteger(feature.id) && feature.id >= 0) {
    pbf.writeVarintField(FEATURE.id, feature.id)
  }
  pbf.writePackedVarint(FEATURE.tags, tags)
  pbf.writeVarintField(FEATURE.type, drawing.type)
  pbf.writePackedVarint(FEATURE.geometry, drawing.commands)
}

function writeValue(value: string | number | boolean, pbf: PbfWriter): void {
  if (typeof value === 'string') writeText(VALUE.string, value, pbf)
  else if (typeof value === 'boolean') pbf.writeBooleanField(VALUE.bool, value)
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(VALUE.double, value)
  else if (value < 0) pbf.writeSVarintField(VALUE.sint, value)
  else pbf.writeVarintField(VALUE.uint, value)
}

const encoder = new TextEncoder()
const writeText = (field: number, text: string, pbf: PbfWriter) =>
  pbf.writeBytesField(field, encoder.encode(text))
