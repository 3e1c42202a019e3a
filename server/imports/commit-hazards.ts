import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { startOfDay } from '../core/calendar.ts'
import type { Sector, Status } from '../core/vocabulary.ts'
import { allocateNumbers } from '../db/numbers.ts'
import {
  appendHazardEvents,
  type HazardRecord,
  insertHazards,
  type NewHazardEvent,
  recordHazardStates,
  updateHazard,
} from '../hazards/write.ts'
import { type CommitJob, OutdatedError, type Typed, type Written } from './commit-job.ts'
import { listWhereabouts, recordImportedStates } from './commit-queries.ts'
import type { HazardReading } from './hazard-changes.ts'

type HazardRow = Typed<HazardReading>

/** A ledger tells days, not hours: things are found in the morning and closed in the afternoon. */
const FOUND_HOUR = 9
const CLOSED_HOUR = 17
const HOUR_MILLISECONDS = 3_600_000

export async function commitHazards(transaction: Knex, rows: HazardRow[], job: CommitJob): Promise<Written> {
  const created = rows.filter((row) => row.outcome === 'new')
  const changed = rows.filter((row) => row.outcome === 'changed')
  const fresh = await createHazards(transaction, created, job)
  const edits = await changeHazards(transaction, changed, job)
  const ids = [...fresh.rows, ...edits.rows].map((row) => row.targetId)
  const whereabouts = await listWhereabouts(transaction, 'hazards', ids)
  return {
    rows: [...fresh.rows, ...edits.rows],
    result: {
      created: created.length,
      changed: changed.length,
      sites: 0,
      events: fresh.events + edits.events,
    },
    areaCodes: [...whereabouts.map(({ areaCode }) => areaCode), ...edits.areaCodesBefore],
    sectors: [...whereabouts.map(({ sector }) => sector), ...edits.sectorsBefore],
  }
}

async function createHazards(transaction: Knex, rows: HazardRow[], job: CommitJob) {
  const numbers = await numberRows(transaction, rows)
  const hazards: (HazardRecord & { id: string })[] = []
  const events: NewHazardEvent[] = []
  const moments: { id: string; foundAt: Date; closedAt: Date | null }[] = []
  for (const { position, record } of rows) {
    const hazard = asHazard(record, numbers.get(position) ?? '', job)
    const foundAt = momentOf(hazard.foundOn, FOUND_HOUR, job.at)
    const closedAt =
      hazard.closedOn === null ? null : afterFound(momentOf(hazard.closedOn, CLOSED_HOUR, job.at), foundAt)
    hazards.push(hazard)
    moments.push({ id: hazard.id, foundAt, closedAt })
    events.push(...eventsOf(hazard, record.note, foundAt, closedAt, job))
  }
  await insertHazards(transaction, hazards, job.at)
  await appendHazardEvents(transaction, events)
  await recordImportedStates(transaction, moments, job.at)
  return {
    rows: rows.map((row, index) => ({
      position: row.position,
      targetId: hazards[index]?.id ?? '',
      writtenVersion: 1,
    })),
    events: events.length,
  }
}

/** Numbers are given by the year of finding, in the order of the file. */
async function numberRows(transaction: Knex, rows: HazardRow[]): Promise<Map<number, string>> {
  const byYear = new Map<number, number[]>()
  for (const { position, record } of rows) {
    const year = Number(record.foundOn.slice(0, 4))
    const positions = byYear.get(year) ?? []
    positions.push(position)
    byYear.set(year, positions)
  }
  const numbers = new Map<number, string>()
  for (const [year, positions] of [...byYear].sort(([a], [b]) => a - b)) {
    const allocated = await allocateNumbers(transaction, 'YH', year, positions.length)
    for (const [index, position] of positions.entries()) numbers.set(position, allocated[index] ?? '')
  }
  return numbers
}

function asHazard(record: HazardReading, number: string, job: CommitJob): HazardRecord & { id: string } {
  const { siteName: _siteName, note: _note, ...fields } = record
  const isGivenOut = record.responsibleUnit !== null && record.dueOn !== null
  return {
    ...fields,
    id: uuid(),
    number,
    // the check keeps rows without a sector out
    sector: record.sector as Sector,
    status: record.status ?? (isGivenOut ? 'assigned' : 'registered'),
    originalDueOn: record.dueOn,
    extensionCount: 0,
    isListed: record.isListed ?? false,
    submittedBy: null,
    importId: job.importId,
  }
}

/** An hour of a day in Shanghai, but never later than now. */
function momentOf(day: string, hour: number, now: Date): Date {
  return new Date(Math.min(startOfDay(day).getTime() + hour * HOUR_MILLISECONDS, now.getTime() - 2))
}

const afterFound = (closedAt: Date, foundAt: Date): Date =>
  new Date(Math.max(closedAt.getTime(), foundAt.getTime() + 1))

function eventsOf(
  hazard: HazardRecord & { id: string },
  note: string | null,
  foundAt: Date,
  closedAt: Date | null,
  job: CommitJob,
): NewHazardEvent[] {
  const actor = {
    hazardId: hazard.id,
    actorId: job.user?.id ?? null,
    actorName: job.user?.displayName ?? '导入',
    importId: job.importId,
  }
  const statusAtFirst: Status = closedAt === null ? hazard.status : 'rectifying'
  const found: NewHazardEvent = {
    ...actor,
    action: 'import',
    fromStatus: null,
    toStatus: statusAtFirst,
    note,
    occurredAt: foundAt,
  }
  if (closedAt === null) return [found]
  return [
    found,
    {
      ...actor,
      action: 'close',
      fromStatus: statusAtFirst,
      toStatus: 'closed',
      note: hazard.result,
      occurredAt: closedAt,
    },
  ]
}

async function changeHazards(transaction: Knex, rows: HazardRow[], job: CommitJob) {
  const events: NewHazardEvent[] = []
  const idsByMoment = new Map<number, string[]>()
  const written: Written['rows'] = []
  for (const { position, targetId, before } of rows) {
    const version = before.targetVersion
    if (targetId === null || version === null) throw new OutdatedError(1)
    const values = Object.fromEntries(Object.entries(before.changes).map(([field, { to }]) => [field, to]))
    const isWritten = await updateHazard(
      transaction,
      targetId,
      version,
      // a keyed row is an edit like any other: the next whole ledger compares with the last whole ledger
      before.isKeyed ? values : { ...values, importId: job.importId },
      job.at,
    )
    if (!isWritten) throw new OutdatedError(1)
    const { status, closedOn } = before.changes
    const isClosed = status?.to === 'closed' && typeof closedOn?.to === 'string'
    const moment = isClosed ? momentOf(closedOn.to as string, CLOSED_HOUR, job.at) : job.at
    events.push({
      hazardId: targetId,
      action: isClosed ? 'close' : 'import',
      fromStatus: (status?.from as Status | undefined) ?? null,
      toStatus: (status?.to as Status | undefined) ?? null,
      changes: before.changes,
      actorId: job.user?.id ?? null,
      actorName: job.user?.displayName ?? '导入',
      importId: job.importId,
      occurredAt: moment,
    })
    idsByMoment.set(moment.getTime(), [...(idsByMoment.get(moment.getTime()) ?? []), targetId])
    written.push({ position, targetId, writtenVersion: version + 1 })
  }
  await appendHazardEvents(transaction, events)
  for (const [moment, ids] of idsByMoment) await recordHazardStates(transaction, ids, new Date(moment))
  const valuesBefore = (field: string) =>
    rows.flatMap(({ before }) => (before.changes[field] ? [before.changes[field].from] : []))
  return {
    rows: written,
    events: events.length,
    areaCodesBefore: valuesBefore('areaCode') as (string | null)[],
    sectorsBefore: valuesBefore('sector') as string[],
  }
}
