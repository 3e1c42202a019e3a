import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import {
  EtagMismatch,
  type Header,
  PMTiles,
  type RangeResponse,
  ResolvedValueCache,
  type Source,
  TileType,
} from 'pmtiles'
import type { TileAddress } from '../core/tile-grid.ts'
import type { DiskCache } from './disk-cache.ts'
import { UpstreamError } from './tianditu.ts'

const TIMEOUT_MS = 8_000
const FRESH_MS = 30 * 24 * 3_600_000

const CONTENT_TYPES: Partial<Record<TileType, string>> = {
  [TileType.Mvt]: 'application/vnd.mapbox-vector-tile',
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
}

export interface ArchiveFacts {
  isVector: boolean
  contentType: string
  minZoom: number
  maxZoom: number
  attribution: string
  title: string
  vectorLayers: string[]
}

/** A PMTiles archive: one file, here or on a web server, that holds a whole base map. */
export interface Archive {
  describe(): Promise<ArchiveFacts>
  /** null where the archive has no tile. */
  read(tile: TileAddress): Promise<Buffer | null>
  close(): Promise<void>
}

const isAddress = (location: string): boolean => /^https?:\/\//.test(location)

/** Opens the archive. A file is looked into at once; a web server only when it is asked, so that it may be away. */
export async function openArchive(location: string, cache: DiskCache): Promise<Archive> {
  const source = isAddress(location)
    ? new WebSource(location)
    : new DiskSource(location, await open(location, 'r'))
  // the library's usual cache would keep a failure for ever
  const archive = new PMTiles(source, new ResolvedValueCache())
  const close = async () => {
    if (source instanceof DiskSource) await source.close()
  }
  try {
    if (source instanceof DiskSource) await archive.getHeader()
  } catch (error) {
    await close()
    throw error
  }
  const readTile = async ({ z, x, y }: TileAddress): Promise<Buffer | null> => {
    const tile = await archive.getZxy(z, x, y).catch(asUpstreamError)
    return tile ? Buffer.from(tile.data) : null
  }
  let facts: Promise<ArchiveFacts> | null = null
  const readFacts = async () =>
    describe(
      await archive.getHeader().catch(asUpstreamError),
      await archive.getMetadata().catch(asUpstreamError),
    )
  return {
    describe: () => {
      facts ??= readFacts().catch((error) => {
        // asked again at the next request: the web server may be back by then
        facts = null
        throw error
      })
      return facts
    },
    read: isAddress(location) ? cached(cache, location, readTile) : readTile,
    close,
  }
}

/** Tiles of a web server are kept on disk; an empty file says that there is none. */
function cached(cache: DiskCache, location: string, readTile: (tile: TileAddress) => Promise<Buffer | null>) {
  const prefix = `pmtiles-${createHash('sha256').update(location).digest('hex').slice(0, 16)}`
  return async (tile: TileAddress): Promise<Buffer | null> => {
    const name = `${prefix}-${tile.z}-${tile.x}-${tile.y}`
    const known = await cache.get(name)
    if (known && Date.now() - known.savedAt.getTime() < FRESH_MS)
      return known.bytes.length > 0 ? known.bytes : null
    const fetched = await readTile(tile)
    await cache.put(name, fetched ?? Buffer.alloc(0)).catch(() => undefined)
    return fetched
  }
}

function describe(header: Header, metadata: unknown): ArchiveFacts {
  const facts = (metadata ?? {}) as {
    attribution?: unknown
    name?: unknown
    vector_layers?: { id?: unknown }[]
  }
  const text = (value: unknown) => (typeof value === 'string' ? value.replaceAll(/<[^>]*>/g, '').trim() : '')
  const layers = Array.isArray(facts.vector_layers) ? facts.vector_layers : []
  return {
    isVector: header.tileType === TileType.Mvt,
    contentType: CONTENT_TYPES[header.tileType] ?? 'application/octet-stream',
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    attribution: text(facts.attribution),
    title: text(facts.name),
    vectorLayers: layers.flatMap((layer) => (typeof layer.id === 'string' ? [layer.id] : [])),
  }
}

const asUpstreamError = (error: unknown): never => {
  throw error instanceof UpstreamError
    ? error
    : new UpstreamError(error instanceof Error ? error.message : 'unreadable')
}

class DiskSource implements Source {
  private readonly path: string
  private readonly handle: FileHandle
  constructor(path: string, handle: FileHandle) {
    this.path = path
    this.handle = handle
  }
  getKey = (): string => this.path
  close = (): Promise<void> => this.handle.close()
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const buffer = new Uint8Array(length)
    const { bytesRead } = await this.handle.read(buffer, 0, length, offset)
    return { data: buffer.slice(0, bytesRead).buffer }
  }
}

class WebSource implements Source {
  private readonly address: string
  constructor(address: string) {
    this.address = address
  }
  getKey = (): string => this.address
  async getBytes(
    offset: number,
    length: number,
    _signal?: AbortSignal,
    etag?: string,
  ): Promise<RangeResponse> {
    const response = await fetch(this.address, {
      headers: { range: `bytes=${offset}-${offset + length - 1}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new UpstreamError('no answer')
    })
    // a server that ignores the range would send the whole archive
    if (response.status !== 206) {
      await response.body?.cancel()
      throw new UpstreamError(`status ${response.status} to a request for a range`)
    }
    const current = response.headers.get('etag')
    const data = await response.arrayBuffer()
    // the archive was replaced meanwhile: what is known of its directories is worthless, the library starts anew
    if (etag && current && etag !== current) throw new EtagMismatch()
    return { data, ...(current ? { etag: current } : {}) }
  }
}
