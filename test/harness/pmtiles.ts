/** Writes a small PMTiles archive, version 3, by its specification: one directory, nothing compressed. */
export interface ArchivePart {
  tileId: number
  bytes: Uint8Array
}

export const MVT = 1
export const PNG = 2
const UNCOMPRESSED = 1
const HEADER_BYTES = 127

export function makePmtiles(
  tileType: number,
  parts: ArchivePart[],
  metadata: object,
  maxZoom: number,
): Buffer {
  const directory = makeDirectory(parts)
  const facts = Buffer.from(JSON.stringify(metadata))
  const data = Buffer.concat(parts.map((part) => part.bytes))
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles', 0, 'latin1')
  header.writeUInt8(3, 7)
  const metadataOffset = HEADER_BYTES + directory.length
  const dataOffset = metadataOffset + facts.length
  const places = [
    HEADER_BYTES,
    directory.length,
    metadataOffset,
    facts.length,
    dataOffset,
    0,
    dataOffset,
    data.length,
  ]
  const counts = [parts.length, parts.length, parts.length]
  for (const [index, value] of [...places, ...counts].entries())
    header.writeBigUInt64LE(BigInt(value), 8 + index * 8)
  for (const [index, value] of [1, UNCOMPRESSED, UNCOMPRESSED, tileType, 0, maxZoom].entries()) {
    header.writeUInt8(value, 96 + index)
  }
  for (const [index, degrees] of [-180, -85, 180, 85].entries())
    header.writeInt32LE(degrees * 1e7, 102 + index * 4)
  return Buffer.concat([header, directory, facts, data])
}

function makeDirectory(parts: ArchivePart[]): Buffer {
  const numbers = [parts.length]
  let last = 0
  for (const { tileId } of parts) {
    numbers.push(tileId - last)
    last = tileId
  }
  for (const _ of parts) numbers.push(1)
  for (const { bytes } of parts) numbers.push(bytes.length)
  // 0 says: right after the part before; the first begins at 0, which is written as 1
  for (const [index] of parts.entries()) numbers.push(index === 0 ? 1 : 0)
  return Buffer.from(numbers.flatMap(varint))
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  return [...bytes, rest]
}
