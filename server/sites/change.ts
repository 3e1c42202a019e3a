import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { cleanText } from '../core/plain-text.ts'
import type { Status } from '../core/vocabulary.ts'
import { recordChange } from '../db/changes.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { placeRefusal } from '../hazards/rules.ts'
import { appendHazardEvents, recordHazardStates, updateHazard } from '../hazards/write.ts'
import { notFound, staleVersion, unprocessable } from '../http/problems.ts'
import { asSiteDetail, type SiteDetailRow } from './model.ts'
import { GeometryError, readSiteGeometry } from './position.ts'
import { findAreaOfShape, findShapeFault, findSite, listHazardsPlacedBySite } from './queries.ts'
import type { NewSite, SitePatch } from './schema.ts'
import { insertSite, type SiteRecord, updateSite } from './write.ts'

type Placed = Pick<SiteRecord, 'geometry' | 'coordinateText' | 'coordinateSystem' | 'areaCode' | 'areaBasis'>

/** The place of an input and the area it lies in. Throws 422 for a shape that is none. */
async function readPlace(
  db: Knex,
  input: Pick<NewSite, 'geometry' | 'coordinateSystem'>,
): Promise<Placed | null> {
  if (!input.geometry) return null
  const coordinateSystem = input.coordinateSystem ?? 'WGS84'
  const { geometry, coordinateText } = readShape(input.geometry, coordinateSystem)
  const fault = await findShapeFault(db, geometry)
  if (fault) throw unprocessable('BAD_GEOMETRY', `图形不成立，请检查是否自相交（${fault}）`)
  const areaCode = await findAreaOfShape(db, geometry)
  return { geometry, coordinateText, coordinateSystem, areaCode, areaBasis: 'geometry' }
}

function readShape(
  geometry: NonNullable<NewSite['geometry']>,
  system: 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09',
) {
  try {
    return readSiteGeometry(geometry, system)
  } catch (error) {
    if (error instanceof GeometryError) throw unprocessable('BAD_GEOMETRY', error.message)
    throw error
  }
}

const TEXT_FIELDS = [
  'creditCode',
  'kind',
  'address',
  'responsibleUnit',
  'responsiblePerson',
  'responsiblePhone',
] as const

/** The facts of an input as they are kept: clean texts, an empty one as none. */
function readFacts(input: Partial<NewSite>): Partial<SiteRecord> {
  const record: Partial<SiteRecord> = {}
  if (input.name !== undefined) {
    const name = cleanText(input.name)
    if (name === '') throw unprocessable('EMPTY_NAME', '请写场所名称')
    record.name = name
  }
  if (input.sector !== undefined) record.sector = input.sector
  for (const field of TEXT_FIELDS) {
    const value = input[field]
    if (value !== undefined) record[field] = value === null ? null : cleanText(value) || null
  }
  return record
}

/** A site without a place belongs to the one area of the officer who enters it, else to none. */
function areaOfWriter(user: User): Pick<SiteRecord, 'areaCode' | 'areaBasis'> {
  const [only, ...others] = user.areaCodes
  if (user.role === 'officer' && only && others.length === 0) return { areaCode: only, areaBasis: 'named' }
  return { areaCode: null, areaBasis: null }
}

/** Enters a site and answers its id. */
export async function createSite(db: Knex, input: NewSite, user: User, at: Date): Promise<string> {
  const id = uuid()
  await db.transaction(async (transaction) => {
    const site: SiteRecord & { id: string } = {
      id,
      name: input.name,
      sector: input.sector,
      creditCode: null,
      kind: null,
      address: null,
      responsibleUnit: null,
      responsiblePerson: null,
      responsiblePhone: null,
      geometry: null,
      coordinateText: null,
      coordinateSystem: null,
      isExample: user.isExample,
      ...areaOfWriter(user),
      ...readFacts(input),
      ...(await readPlace(transaction, input)),
    }
    refuseForeign(user, site)
    await insertSite(transaction, site, at)
    if (site.geometry) await refreshExposure(transaction, { siteIds: [id] }, at)
    await recordChange(transaction, {
      kind: 'site',
      id,
      areaCodes: [site.areaCode],
      sectors: [site.sector],
    })
  })
  return id
}

function refuseForeign(user: User, site: Pick<SiteRecord, 'areaCode' | 'sector'>): void {
  const refusal = placeRefusal(user, site.areaCode, site.sector)
  if (refusal) throw refusal
}

/** Changes the named fields of a site that the user may see. */
export async function editSite(db: Knex, id: string, patch: SitePatch, user: User, at: Date): Promise<void> {
  await db.transaction(async (transaction) => {
    const request = { scope: user.scope, today: dayOf(at), asOf: null }
    const current = await findSite(transaction, id, request)
    if (!current) throw notFound('场所')
    if (current.version !== patch.version) throw staleVersion(asSiteDetail(current, true))
    const record = { ...readFacts(patch), ...(await readMove(transaction, patch, current)) }
    const areaCode = record.areaCode === undefined ? current.areaCode : record.areaCode
    const sector = record.sector ?? current.sector
    refuseForeign(user, { areaCode, sector })
    const isWritten = await updateSite(transaction, id, patch.version, record, at)
    if (!isWritten) {
      const winner = await findSite(transaction, id, request)
      throw winner ? staleVersion(asSiteDetail(winner, true)) : notFound('场所')
    }
    if (record.geometry !== undefined) await refreshExposure(transaction, { siteIds: [id] }, at)
    if (areaCode !== current.areaCode) await moveHazards(transaction, id, areaCode, user, at)
    await recordChange(transaction, {
      kind: 'site',
      id,
      areaCodes: [current.areaCode, areaCode],
      sectors: [current.sector, sector],
    })
  })
}

/** Taking a position away leaves the site in its area: that is still known, by name. */
async function readMove(
  transaction: Knex,
  patch: SitePatch,
  current: SiteDetailRow,
): Promise<Partial<SiteRecord>> {
  if (patch.geometry === undefined) return {}
  const place = await readPlace(transaction, patch)
  if (place) return place
  return {
    geometry: null,
    coordinateText: null,
    coordinateSystem: null,
    areaBasis: current.areaCode === null ? null : 'named',
  }
}

/** Hazards that lie where their site lies follow it into another area, each with its event. */
async function moveHazards(
  transaction: Knex,
  siteId: string,
  areaCode: string | null,
  user: User,
  at: Date,
): Promise<void> {
  const hazards = await listHazardsPlacedBySite(transaction, siteId, areaCode)
  if (hazards.length === 0) return
  for (const hazard of hazards) await updateHazard(transaction, hazard.id, hazard.version, { areaCode }, at)
  await appendHazardEvents(
    transaction,
    hazards.map((hazard) => ({
      hazardId: hazard.id,
      action: 'edit',
      fromStatus: hazard.status as Status,
      toStatus: hazard.status as Status,
      changes: { areaCode: { from: hazard.areaCode, to: areaCode } },
      note: '场所位置改动，所在辖区随之改变',
      actorId: user.id,
      actorName: user.displayName,
      occurredAt: at,
    })),
  )
  const ids = hazards.map((hazard) => hazard.id)
  await recordHazardStates(transaction, ids, at)
  for (const hazard of hazards) {
    await recordChange(transaction, {
      kind: 'hazard',
      id: hazard.id,
      areaCodes: [hazard.areaCode, areaCode],
      sectors: [hazard.sector],
    })
  }
}
