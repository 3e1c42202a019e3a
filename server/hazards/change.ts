import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { maySee, type User } from '../access/model.ts'
import { deriveAreaCodes } from '../areas/queries.ts'
import { dayOf } from '../core/calendar.ts'
import { toWgs84 } from '../core/lnglat.ts'
import { recordChange } from '../db/changes.ts'
import { allocateNumbers } from '../db/numbers.ts'
import { conflict, notFound, type ProblemError, staleVersion, unprocessable } from '../http/problems.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import { assertClause, assertJudgement, assertMayJudge } from './judgement.ts'
import { asHazard, type HazardDetailRow, isOpen } from './model.ts'
import { findHazard, findSiteFacts } from './queries.ts'
import { daysRefusal, placeRefusal } from './rules.ts'
import type { HazardPatch, NewHazard } from './schema.ts'
import {
  appendHazardEvents,
  type HazardRecord,
  insertHazards,
  recordHazardStates,
  updateHazard,
} from './write.ts'

function refuse(refusal: ProblemError | null): void {
  if (refusal) throw refusal
}

type Placed = Pick<HazardRecord, 'lng' | 'lat' | 'coordinateText' | 'coordinateSystem'>

/** The position of an input in WGS-84, with what was written kept beside it. Throws 422 for a place nobody means. */
function readPlace(input: Pick<NewHazard, 'geometry' | 'coordinateSystem'>): Placed {
  if (!input.geometry) return { lng: null, lat: null, coordinateText: null, coordinateSystem: null }
  const [x, y] = input.geometry.coordinates
  if (x === undefined || y === undefined || Math.abs(x) > 180 || Math.abs(y) > 90 || (x === 0 && y === 0)) {
    throw unprocessable('BAD_POSITION', '坐标不成立：应为经度、纬度，单位度，且不是 (0, 0)')
  }
  const system = input.coordinateSystem ?? 'WGS84'
  const [lng, lat] = toWgs84(system, x, y)
  return { lng, lat, coordinateText: `${x},${y}`, coordinateSystem: system }
}

/** Where a hazard belongs: by its position, else by its site, else the one area of the officer who enters it. */
async function findArea(
  db: Knex,
  place: { lng: number | null; lat: number | null },
  siteId: string | null,
  user: User,
): Promise<Pick<HazardRecord, 'areaCode' | 'areaBasis'>> {
  if (place.lng !== null && place.lat !== null) {
    const [areaCode] = await deriveAreaCodes(db, [{ lng: place.lng, lat: place.lat }])
    return { areaCode: areaCode ?? null, areaBasis: 'geometry' }
  }
  if (siteId) {
    const site = await findSiteFacts(db, siteId)
    return { areaCode: site?.areaCode ?? null, areaBasis: 'site' }
  }
  const [only, ...others] = user.areaCodes
  if (user.role === 'officer' && only && others.length === 0) return { areaCode: only, areaBasis: 'named' }
  return { areaCode: null, areaBasis: null }
}

/** A site that may be named: it exists, is not retired, and the user may see it. */
async function assertSite(db: Knex, siteId: string | null | undefined, user: User): Promise<void> {
  if (!siteId) return
  const site = await findSiteFacts(db, siteId)
  // an inspector may find a hazard of their sector at a site of another
  if (!site || !maySee({ ...user.scope, sectors: 'all' }, site.areaCode, null)) {
    throw unprocessable('UNKNOWN_SITE', '没有这个场所，或不在您的可见范围内')
  }
}

/** Registers a new hazard as 待核实 and answers its id. */
export async function createHazard(db: Knex, input: NewHazard, user: User, at: Date): Promise<string> {
  const today = dayOf(at)
  const id = uuid()
  await db.transaction(async (transaction) => {
    refuse(daysRefusal(input.foundOn, input.dueOn ?? null, today))
    const clauseId = input.clauseId ?? null
    await assertJudgement(transaction, { ...input, clauseId }, user)
    await assertSite(transaction, input.siteId, user)
    const place = readPlace(input)
    const area = await findArea(transaction, place, input.siteId ?? null, user)
    refuse(placeRefusal(user, area.areaCode, input.sector))
    const [number = ''] = await allocateNumbers(transaction, 'YH', Number(today.slice(0, 4)), 1)
    const record: HazardRecord & { id: string } = {
      id,
      number,
      rowKey: null,
      siteId: input.siteId ?? null,
      ...area,
      sector: input.sector,
      description: input.description,
      locationText: input.locationText ?? null,
      category: input.category ?? null,
      severity: input.severity,
      status: 'reported',
      clauseId,
      foundOn: input.foundOn,
      foundBy: input.foundBy ?? user.displayName,
      dueOn: input.dueOn ?? null,
      originalDueOn: input.dueOn ?? null,
      extensionCount: 0,
      closedOn: null,
      acceptedBy: null,
      measures: input.measures ?? null,
      responsibleUnit: input.responsibleUnit ?? null,
      responsiblePerson: input.responsiblePerson ?? null,
      fundsWan: input.fundsWan ?? null,
      contingencyPlan: input.contingencyPlan ?? null,
      supervisor: input.supervisor ?? null,
      result: null,
      origin: input.origin ?? null,
      isListed: false,
      listingDocument: null,
      submittedBy: null,
      ...place,
      isExample: user.isExample,
      importId: null,
    }
    await insertHazards(transaction, [record], at)
    await appendHazardEvents(transaction, [
      {
        hazardId: id,
        action: 'create',
        fromStatus: null,
        toStatus: 'reported',
        actorId: user.id,
        actorName: user.displayName,
        occurredAt: at,
      },
    ])
    await recordHazardStates(transaction, [id], at)
    await recordChange(transaction, {
      kind: 'hazard',
      id,
      areaCodes: [area.areaCode],
      sectors: [input.sector],
    })
  })
  return id
}

const PLAIN_FIELDS = [
  'description',
  'sector',
  'severity',
  'foundOn',
  'dueOn',
  'siteId',
  'clauseId',
  'locationText',
  'category',
  'foundBy',
  'measures',
  'responsibleUnit',
  'responsiblePerson',
  'fundsWan',
  'contingencyPlan',
  'supervisor',
  'origin',
] as const

/** Changes the named fields of an open hazard, with an event that keeps what each was. */
export async function editHazard(
  db: Knex,
  id: string,
  patch: HazardPatch,
  user: User,
  at: Date,
): Promise<void> {
  const today = dayOf(at)
  await db.transaction(async (transaction) => {
    const current = await findHazard(transaction, id, { scope: user.scope, today, asOf: null })
    if (!current) throw notFound('隐患')
    assertEditable(current, patch, today)
    const record = await readChanges(transaction, current, patch, user, today)
    const changes = differences(current, record)
    if (Object.keys(changes).length === 0) return
    const isWritten = await updateHazard(transaction, id, patch.version, record, at)
    if (!isWritten) throw staleVersion(asHazard(current, today, WORK_CALENDAR))
    await appendHazardEvents(transaction, [
      {
        hazardId: id,
        action: 'edit',
        fromStatus: current.status,
        toStatus: current.status,
        changes,
        note: patch.note ?? null,
        actorId: user.id,
        actorName: user.displayName,
        occurredAt: at,
      },
    ])
    await recordHazardStates(transaction, [id], at)
    await recordChange(transaction, {
      kind: 'hazard',
      id,
      areaCodes: [current.areaCode, record.areaCode ?? current.areaCode],
      sectors: [current.sector, record.sector ?? current.sector],
    })
  })
}

function assertEditable(current: HazardDetailRow, patch: HazardPatch, today: string): void {
  if (current.version !== patch.version) throw staleVersion(asHazard(current, today, WORK_CALENDAR))
  if (!isOpen(current.status)) throw conflict('NOT_OPEN', '这处隐患已办结，不能再修改')
  const isAssigned = current.status !== 'reported' && current.status !== 'registered'
  if (isAssigned && patch.dueOn !== undefined && patch.dueOn !== current.dueOn) {
    throw unprocessable('USE_EXTEND', '已交办的隐患改期限请办理「延期」，写明理由')
  }
}

async function readChanges(
  transaction: Knex,
  current: HazardDetailRow,
  patch: HazardPatch,
  user: User,
  today: string,
): Promise<Partial<HazardRecord>> {
  const record: Partial<HazardRecord> = {}
  for (const field of PLAIN_FIELDS)
    if (patch[field] !== undefined) Object.assign(record, { [field]: patch[field] })
  if (record.dueOn !== undefined) record.originalDueOn = record.dueOn
  refuse(
    daysRefusal(
      record.foundOn ?? current.foundOn,
      record.dueOn === undefined ? current.dueOn : record.dueOn,
      today,
    ),
  )
  await checkJudgement(transaction, current, record, user)
  await assertSite(transaction, record.siteId, user)
  if (patch.geometry !== undefined || record.siteId !== undefined) {
    const place = patch.geometry === undefined ? { lng: current.lng, lat: current.lat } : readPlace(patch)
    const siteId = record.siteId === undefined ? current.siteId : record.siteId
    const area = await findArea(transaction, place, siteId, user)
    Object.assign(record, patch.geometry === undefined ? {} : place, area)
  }
  const areaCode = record.areaCode === undefined ? current.areaCode : record.areaCode
  refuse(placeRefusal(user, areaCode, record.sector ?? current.sector))
  return record
}

/** The wording of what an inspector judged may be mended by others, but not the judgement. */
async function checkJudgement(
  transaction: Knex,
  current: HazardDetailRow,
  record: Partial<HazardRecord>,
  user: User,
): Promise<void> {
  const { severity, clauseId, sector, foundOn } = { ...current, ...record }
  const isOtherSeverity = severity !== current.severity
  const isOtherClause = clauseId !== current.clauseId
  const wasMajor = current.severity === 'major'
  if (wasMajor && (isOtherSeverity || isOtherClause)) assertMayJudge(user)
  const judgement = { severity, clauseId, sector, foundOn }
  if (isOtherClause || (isOtherSeverity && severity === 'major')) {
    await assertJudgement(transaction, judgement, user)
  } else if (foundOn !== current.foundOn) await assertClause(transaction, judgement)
}

/** Field by field, what was and what is; fields that stay the same are left out. */
export function differences(
  current: HazardDetailRow,
  record: Partial<HazardRecord>,
): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const [field, to] of Object.entries(record)) {
    const from = (current as unknown as Record<string, unknown>)[field]
    // fields that the detail row does not carry (such as areaBasis) are bookkeeping, not facts
    if (from === undefined || from === to) continue
    changes[field] = { from, to }
  }
  return changes
}
