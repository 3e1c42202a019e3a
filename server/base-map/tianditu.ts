import type { TileAddress } from '../core/tile-grid.ts'
import type { DiskCache } from './disk-cache.ts'

/** Pictures and their labels, two layers each: 矢量 vec + cva, 影像 img + cia, 地形 ter + cta. */
export const TIANDITU_LAYERS = ['vec', 'cva', 'img', 'cia', 'ter', 'cta'] as const
export type TiandituLayer = (typeof TIANDITU_LAYERS)[number]
export const TIANDITU_ZOOM = { min: 1, max: 18 }

const TIMEOUT_MS = 8_000
const MAX_TILE_BYTES = 2 * 1024 * 1024
const FRESH_MS = 30 * 24 * 3_600_000
const SUBDOMAINS = 8

export interface ImageTile {
  bytes: Buffer
  type: string
}

/** A tile that the service did not give; the message never holds the address, because that holds the key. */
export class UpstreamError extends Error {
  override name = 'UpstreamError'
}

export interface TiandituOptions {
  url: string
  key: string
  cache: DiskCache
  now: () => Date
  timeoutMs?: number
}

/** Fetches tiles on behalf of the browser: the key stays on the server, and each tile is asked for once a month. */
export function makeTianditu({ url, key, cache, now, timeoutMs = TIMEOUT_MS }: TiandituOptions) {
  const underWay = new Map<string, Promise<ImageTile>>()

  async function load(layer: TiandituLayer, tile: TileAddress, name: string): Promise<ImageTile> {
    const cached = await cache.get(name)
    const type = cached ? imageTypeOf(cached.bytes) : null
    const kept = cached && type ? { bytes: cached.bytes, type } : null
    if (cached && kept && now().getTime() - cached.savedAt.getTime() < FRESH_MS) return kept
    try {
      const fetched = await fetchTile(addressOf(url, key, layer, tile), timeoutMs)
      // a full disk must not take the map away
      await cache.put(name, fetched.bytes).catch(() => undefined)
      return fetched
    } catch (error) {
      if (kept) return kept
      throw error
    }
  }

  return {
    read(layer: TiandituLayer, tile: TileAddress): Promise<ImageTile> {
      const name = `${layer}-${tile.z}-${tile.x}-${tile.y}`
      const known = underWay.get(name)
      if (known) return known
      const work = load(layer, tile, name).finally(() => underWay.delete(name))
      underWay.set(name, work)
      return work
    },
  }
}

function addressOf(url: string, key: string, layer: TiandituLayer, { z, x, y }: TileAddress): string {
  const values: Record<string, string> = {
    subdomain: String((x + y) % SUBDOMAINS),
    layer,
    z: String(z),
    x: String(x),
    y: String(y),
    key: encodeURIComponent(key),
  }
  return url.replaceAll(/\{(\w+)\}/g, (text, name: string) => values[name] ?? text)
}

async function fetchTile(address: string, timeoutMs: number): Promise<ImageTile> {
  const response = await fetch(address, {
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  }).catch(() => {
    throw new UpstreamError('no answer')
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new UpstreamError(`status ${response.status}`)
  }
  const bytes = await readLimited(response)
  // a wrong key is told with status 200 and a text
  const type = imageTypeOf(bytes)
  if (!type) throw new UpstreamError('not an image')
  return { bytes, type }
}

async function readLimited(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > MAX_TILE_BYTES) break
      chunks.push(chunk)
    }
  } catch {
    throw new UpstreamError('broken answer')
  }
  if (size > MAX_TILE_BYTES) throw new UpstreamError('too large')
  return Buffer.concat(chunks)
}

/** By the first bytes: what a service says of its own type is not to be relied on. */
export function imageTypeOf(bytes: Buffer): string | null {
  const starts = (signature: string, at = 0) =>
    bytes.subarray(at, at + signature.length).toString('latin1') === signature
  if (starts('\x89PNG')) return 'image/png'
  if (starts('\xff\xd8\xff')) return 'image/jpeg'
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp'
  return null
}
