import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import exifr from 'exifr'
import sharp from 'sharp'
import { unprocessable, unsupportedType } from '../http/problems.ts'

const MEDIA_TYPES: Record<string, string> = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' }
const SHOWN_PIXELS = 1600
const THUMBNAIL_PIXELS = 320
/** A phone's photo has 12 to 50 million pixels; more is a bomb. */
const MAX_PIXELS = 120_000_000

export interface StoredPhoto {
  sha256: string
  mediaType: string
  byteSize: number
  width: number
  height: number
  takenAtText: string | null
  position: { lng: number; lat: number } | null
}

/**
 * Keeps a photo under the hash of its content: the original as it came, and two pictures without any metadata to show.
 * What is not a whole JPEG, PNG or WebP is refused by decoding it, whatever its name says.
 */
export async function storePhoto(directory: string, bytes: Buffer): Promise<StoredPhoto> {
  const mediaType = await readMediaType(bytes)
  const facts = await readFacts(bytes)
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS }).autoOrient()
  const shown = await image
    .clone()
    .resize(SHOWN_PIXELS, SHOWN_PIXELS, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw unprocessable('BROKEN_PHOTO', '照片内容不完整或无法解码，请重新拍照')
    })
  const thumbnail = await image
    .clone()
    .resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'cover' })
    .jpeg({ quality: 75 })
    .toBuffer()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await Promise.all([
    writeWhole(photoPath(directory, sha256, 'original'), bytes),
    writeWhole(photoPath(directory, sha256, 'shown'), shown.data),
    writeWhole(photoPath(directory, sha256, 'thumbnail'), thumbnail),
  ])
  return {
    sha256,
    mediaType,
    byteSize: bytes.length,
    width: shown.info.width,
    height: shown.info.height,
    ...facts,
  }
}

export type PhotoForm = 'original' | 'shown' | 'thumbnail'

export function photoPath(directory: string, sha256: string, form: PhotoForm): string {
  return join(directory, sha256.slice(0, 2), `${sha256}.${form}`)
}

async function readMediaType(bytes: Buffer): Promise<string> {
  const metadata = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch(() => null)
  const mediaType = metadata?.format ? MEDIA_TYPES[metadata.format] : undefined
  if (!mediaType) {
    throw unsupportedType(
      'NOT_A_PHOTO',
      '只收 JPEG、PNG、WebP 照片。苹果手机请在「设置 → 相机 → 格式」选「兼容性最佳」',
    )
  }
  return mediaType
}

/** Time and place as the camera wrote them. EXIF time has no zone, so it stays a text. */
async function readFacts(bytes: Buffer): Promise<Pick<StoredPhoto, 'takenAtText' | 'position'>> {
  const tags = await exifr
    .parse(bytes, { reviveValues: false, pick: ['DateTimeOriginal', 'GPSLatitude', 'GPSLongitude'] })
    .catch(() => null)
  const gps = await exifr.gps(bytes).catch(() => null)
  const isPlaced = Number.isFinite(gps?.longitude) && Number.isFinite(gps?.latitude)
  return {
    takenAtText: typeof tags?.DateTimeOriginal === 'string' ? tags.DateTimeOriginal.slice(0, 40) : null,
    position: isPlaced && gps ? { lng: gps.longitude, lat: gps.latitude } : null,
  }
}

/** Written beside and moved, so that a stop in the middle leaves no half photo under its hash. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const partial = `${path}.${randomUUID()}.partial`
  await writeFile(partial, bytes, { mode: 0o600 })
  await rename(partial, path)
}
