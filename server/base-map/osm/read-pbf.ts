import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { TransformCallback } from 'node:stream'
import { type OSMOptions, OSMTransform } from 'osm-pbf-parser-node'
import { StartError } from '../../start-error.ts'
import type { Tags } from './tags.ts'

/** Why a file cannot be imported, in one line for the person who tries. */
export class OsmFileError extends StartError {
  override name = 'OsmFileError'
}

export interface OsmNode {
  type: 'node'
  id: number
  lon: number
  lat: number
  tags?: Tags
}
export interface OsmWay {
  type: 'way'
  id: number
  refs: number[]
  tags?: Tags
}
export interface OsmRelation {
  type: 'relation'
  id: number
  members: { type: 'node' | 'way' | 'relation'; ref: number; role: string }[]
  tags?: Tags
}
export type OsmItem = OsmNode | OsmWay | OsmRelation

/** The library throws inside the stream, where nobody can catch it: here it becomes the stream's error. */
class CatchingTransform extends OSMTransform {
  override _transform(chunk: unknown, encoding: BufferEncoding, next: TransformCallback): void {
    try {
      super._transform(chunk, encoding, next)
    } catch (error) {
      next(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

/** Reads every item of the file once, block by block, keeping none. */
export async function* readItems(file: string, options: OSMOptions): AsyncGenerator<OsmItem> {
  const source = createReadStream(file)
  const items = new CatchingTransform(options)
  source.on('error', (error) => items.destroy(error))
  source.pipe(items)
  try {
    for await (const block of items as AsyncIterable<Partial<OsmItem>[]>) {
      // the first block is the header, which has no type
      for (const item of block) if (item.type) yield item as OsmItem
    }
  } catch {
    throw new OsmFileError(
      `文件不完整或已损坏：${file}，没有写入任何内容 (truncated or damaged .osm.pbf, nothing written)`,
    )
  } finally {
    source.destroy()
  }
}

const MAX_HEADER_BYTES = 64 * 1024

/** Looks at the first bytes, so that any other kind of file is refused before it is read through. */
export async function assertPbf(file: string): Promise<void> {
  const handle = await open(file).catch(() => {
    throw new OsmFileError(`打不开文件：${file} (cannot open the file)`)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    const isPbf =
      bytesRead > 16 &&
      buffer.readUInt32BE(0) <= MAX_HEADER_BYTES &&
      buffer.toString('latin1', 4, bytesRead).includes('OSMHeader')
    if (!isPbf) throw new OsmFileError(`不是 .osm.pbf 文件：${file} (not an .osm.pbf file)`)
  } catch (error) {
    if (error instanceof OsmFileError) throw error
    throw new OsmFileError(`读不了文件：${file} (cannot read the file)`)
  } finally {
    await handle.close()
  }
}
