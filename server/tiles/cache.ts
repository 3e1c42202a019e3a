/** A tile as it is sent: plain, and compressed once somebody asked for that. */
export interface StoredTile {
  plain: Uint8Array
  compressed: Uint8Array | null
}

export interface TileCache {
  /** The tile of a key, made at most once even if many ask at the same time. */
  take(key: string, make: () => Promise<StoredTile>): Promise<StoredTile>
  byteSize(): number
}

/** What an entry costs beside its bytes: key, objects, map slot. */
const OVERHEAD_BYTES = 400
const sizeOf = (tile: StoredTile): number =>
  OVERHEAD_BYTES + tile.plain.byteLength + (tile.compressed?.byteLength ?? 0)

/** Keeps the tiles used last, up to a number of bytes. Keys are ETags, so an entry never becomes wrong, only unused. */
export function makeTileCache(maxBytes: number): TileCache {
  // a Map remembers the order of insertion: the first key is the one longest unused
  const tiles = new Map<string, StoredTile>()
  const underway = new Map<string, Promise<StoredTile>>()
  let bytes = 0

  function keep(key: string, tile: StoredTile): void {
    tiles.set(key, tile)
    bytes += sizeOf(tile)
    for (const [oldest, old] of tiles) {
      if (bytes <= maxBytes) break
      tiles.delete(oldest)
      bytes -= sizeOf(old)
    }
  }

  async function take(key: string, make: () => Promise<StoredTile>): Promise<StoredTile> {
    const known = tiles.get(key)
    if (known) {
      tiles.delete(key)
      tiles.set(key, known)
      return known
    }
    const running = underway.get(key)
    if (running) return running
    const making = make().finally(() => underway.delete(key))
    underway.set(key, making)
    const tile = await making
    keep(key, tile)
    return tile
  }

  return { take, byteSize: () => bytes }
}
