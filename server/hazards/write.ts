import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { CoordinateSystem, Sector, Severity, Status } from '../core/vocabulary.ts'
import { pointAt } from '../db/spatial.ts'

/** A hazard as it is written. Geometry is WGS-84; the text and system that it came in are kept beside it. */
export interface HazardRecord {
  number: string
  rowKey: string | null
  siteId: string | null
  areaCode: string | null
  areaBasis: 'geometry' | 'named' | 'site' | null
  sector: Sector
  description: string
  locationText: string | null
  category: string | null
  severity: Severity
  status: Status
  clauseId: string | null
  foundOn: string
  foundBy: string | null
  dueOn: string | null
  originalDueOn: string | null
  extensionCount: number
  closedOn: string | null
  acceptedBy: string | null
  measures: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  fundsWan: number | null
  contingencyPlan: string | null
  supervisor: string | null
  result: string | null
  origin: string | null
  isListed: boolean
  listingDocument: string | null
  submittedBy: string | null
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  isExample: boolean
  importId: string | null
}

type PlainField = Exclude<keyof HazardRecord, 'lng' | 'lat'>
const COLUMN_OF: Record<PlainField, string> = {
  number: 'number',
  rowKey: 'row_key',
  siteId: 'site_id',
  areaCode: 'area_code',
  areaBasis: 'area_basis',
  sector: 'sector',
  description: 'description',
  locationText: 'location_text',
  category: 'category',
  severity: 'severity',
  status: 'status',
  clauseId: 'clause_id',
  foundOn: 'found_on',
  foundBy: 'found_by',
  dueOn: 'due_on',
  originalDueOn: 'original_due_on',
  extensionCount: 'extension_count',
  closedOn: 'closed_on',
  acceptedBy: 'accepted_by',
  measures: 'measures',
  responsibleUnit: 'responsible_unit',
  responsiblePerson: 'responsible_person',
  fundsWan: 'funds_wan',
  contingencyPlan: 'contingency_plan',
  supervisor: 'supervisor',
  result: 'result',
  origin: 'origin',
  isListed: 'is_listed',
  listingDocument: 'listing_document',
  submittedBy: 'submitted_by',
  coordinateText: 'coordinate_text',
  coordinateSystem: 'coordinate_system',
  isExample: 'is_example',
  importId: 'import_id',
}

function asColumns(db: Knex, record: Partial<HazardRecord>): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = record[field as PlainField]
    if (value !== undefined) columns[column] = value
  }
  if (record.lng !== undefined && record.lat !== undefined) {
    const { lng, lat } = record
    columns.geom = lng === null || lat === null ? null : pointAt(db, lng, lat)
  }
  return columns
}

const BATCH = 500

/** Inserts hazards in batches; each gets its id from the caller, so that events can be written with it. */
export async function insertHazards(
  transaction: Knex,
  hazards: (HazardRecord & { id: string })[],
  at: Date,
): Promise<void> {
  for (let start = 0; start < hazards.length; start += BATCH) {
    const rows = hazards.slice(start, start + BATCH).map((hazard) => ({
      id: hazard.id,
      ...asColumns(transaction, hazard),
      created_at: at,
      updated_at: at,
    }))
    await transaction('hazards').insert(rows)
  }
}

/** Changes a hazard if it still has the version; answers whether it did. */
export async function updateHazard(
  transaction: Knex,
  id: string,
  version: number,
  changes: Partial<HazardRecord>,
  at: Date,
): Promise<boolean> {
  const count = await transaction('hazards')
    .where({ id, version })
    .whereNull('withdrawn_at')
    .update({ ...asColumns(transaction, changes), version: version + 1, updated_at: at })
  return count === 1
}

export interface NewHazardEvent {
  hazardId: string
  action: string
  fromStatus: Status | null
  toStatus: Status | null
  changes?: Record<string, { from: unknown; to: unknown }>
  note?: string | null
  actorId: string | null
  actorName: string
  importId?: string | null
  occurredAt: Date
}

/** Appends events; several of one hazard in one call are numbered in the order given. Answers their ids. */
export async function appendHazardEvents(transaction: Knex, events: NewHazardEvent[]): Promise<string[]> {
  const hazardIds = [...new Set(events.map((event) => event.hazardId))]
  const lastSequences = new Map<string, number>()
  for (let start = 0; start < hazardIds.length; start += BATCH) {
    const rows: { hazardId: string; last: number }[] = await transaction('hazard_events')
      .select('hazard_id as hazardId')
      .max('sequence as last')
      .whereIn('hazard_id', hazardIds.slice(start, start + BATCH))
      .groupBy('hazard_id')
    for (const row of rows) lastSequences.set(row.hazardId, row.last)
  }
  const rows = events.map((event) => {
    const sequence = (lastSequences.get(event.hazardId) ?? 0) + 1
    lastSequences.set(event.hazardId, sequence)
    return {
      id: uuid(),
      hazard_id: event.hazardId,
      sequence,
      action: event.action,
      from_status: event.fromStatus,
      to_status: event.toStatus,
      changes: JSON.stringify(event.changes ?? {}),
      note: event.note ?? null,
      actor_id: event.actorId,
      actor_name: event.actorName,
      import_id: event.importId ?? null,
      occurred_at: event.occurredAt,
    }
  })
  for (let start = 0; start < rows.length; start += BATCH) {
    await transaction('hazard_events').insert(rows.slice(start, start + BATCH))
  }
  return rows.map((row) => row.id)
}

/** Every column of `hazards` that `hazard_states` keeps. */
export const STATE_COLUMNS = [
  'id',
  'feature_id',
  ...Object.values(COLUMN_OF),
  'geom',
  'version',
  'created_at',
  'updated_at',
  'withdrawn_at',
].join(', ')

/**
 * Keeps how hazards stand from a moment on, and ends what stood before. Call it after each change, in its transaction.
 * Two changes within one microsecond still make two states, one after the other. `valid_from` is when it was so,
 * `recorded_from` when the system knew it; they differ where a ledger told of the past.
 */
export async function recordHazardStates(transaction: Knex, hazardIds: string[], at: Date): Promise<void> {
  for (let start = 0; start < hazardIds.length; start += BATCH) {
    await transaction.raw(
      `with moments as (
         select ids.id, greatest(:at::timestamptz, max(states.valid_from) + interval '1 microsecond') as moment,
           greatest(:at::timestamptz, max(states.recorded_from) + interval '1 microsecond') as recorded
         from unnest(:ids::uuid[]) as ids (id)
         left join hazard_states as states on states.id = ids.id
         group by ids.id
       ), ended as (
         update hazard_states set valid_to = moments.moment, recorded_to = moments.recorded
         from moments where hazard_states.id = moments.id and hazard_states.valid_to is null
       )
       insert into hazard_states (${STATE_COLUMNS}, valid_from, recorded_from)
       select ${STATE_COLUMNS.split(', ')
         .map((column) => `hazards.${column}`)
         .join(', ')}, moments.moment, moments.recorded
       from hazards join moments on moments.id = hazards.id`,
      { at, ids: hazardIds.slice(start, start + BATCH) },
    )
  }
}
