import type { FastifyRequest } from 'fastify'
import { type Scope, scopeKey } from '../access/model.ts'
import { readAreaTile, readBaseTile } from '../base-map/queries.ts'
import { readWords, writeFilters } from '../core/filters.ts'
import type { Bounds, TileAddress } from '../core/tile-grid.ts'
import type { TileLayer } from '../core/vocabulary.ts'
import type { ChangeKind } from '../db/changes.ts'
import { selectDrills } from '../drills/filter.ts'
import { readDrillWords } from '../drills/words.ts'
import { selectHazards } from '../hazards/filter.ts'
import { type FilterRequest, readFilterRequest } from '../http/filter-request.ts'
import { requireUser } from '../http/guard.ts'
import { selectPlaces } from '../resources/filter.ts'
import { PLACE_TABLES, type PlaceTable } from '../resources/model.ts'
import { selectSites } from '../sites/filter.ts'
import type { TileLayerData } from './encode.ts'
import { readHazardTile } from './hazard-tile.ts'
import { readDrillTile, readPlaceTile, readSiteTile } from './place-tiles.ts'
import { readAreaExtent, readBaseExtent, readExtent } from './queries.ts'

/** A question that a tile layer is asked: by whom, with which filter. */
export interface TileQuestion {
  /** Equal for equal questions, different else; part of every ETag. */
  key: string
  scope: Scope
  readTile(tile: TileAddress): Promise<TileLayerData[]>
  readExtent(): Promise<Bounds | null>
}

/** How a layer is asked, and whose changes make its tiles stale. */
export interface TileSource {
  kinds: readonly ChangeKind[]
  ask(request: FastifyRequest): Promise<TileQuestion>
}

/** The key of a filter; the day is in it because lateness changes at midnight without any write. */
const keyOf = (request: FilterRequest, own: object = {}): string =>
  JSON.stringify([scopeKey(request.scope), request.today, writeFilters(request.filters), own])

const placeSource = (table: PlaceTable, layer: TileLayer, kinds: readonly ChangeKind[]): TileSource => ({
  kinds,
  ask: async (request) => {
    const db = request.server.context.database.knex
    const filter = await readFilterRequest(request)
    const query = request.query as Record<string, unknown>
    const words = readWords<string>(query, 'kind', PLACE_TABLES[table].kinds)
    return {
      key: keyOf(filter, { kind: words }),
      scope: filter.scope,
      readTile: (tile) => readPlaceTile(db, tile, filter, { table, layer, kinds: words }),
      readExtent: () => readExtent(selectPlaces(db, table, filter, words), db, 'places.geom'),
    }
  },
})

export const TILE_SOURCES: Record<TileLayer, TileSource> = {
  hazards: {
    kinds: ['hazard', 'site', 'risk', 'area', 'import'],
    ask: async (request) => {
      const db = request.server.context.database.knex
      const filter = await readFilterRequest(request)
      return {
        key: keyOf(filter),
        scope: filter.scope,
        readTile: (tile) => readHazardTile(db, tile, filter),
        readExtent: () => readExtent(selectHazards(db, filter), db, 'hazards.geom'),
      }
    },
  },
  sites: {
    kinds: ['site', 'risk', 'hazard', 'area', 'import'],
    ask: async (request) => {
      const db = request.server.context.database.knex
      const filter = await readFilterRequest(request)
      return {
        key: keyOf(filter),
        scope: filter.scope,
        readTile: (tile) => readSiteTile(db, tile, filter),
        readExtent: () => readExtent(selectSites(db, filter), db, 'sites.geom'),
      }
    },
  },
  drills: {
    kinds: ['drill', 'hazard', 'site', 'risk', 'area', 'import'],
    ask: async (request) => {
      const db = request.server.context.database.knex
      const filter = await readFilterRequest(request)
      const words = readDrillWords(request.query as Record<string, unknown>)
      return {
        key: keyOf(filter, words),
        scope: filter.scope,
        readTile: (tile) => readDrillTile(db, tile, filter, words),
        readExtent: () => readExtent(selectDrills(db, filter, words), db, 'drills.geom'),
      }
    },
  },
  resources: placeSource('resources', 'resources', ['resource', 'area', 'base']),
  'protected-places': placeSource('protected_places', 'protected-places', ['protectedPlace', 'area', 'base']),
  areas: {
    kinds: ['area'],
    ask: async (request) => {
      const db = request.server.context.database.knex
      const { scope } = requireUser(request)
      return {
        key: scopeKey({ areas: scope.areas, sectors: 'all' }),
        scope,
        readTile: (tile) => readAreaTile(db, scope, tile),
        readExtent: () => readAreaExtent(db, scope),
      }
    },
  },
  // the streets are the same for everybody, and stay as they are while hazards come and go
  base: {
    kinds: ['base', 'area'],
    ask: async (request) => {
      const db = request.server.context.database.knex
      const { scope } = requireUser(request)
      return {
        key: '',
        scope,
        readTile: (tile) => readBaseTile(db, tile),
        readExtent: () => readBaseExtent(db),
      }
    },
  },
}
