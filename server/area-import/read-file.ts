import { readFile, stat } from 'node:fs/promises'
import type { Feature, FeatureCollection } from 'geojson'
import { AreaFileError } from './error.ts'
import { type OutlineRow, readZippedShapefile } from './shapefile.ts'

const MAX_FILE_BYTES = 100 * 1024 * 1024

/** Reads outlines from GeoJSON or a zipped Shapefile: told apart by content, not by name. */
export async function readOutlineFile(path: string): Promise<OutlineRow[]> {
  const size = await stat(path).then(
    (facts) => (facts.isFile() ? facts.size : -1),
    () => -1,
  )
  if (size < 0) throw new AreaFileError(`没有这个文件：${path} (no such file)`)
  if (size === 0) throw new AreaFileError(`文件是空的：${path} (the file is empty)`)
  if (size > MAX_FILE_BYTES) {
    throw new AreaFileError(`文件超过 ${MAX_FILE_BYTES / 1024 / 1024} MB：${path} (the file is too large)`)
  }
  const bytes = await readFile(path)
  const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK'
  return isZip ? readZippedShapefile(bytes) : readGeojson(bytes, path)
}

function readGeojson(bytes: Buffer, path: string): OutlineRow[] {
  const parsed = parse(bytes, path)
  const features =
    parsed?.type === 'FeatureCollection' ? parsed.features : parsed?.type === 'Feature' ? [parsed] : null
  if (!Array.isArray(features)) {
    throw new AreaFileError(
      `不是 GeoJSON 的 FeatureCollection，也不是压缩的 Shapefile：${path} (expected GeoJSON or a zipped Shapefile)`,
    )
  }
  return features.map((feature) => ({
    geometry: feature?.geometry ?? null,
    properties: feature?.properties ?? {},
  }))
}

function parse(bytes: Buffer, path: string): FeatureCollection | Feature | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return JSON.parse(text)
  } catch {
    throw new AreaFileError(
      `读不懂文件：${path}，应为 UTF-8 的 GeoJSON 或压缩的 Shapefile (neither GeoJSON nor a zipped Shapefile)`,
    )
  }
}
