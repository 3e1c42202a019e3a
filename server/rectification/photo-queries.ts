import type { Knex } from 'knex'
import type { PhotoStage } from '../core/vocabulary.ts'
import { selectHazards } from '../hazards/filter.ts'
import type { FilterRequest } from '../http/filter-request.ts'

export interface PhotoRow {
  id: string
  stage: PhotoStage
  sha256: string
  mediaType: string
  width: number
  height: number
  takenAtText: string | null
  distanceMeters: number | null
  createdAt: Date
}

const columns = `id, stage, sha256, media_type as "mediaType", width, height, taken_at_text as "takenAtText",
  distance_meters as "distanceMeters", created_at as "createdAt"`

export async function listPhotos(db: Knex, hazardId: string): Promise<PhotoRow[]> {
  return db('hazard_photos')
    .select(db.raw(columns))
    .where({ hazard_id: hazardId })
    .orderBy('created_at')
    .orderBy('id')
}

export interface SitePhotoRow extends PhotoRow {
  hazardId: string
  number: string
  description: string
}
const MOST_ON_A_PAGE = 200

/** The photos of a place's hazards that the asker may see, newest first. */
export async function listPhotosOfSite(
  db: Knex,
  siteId: string,
  request: Omit<FilterRequest, 'filters'>,
): Promise<{ rows: SitePhotoRow[]; total: number }> {
  const ofSite = () => {
    const query = selectHazards(db, { ...request, filters: { siteId: [siteId] } }).join(
      'hazard_photos as photos',
      'photos.hazard_id',
      'hazards.id',
    )
    return request.asOf === null ? query : query.where('photos.created_at', '<', request.asOf)
  }
  const rows: SitePhotoRow[] = await ofSite()
    .select(
      db.raw(
        `photos.id, photos.stage, photos.sha256, photos.media_type as "mediaType", photos.width, photos.height,
         photos.taken_at_text as "takenAtText", photos.distance_meters as "distanceMeters",
         photos.created_at as "createdAt", hazards.id as "hazardId", hazards.number, hazards.description`,
      ),
    )
    .orderByRaw('photos.created_at desc, photos.id desc')
    .limit(MOST_ON_A_PAGE)
  const counted = await ofSite().count('* as count').first()
  return { rows, total: Number(counted.count) }
}

export async function findPhoto(db: Knex, hazardId: string, id: string): Promise<PhotoRow | undefined> {
  return db('hazard_photos').select(db.raw(columns)).where({ hazard_id: hazardId, id }).first()
}

export interface NewPhoto {
  id: string
  hazardId: string
  stage: PhotoStage
  sha256: string
  mediaType: string
  byteSize: number
  width: number
  height: number
  takenAtText: string | null
  position: { lng: number; lat: number } | null
  createdBy: string
}

/** Keeps what a photo says of itself; the distance to the hazard is geodesic, null where either has no place. */
export async function insertPhoto(db: Knex, photo: NewPhoto): Promise<PhotoRow> {
  const result = await db.raw(
    `insert into hazard_photos
       (id, hazard_id, stage, sha256, media_type, byte_size, width, height, taken_at_text, geom, distance_meters, created_by)
     select :id, hazards.id, :stage, :sha256, :mediaType, :byteSize, :width, :height, :takenAtText, place.geom,
       ST_Distance(place.geom::geography, hazards.geom::geography), :createdBy
     from hazards,
       lateral (select ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326) as geom) as place
     where hazards.id = :hazardId
     returning ${columns}`,
    { ...photo, lng: photo.position?.lng ?? null, lat: photo.position?.lat ?? null },
  )
  return result.rows[0]
}

/** How many of these photos belong to the hazard and to no event yet. */
export async function countLoosePhotos(db: Knex, hazardId: string, ids: string[]): Promise<number> {
  const row = await db('hazard_photos')
    .where({ hazard_id: hazardId })
    .whereNull('event_id')
    .whereIn('id', ids)
    .count('* as count')
    .first()
  return Number(row?.count ?? 0)
}

export async function attachPhotos(
  db: Knex,
  hazardId: string,
  ids: string[],
  eventId: string,
): Promise<void> {
  if (ids.length === 0) return
  await db('hazard_photos').where({ hazard_id: hazardId }).whereIn('id', ids).update({ event_id: eventId })
}

export async function countPhotos(db: Knex, hazardId: string): Promise<number> {
  const row = await db('hazard_photos').where({ hazard_id: hazardId }).count('* as count').first()
  return Number(row?.count ?? 0)
}
