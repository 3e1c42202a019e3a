import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { maySee, type User } from '../access/model.ts'
import { deriveAreaCode } from '../areas/queries.ts'
import { dayOf } from '../core/calendar.ts'
import { recordChange } from '../db/changes.ts'
import { allocateNumbers } from '../db/numbers.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { readPosition } from '../http/position.ts'
import { conflict, notFound, staleVersion, unprocessable } from '../http/problems.ts'
import { asDrill, type DrillRow } from './model.ts'
import { findDrill, findDrillSite, findVisibleHazardIds } from './queries.ts'
import { editRefusal, moveRefusal, type Refusal, timeRefusal, zonesRefusal } from './rules.ts'
import type { DrillPatch, NewDrill } from './schema.ts'
import { appendDrillEvent, type DrillRecord, insertDrill, recordDrillState, updateDrill } from './write.ts'

type View = Omit<FilterRequest, 'filters'>
const viewOf = (user: User, at: Date): View => ({ scope: user.scope, today: dayOf(at), asOf: null })

const refuse = (refusal: Refusal | null): void => {
  if (refusal) throw unprocessable(refusal.code, refusal.detail)
}

const EMPTY: DrillRecord = {
  title: '',
  form: 'tabletop',
  content: 'single',
  purpose: 'test',
  scenario: '',
  sector: null,
  startsAt: null,
  endsAt: null,
  state: 'draft',
  siteId: null,
  areaCode: null,
  placeText: null,
  lng: null,
  lat: null,
  hazardIds: [],
  zones: [],
  objectives: null,
  commanderName: null,
  note: null,
}

/** Puts a drill on the map and answers its id. */
export async function createDrill(db: Knex, input: NewDrill, user: User, at: Date): Promise<string> {
  const id = uuid()
  await db.transaction(async (transaction) => {
    const record = await readRecord(transaction, EMPTY, input, user, at)
    const year = Number(dayOf(at).slice(0, 4))
    const [number = ''] = await allocateNumbers(transaction, 'YL', year, 1)
    await insertDrill(transaction, { id, number, isExample: user.isExample, createdBy: user.id }, record, at)
    await appendDrillEvent(transaction, {
      drillId: id,
      action: 'create',
      actorId: user.id,
      actorName: user.displayName,
      occurredAt: at,
    })
    await recordDrillState(transaction, id, at)
    await announce(transaction, id, [record])
  })
  return id
}

/** Changes the named fields of a drill, or moves it to another state, with an event that keeps what each was. */
export async function editDrill(
  db: Knex,
  id: string,
  patch: DrillPatch,
  user: User,
  at: Date,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const view = viewOf(user, at)
    const current = await findDrill(transaction, id, view)
    if (!current) throw notFound('演练')
    if (current.version !== patch.version) throw await staleDrill(transaction, id, user, view)
    const state = patch.state ?? current.state
    const over = editRefusal(current.state, state)
    if (over) throw conflict(over.code, over.detail)
    refuse(moveRefusal(current.state, state))
    const before = asRecord(current)
    const record = await readRecord(transaction, before, patch, user, at)
    const changes = differences(before, record)
    if (Object.keys(changes).length === 0) return
    const isWritten = await updateDrill(transaction, id, patch.version, record, at)
    if (!isWritten) throw await staleDrill(transaction, id, user, view)
    await appendDrillEvent(transaction, {
      drillId: id,
      action: record.state === before.state ? 'edit' : 'move',
      changes,
      actorId: user.id,
      actorName: user.displayName,
      occurredAt: at,
    })
    await recordDrillState(transaction, id, at)
    await announce(transaction, id, [before, record])
  })
}

async function staleDrill(transaction: Knex, id: string, user: User, view: View) {
  const row = await findDrill(transaction, id, view)
  const visibleHazardIds = await findVisibleHazardIds(transaction, row?.hazardIds ?? [], view)
  return staleVersion(row ? asDrill(row, { user, visibleHazardIds, isPast: false }) : null)
}

async function announce(
  transaction: Knex,
  id: string,
  records: Pick<DrillRecord, 'areaCode' | 'sector'>[],
): Promise<void> {
  await recordChange(transaction, {
    kind: 'drill',
    id,
    areaCodes: records.map((record) => record.areaCode),
    sectors: records.flatMap((record) => record.sector ?? []),
  })
}

const RECORD_FIELDS = Object.keys(EMPTY) as (keyof DrillRecord)[]

const asRecord = (row: DrillRow): DrillRecord =>
  Object.fromEntries(RECORD_FIELDS.map((field) => [field, row[field]])) as unknown as DrillRecord

type Input = Partial<Omit<DrillPatch, 'version'>>

/** The record that an input makes of what was there. Throws 422 for what cannot be. */
async function readRecord(
  transaction: Knex,
  before: DrillRecord,
  input: Input,
  user: User,
  at: Date,
): Promise<DrillRecord> {
  const { geometry, startsAt, endsAt, ...plain } = input
  const record: DrillRecord = { ...before }
  for (const field of RECORD_FIELDS) {
    const value = (plain as Partial<DrillRecord>)[field]
    if (value !== undefined) Object.assign(record, { [field]: value })
  }
  if (startsAt !== undefined) record.startsAt = startsAt === null ? null : new Date(startsAt)
  if (endsAt !== undefined) record.endsAt = endsAt === null ? null : new Date(endsAt)
  if (geometry !== undefined) [record.lng, record.lat] = geometry ? readPosition(geometry) : [null, null]
  refuse(timeRefusal(record.startsAt, record.endsAt, record.state))
  refuse(zonesRefusal(record.zones))
  await assertHazards(transaction, before, record, viewOf(user, at))
  const site = await readSite(transaction, before, record, user)
  if (input.siteId && input.sector === undefined && record.sector === null)
    record.sector = site?.sector ?? null
  record.areaCode =
    record.lng !== null && record.lat !== null
      ? await deriveAreaCode(transaction, [record.lng, record.lat])
      : (site?.areaCode ?? null)
  return record
}

/** Hazards that are newly taken up must be visible; one that was withdrawn since may stay. */
async function assertHazards(
  transaction: Knex,
  before: DrillRecord,
  record: DrillRecord,
  view: View,
): Promise<void> {
  const added = record.hazardIds.filter((id) => !before.hazardIds.includes(id))
  const visible = await findVisibleHazardIds(transaction, added, view)
  const unknown = added.filter((id) => !visible.has(id))
  if (unknown.length > 0) {
    throw unprocessable('UNKNOWN_HAZARD', `没有这些隐患，或不在您的可见范围内：${unknown.join('、')}`, {
      hazardIds: unknown,
    })
  }
}

async function readSite(transaction: Knex, before: DrillRecord, record: DrillRecord, user: User) {
  if (!record.siteId) return undefined
  const site = await findDrillSite(transaction, record.siteId)
  if (record.siteId === before.siteId) return site
  if (!site || !maySee(user.scope, site.areaCode, site.sector)) {
    throw unprocessable('UNKNOWN_SITE', '没有这个场所，或不在您的可见范围内')
  }
  return site
}

/** Field by field, what was and what is; fields that stay the same are left out. */
function differences(
  before: DrillRecord,
  after: DrillRecord,
): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  const comparable = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value)
  for (const field of RECORD_FIELDS) {
    const [from, to] = [before[field], after[field]]
    if (comparable(from) !== comparable(to)) changes[field] = { from, to }
  }
  return changes
}
