import { type Static, Type } from 'typebox'

/** What the base map draws: the classes of each layer, most important first. Imports map their own words to these. */
export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'service',
  'track',
  'path',
] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

/** 1 for a motorway to 9 for a path. */
export const importanceOfRoad = (roadClass: RoadClass): number => ROAD_CLASSES.indexOf(roadClass) + 1

export const RAILWAY_CLASSES = ['rail', 'subway', 'light_rail', 'tram', 'narrow_gauge', 'disused'] as const
export type RailwayClass = (typeof RAILWAY_CLASSES)[number]

export const WATER_CLASSES = ['river', 'water', 'canal', 'stream', 'ditch'] as const
export type WaterClass = (typeof WATER_CLASSES)[number]

export const LAND_USE_CLASSES = [
  'residential',
  'commercial',
  'industrial',
  'green',
  'forest',
  'farmland',
] as const
export type LandUseClass = (typeof LAND_USE_CLASSES)[number]

export const BUILDING_CLASSES = ['residential', 'commercial', 'industrial', 'public', 'other'] as const
export type BuildingClass = (typeof BUILDING_CLASSES)[number]

export const PLACE_CLASSES = [
  'city',
  'district',
  'town',
  'village',
  'suburb',
  'community',
  'hamlet',
  'landmark',
  'locality',
] as const
export type PlaceClass = (typeof PLACE_CLASSES)[number]

/** 1 for a city to 9 for a locality. */
export const importanceOfPlace = (placeClass: PlaceClass): number => PLACE_CLASSES.indexOf(placeClass) + 1

export const BOUNDARY_CLASSES = ['district'] as const

export const BASE_SOURCES = ['schematic', 'osm', 'reference'] as const
export type BaseSource = (typeof BASE_SOURCES)[number]

/** The source layers of the tiles `/tiles/base/…`, and what each feature carries. */
export const BASE_TILE_LAYERS = [
  'land_uses',
  'waters',
  'buildings',
  'railways',
  'roads',
  'boundaries',
  'places',
] as const
export type BaseTileLayer = (typeof BASE_TILE_LAYERS)[number]

export const BaseMap = Type.Object({
  id: Type.String({ description: 'own, tianditu-vec, tianditu-img or pmtiles' }),
  title: Type.String(),
  kind: Type.Union([Type.Literal('own'), Type.Literal('raster'), Type.Literal('vector')]),
  tiles: Type.Array(Type.String(), { description: 'addresses on this server, the lowest layer first' }),
  minZoom: Type.Integer(),
  maxZoom: Type.Integer(),
  tileSize: Type.Integer(),
  vectorLayers: Type.Array(Type.String(), { description: 'the layers in a vector tile' }),
  attribution: Type.String({ description: 'must be shown whenever this base map is' }),
})
export type BaseMap = Static<typeof BaseMap>
export const BaseMapList = Type.Object({ items: Type.Array(BaseMap) })
export type BaseMapList = Static<typeof BaseMapList>
