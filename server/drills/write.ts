import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { DrillForm, DrillState, Sector } from '../core/vocabulary.ts'
import { pointAt } from '../db/spatial.ts'
import type { Drill, DrillZone } from './schema.ts'

/** A drill as it is written; its hazards are a table of their own. */
export interface DrillRecord {
  title: string
  form: DrillForm
  content: Drill['content']
  purpose: Drill['purpose']
  scenario: string
  sector: Sector | null
  startsAt: Date | null
  endsAt: Date | null
  state: DrillState
  siteId: string | null
  areaCode: string | null
  placeText: string | null
  lng: number | null
  lat: number | null
  hazardIds: string[]
  zones: DrillZone[]
  objectives: string | null
  commanderName: string | null
  note: string | null
}

function asColumns(db: Knex, record: DrillRecord): Record<string, unknown> {
  return {
    title: record.title,
    form: record.form,
    content: record.content,
    purpose: record.purpose,
    scenario: record.scenario,
    sector: record.sector,
    starts_at: record.startsAt,
    ends_at: record.endsAt,
    state: record.state,
    site_id: record.siteId,
    area_code: record.areaCode,
    place_text: record.placeText,
    geom: record.lng === null || record.lat === null ? null : pointAt(db, record.lng, record.lat),
    zones: JSON.stringify(record.zones),
    objectives: record.objectives,
    commander_name: record.commanderName,
    note: record.note,
  }
}

export interface DrillOrigin {
  id: string
  number: string
  isExample: boolean
  createdBy: string | null
}

export async function insertDrill(
  transaction: Knex,
  origin: DrillOrigin,
  record: DrillRecord,
  at: Date,
): Promise<void> {
  await transaction('drills').insert({
    id: origin.id,
    number: origin.number,
    is_example: origin.isExample,
    created_by: origin.createdBy,
    ...asColumns(transaction, record),
    created_at: at,
    updated_at: at,
  })
  await linkHazards(transaction, origin.id, record.hazardIds)
}

/** Changes a drill if it still has the version; answers whether it did. */
export async function updateDrill(
  transaction: Knex,
  id: string,
  version: number,
  record: DrillRecord,
  at: Date,
): Promise<boolean> {
  const count = await transaction('drills')
    .where({ id, version })
    .update({ ...asColumns(transaction, record), version: version + 1, updated_at: at })
  if (count !== 1) return false
  await transaction('drill_hazards')
    .where({ drill_id: id })
    .whereNotIn('hazard_id', record.hazardIds)
    .delete()
  await linkHazards(transaction, id, record.hazardIds)
  return true
}

async function linkHazards(transaction: Knex, drillId: string, hazardIds: string[]): Promise<void> {
  if (hazardIds.length === 0) return
  await transaction('drill_hazards')
    .insert(hazardIds.map((hazardId) => ({ drill_id: drillId, hazard_id: hazardId })))
    .onConflict()
    .ignore()
}

export interface NewDrillEvent {
  drillId: string
  action: 'create' | 'edit' | 'move'
  changes?: Record<string, { from: unknown; to: unknown }>
  actorId: string | null
  actorName: string
  occurredAt: Date
}

export async function appendDrillEvent(transaction: Knex, event: NewDrillEvent): Promise<void> {
  await transaction('drill_events').insert({
    id: uuid(),
    drill_id: event.drillId,
    action: event.action,
    changes: JSON.stringify(event.changes ?? {}),
    actor_id: event.actorId,
    actor_name: event.actorName,
    occurred_at: event.occurredAt,
  })
}

const STATE_COLUMNS = [
  'id',
  'feature_id',
  'number',
  'title',
  'form',
  'content',
  'purpose',
  'scenario',
  'sector',
  'starts_at',
  'ends_at',
  'state',
  'site_id',
  'area_code',
  'place_text',
  'geom',
  'zones',
  'objectives',
  'commander_name',
  'note',
  'is_example',
  'created_by',
  'version',
  'created_at',
  'updated_at',
]

/**
 * Keeps how a drill stands from a moment on, and ends what stood before. Call it after each change, in its
 * transaction. Two changes within one microsecond still make two states, one after the other.
 */
export async function recordDrillState(transaction: Knex, drillId: string, at: Date): Promise<void> {
  await transaction.raw(
    `with moment as (
       select greatest(:at::timestamptz, max(valid_from) + interval '1 microsecond') as at
       from drill_states where id = :drillId
     ), ended as (
       update drill_states set valid_to = moment.at from moment where id = :drillId and valid_to is null
     )
     insert into drill_states (${STATE_COLUMNS.join(', ')}, hazard_ids, valid_from)
     select ${STATE_COLUMNS.map((column) => `drills.${column}`).join(', ')},
       array(select hazard_id from drill_hazards where drill_id = drills.id order by hazard_id), moment.at
     from drills, moment where drills.id = :drillId`,
    { at, drillId },
  )
}
