import type { Photo } from '@contract'
import { formatDay, formatMoment } from '../../parts/format.ts'

/** When a photo was taken: as the camera wrote it (EXIF writes 2026:05:28 09:12:03), else when it came in. */
export function photoMoment(photo: Pick<Photo, 'takenAtText' | 'createdAt'>): string {
  const match = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}:\d{2})/.exec(photo.takenAtText ?? '')
  if (!match) return formatMoment(photo.createdAt)
  const [, year, month, day, clock] = match
  return `${formatDay(`${year}-${month}-${day}`)} ${clock}`
}
