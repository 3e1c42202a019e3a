import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Cached {
  bytes: Buffer
  savedAt: Date
}

const PARTIAL = '.partial'
/** How full the cache is left after the oldest files went, so that not every write has to tidy up. */
const KEPT_SHARE = 0.9

/**
 * Files by key in one folder, never more bytes than the limit: what was saved first goes first. A file appears whole or
 * not at all, so a stop in the middle of a write spoils nothing.
 */
export class DiskCache {
  private readonly directory: string
  private readonly maxBytes: number
  private totalBytes: number | null = null
  private tidying: Promise<void> | null = null

  constructor(directory: string, maxBytes: number) {
    this.directory = directory
    this.maxBytes = maxBytes
  }

  /** The key becomes the file's name: letters, digits and hyphens only. */
  async get(key: string): Promise<Cached | null> {
    const path = this.pathOf(key)
    try {
      const [bytes, facts] = await Promise.all([readFile(path), stat(path)])
      return { bytes, savedAt: facts.mtime }
    } catch {
      return null
    }
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(key)
    await mkdir(this.directory, { recursive: true, mode: 0o700 })
    const before = await stat(path).then(
      (facts) => facts.size,
      () => 0,
    )
    const partial = `${path}.${randomUUID()}${PARTIAL}`
    await writeFile(partial, bytes)
    await rename(partial, path)
    if (this.totalBytes !== null) this.totalBytes += bytes.byteLength - before
    if (this.totalBytes === null || this.totalBytes > this.maxBytes) await this.tidy()
  }

  private pathOf(key: string): string {
    if (!/^[0-9A-Za-z-]{1,120}$/.test(key)) throw new Error(`not a cache key: ${key}`)
    return join(this.directory, key)
  }

  private tidy(): Promise<void> {
    this.tidying ??= this.removeOldest().finally(() => {
      this.tidying = null
    })
    return this.tidying
  }

  private async removeOldest(): Promise<void> {
    const files: { path: string; size: number; savedAt: number }[] = []
    for (const name of await readdir(this.directory)) {
      const path = join(this.directory, name)
      const facts = await stat(path).catch(() => null)
      if (facts?.isFile()) files.push({ path, size: facts.size, savedAt: facts.mtimeMs })
    }
    let total = files.reduce((sum, file) => sum + file.size, 0)
    if (total > this.maxBytes) {
      files.sort((a, b) => a.savedAt - b.savedAt)
      for (const file of files) {
        if (total <= this.maxBytes * KEPT_SHARE) break
        await rm(file.path, { force: true })
        total -= file.size
      }
    }
    this.totalBytes = total
  }
}
