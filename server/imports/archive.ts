import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { UnreadableError } from './table.ts'

/** What a real workbook stays far below: 100,000 rows of 11 columns are 60 MB unpacked. */
const MAX_PARTS = 2_000
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024

/** A zip whose table of contents has been looked at; nothing is unpacked before that. */
export interface Archive {
  names: string[]
  /** As claimed; readers hold each part to it. */
  unpackedBytes: number
  open(name: string): Promise<Readable>
}

/**
 * Reads the table of contents and refuses a bomb by what it claims. The sizes are claims, but readers hold each part to
 * its own, so a part that lies is stopped when it is unpacked.
 */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  const entries = new Map<string, Entry>()
  let zip: ZipFile
  let unpackedBytes = 0
  try {
    zip = await fromBufferPromise(bytes, { lazyEntries: true })
    for await (const entry of zip.eachEntry()) {
      unpackedBytes += entry.uncompressedSize
      entries.set(entry.fileName, entry)
      if (entries.size > MAX_PARTS || unpackedBytes > MAX_UNPACKED_BYTES) {
        throw new UnreadableError(
          'ARCHIVE_TOO_LARGE',
          `文件解开后超过 ${MAX_UNPACKED_BYTES / 1024 / 1024} MB 或 ${MAX_PARTS} 个部件，不像真实的表格，没有打开`,
        )
      }
    }
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    throw new UnreadableError('FILE_DAMAGED', '文件已损坏，打不开。请在 Excel 里打开后另存再上传')
  }
  return {
    names: [...entries.keys()],
    unpackedBytes,
    open: async (name) => {
      const entry = entries.get(name)
      if (!entry) throw new UnreadableError('FILE_DAMAGED', `文件缺少部件 ${name}`)
      return zip.openReadStreamPromise(entry)
    },
  }
}
