import type { Geometry } from 'geojson'
import { parseDbf, parseShp } from 'shpjs'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { AreaFileError } from './error.ts'

const MAX_UNPACKED_BYTES = 200 * 1024 * 1024
const MAX_PARTS = 1_000

/** One row of the file: the shape as it is written, in the file's own coordinates, and its columns. */
export interface OutlineRow {
  geometry: Geometry | null
  properties: Record<string, unknown>
}

/** Reads the one Shapefile in a zip. Nothing is unpacked before the claimed sizes have been added up. */
export async function readZippedShapefile(bytes: Buffer): Promise<OutlineRow[]> {
  const parts = await listParts(bytes)
  const shapes = [...parts.keys()].filter((name) => name.toLowerCase().endsWith('.shp'))
  const [shape, ...more] = shapes
  if (!shape || more.length > 0) {
    throw new AreaFileError(
      `压缩包里应正好有一个 .shp，找到 ${shapes.length} 个${shapes.length > 0 ? `：${shapes.join('、')}` : ''} (expected exactly one .shp)`,
    )
  }
  const sibling = (extension: string) =>
    [...parts].find(
      ([name]) => name.toLowerCase() === `${shape.slice(0, -4)}.${extension}`.toLowerCase(),
    )?.[1]
  const [shp, dbf, cpg] = await Promise.all(
    [parts.get(shape), sibling('dbf'), sibling('cpg')].map((read) => read?.()),
  )
  if (!shp || !dbf) {
    throw new AreaFileError('压缩包里缺少与 .shp 同名的 .dbf，无法知道各面的代码和名称 (the .dbf is missing)')
  }
  try {
    const geometries = parseShp(shp)
    const rows = parseDbf(dbf, Buffer.from(encodingOf(dbf, cpg)))
    return geometries.map((geometry, index) => ({ geometry, properties: rows[index] ?? {} }))
  } catch {
    throw new AreaFileError('Shapefile 已损坏，读不了 (the Shapefile is damaged)')
  }
}

type ReadPart = () => Promise<Buffer>

async function listParts(bytes: Buffer): Promise<Map<string, ReadPart>> {
  const parts = new Map<string, ReadPart>()
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true })
    let total = 0
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize
      if (total > MAX_UNPACKED_BYTES || parts.size > MAX_PARTS) {
        throw new AreaFileError(
          `压缩包解开后超过 ${MAX_UNPACKED_BYTES / 1024 / 1024} MB 或 ${MAX_PARTS} 个文件，没有打开 (too large when unpacked)`,
        )
      }
      if (!entry.fileName.includes('__MACOSX')) parts.set(entry.fileName, () => readPart(zip, entry))
    }
  } catch (error) {
    if (error instanceof AreaFileError) throw error
    throw new AreaFileError('压缩包已损坏，打不开 (the zip file is damaged)')
  }
  return parts
}

/** A part that is longer than it claims is stopped by yauzl. */
async function readPart(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
  } catch {
    throw new AreaFileError(`压缩包里的 ${entry.fileName} 已损坏 (a part of the zip file is damaged)`)
  }
  return Buffer.concat(chunks)
}

/** The .cpg if there is one; else UTF-8 if the text is that, and GB18030, which holds GBK, if not. */
export function encodingOf(dbf: Buffer, cpg: Buffer | undefined): string {
  const named = cpg?.toString('latin1').trim()
  if (named) {
    const label = /^(936|gbk|gb2312|ansi 936|cp936)$/i.test(named)
      ? 'gb18030'
      : named === '65001'
        ? 'utf-8'
        : named
    if (isKnownEncoding(label)) return label
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(recordsOf(dbf))
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

/** The header holds binary numbers, which are no text: names of columns and the records are. */
function recordsOf(dbf: Buffer): Uint8Array {
  const headerLength = dbf.length > 10 ? dbf.readUInt16LE(8) : 0
  const names: number[] = []
  for (let offset = 32; offset + 32 < headerLength; offset += 32)
    names.push(...dbf.subarray(offset, offset + 11))
  return Buffer.concat([Buffer.from(names), dbf.subarray(headerLength)])
}

function isKnownEncoding(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}
