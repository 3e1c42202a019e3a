import type { Knex } from 'knex'
import type { User } from '../access/model.ts'
import type { Status } from '../core/vocabulary.ts'
import { recordChange } from '../db/changes.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { appendHazardEvents, recordHazardStates, updateHazard } from '../hazards/write.ts'
import { deriveRiskLevels } from '../risk/derive.ts'
import { StateError } from './commit-job.ts'
import { holdSequence, listWhereabouts, updateVersioned } from './commit-queries.ts'
import { type ImportRecord, lockImport, updateImport } from './queries.ts'
import { type StoredRow, sliceRows } from './row-queries.ts'
import type { UndoResult } from './schema.ts'
import {
  listHazardStandings,
  listRiskStandings,
  listSiteStandings,
  listSitesMadeBy,
  retire,
  type Standing,
  withdrawHazards,
} from './undo-queries.ts'
import { undoSiteEdits } from './undo-site-edits.ts'

type Outcome = Omit<UndoResult, 'report'>
interface Undone extends Outcome {
  siteIds: string[]
  hazardIds: string[]
}

/**
 * Takes back what an import wrote, by reversing events: nothing is deleted. What others changed since, or what other
 * things hang on by now, stays and is listed.
 */
export async function undoImport(db: Knex, record: ImportRecord, user: User, at: Date): Promise<Outcome> {
  return db.transaction(async (transaction) => {
    if ((await lockImport(transaction, record.id)) !== 'committed') throw new StateError()
    await holdSequence(transaction)
    const total: Undone = { withdrawn: 0, restored: 0, kept: [], siteIds: [], hazardIds: [] }
    const areaCodes = new Set<string | null>()
    for await (const rows of sliceRows(transaction, record.id, ['new', 'changed'])) {
      add(total, await undoRows(transaction, record, rows, user, at))
      for (const { before } of rows)
        areaCodes.add((before.changes.areaCode?.to as string | undefined) ?? null)
    }
    if (record.kind === 'risks') {
      const edits = await undoSiteEdits(transaction, record.id, at)
      total.kept.push(...edits.kept)
      total.siteIds.push(...edits.siteIds)
      for (const code of edits.areaCodes) areaCodes.add(code)
    }
    if (record.kind === 'risks') add(total, await undoSitesMade(transaction, record, total.siteIds, at))
    if (record.kind !== 'hazards')
      await refreshExposure(transaction, { siteIds: [...new Set(total.siteIds)] }, at)
    await updateImport(transaction, record.id, { state: 'undone', undoneAt: at })
    if (total.withdrawn + total.restored > 0) await tellOthers(transaction, record, total, areaCodes)
    const { withdrawn, restored, kept } = total
    return { withdrawn, restored, kept }
  })
}

function add(total: Undone, part: Undone): void {
  total.withdrawn += part.withdrawn
  total.restored += part.restored
  for (const name of ['kept', 'siteIds', 'hazardIds'] as const) {
    for (const entry of part[name]) (total[name] as unknown[]).push(entry)
  }
}

async function tellOthers(
  transaction: Knex,
  record: ImportRecord,
  total: Undone,
  areaCodes: Set<string | null>,
): Promise<void> {
  const whereabouts = [
    ...(await listWhereabouts(transaction, 'hazards', total.hazardIds)),
    ...(await listWhereabouts(transaction, 'sites', total.siteIds)),
  ]
  await recordChange(transaction, {
    kind: 'import',
    id: record.id,
    areaCodes: [...whereabouts.map(({ areaCode }) => areaCode), ...areaCodes],
    sectors: whereabouts.map(({ sector }) => sector),
  })
}

function undoRows(
  transaction: Knex,
  record: ImportRecord,
  rows: StoredRow[],
  user: User,
  at: Date,
): Promise<Undone> {
  if (record.kind === 'hazards') return undoHazards(transaction, record, rows, user, at)
  if (record.kind === 'risks') return undoRisks(transaction, rows, at)
  return undoSites(transaction, rows, at)
}

interface Sorted<S extends Standing> {
  created: { row: StoredRow; standing: S }[]
  changed: { row: StoredRow; standing: S }[]
  kept: UndoResult['kept']
}

/** Parts what still is as the import left it from what must stay. */
function sortRows<S extends Standing>(rows: StoredRow[], standings: S[]): Sorted<S> {
  const standingOf = new Map(standings.map((standing) => [standing.id, standing]))
  const sorted: Sorted<S> = { created: [], changed: [], kept: [] }
  for (const row of rows) {
    const standing = standingOf.get(row.targetId ?? '')
    if (!standing || standing.isGone) continue
    const reason = reasonToKeep(row, standing)
    if (reason !== null) sorted.kept.push({ id: standing.id, title: standing.title, reason })
    else if (row.outcome === 'new') sorted.created.push({ row, standing })
    else sorted.changed.push({ row, standing })
  }
  return sorted
}

function reasonToKeep(row: StoredRow, standing: Standing): string | null {
  if (standing.version !== row.before.writtenVersion) {
    return standing.lastActor === null ? '导入后又被修改过' : `导入后${standing.lastActor}又修改过`
  }
  return row.outcome === 'new' ? standing.inUse : null
}

/** The values that stood before the import. */
const valuesBefore = (row: StoredRow): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row.before.changes).map(([field, { from }]) => [field, from]))

async function undoHazards(
  transaction: Knex,
  record: ImportRecord,
  rows: StoredRow[],
  user: User,
  at: Date,
): Promise<Undone> {
  const standings = await listHazardStandings(
    transaction,
    rows.map((row) => row.targetId ?? ''),
  )
  const { created, changed, kept } = sortRows(rows, standings)
  const createdIds = created.map(({ standing }) => standing.id)
  await withdrawHazards(transaction, createdIds, at)
  for (const { row, standing } of changed) {
    await updateHazard(
      transaction,
      standing.id,
      standing.version,
      { ...valuesBefore(row), ...keepBasis(row) },
      at,
    )
  }
  const event = (id: string, from: Status, to: Status | null, changes: StoredRow['before']['changes']) => ({
    hazardId: id,
    action: 'undo',
    fromStatus: from,
    toStatus: to,
    changes,
    note: `撤销导入「${record.fileName}」`,
    actorId: user.id,
    actorName: user.displayName,
    importId: record.id,
    occurredAt: at,
  })
  await appendHazardEvents(transaction, [
    ...created.map(({ standing }) => event(standing.id, standing.status, null, {})),
    ...changed.map(({ row, standing }) =>
      event(
        standing.id,
        standing.status,
        (row.before.changes.status?.from as Status | undefined) ?? standing.status,
        reversed(row),
      ),
    ),
  ])
  const hazardIds = [...createdIds, ...changed.map(({ standing }) => standing.id)]
  await recordHazardStates(transaction, hazardIds, at)
  return { withdrawn: createdIds.length, restored: changed.length, kept, siteIds: [], hazardIds }
}

/** How the area was known before is not among the facts that are compared; a place that stays tells it. */
function keepBasis(row: StoredRow): { areaBasis?: 'geometry' | null } {
  if (!row.before.changes.areaBasis || row.before.isKeyed) return {}
  return { areaBasis: row.before.changes.lng?.from == null ? null : 'geometry' }
}

const reversed = (row: StoredRow): StoredRow['before']['changes'] =>
  Object.fromEntries(
    Object.entries(row.before.changes).map(([field, { from, to }]) => [field, { from: to, to: from }]),
  )

async function undoSites(transaction: Knex, rows: StoredRow[], at: Date): Promise<Undone> {
  const standings = await listSiteStandings(
    transaction,
    rows.map((row) => row.targetId ?? ''),
  )
  const { created, changed, kept } = sortRows(rows, standings)
  const createdIds = created.map(({ standing }) => standing.id)
  await retire(transaction, 'sites', createdIds, at)
  for (const { row, standing } of changed) {
    const values = { ...valuesBefore(row), ...keepBasis(row) }
    await updateVersioned(transaction, 'sites', { id: standing.id, version: standing.version, values }, at)
  }
  const siteIds = [...createdIds, ...changed.map(({ standing }) => standing.id)]
  return { withdrawn: createdIds.length, restored: changed.length, kept, siteIds, hazardIds: [] }
}

async function undoRisks(transaction: Knex, rows: StoredRow[], at: Date): Promise<Undone> {
  const standings = await listRiskStandings(
    transaction,
    rows.map((row) => row.targetId ?? ''),
  )
  const { created, changed, kept } = sortRows(rows, standings)
  await retire(
    transaction,
    'risks',
    created.map(({ standing }) => standing.id),
    at,
  )
  for (const { row, standing } of changed) {
    const values = valuesBefore(row)
    if (Object.keys(values).length === 0) continue
    await updateVersioned(transaction, 'risks', { id: standing.id, version: standing.version, values }, at)
  }
  const siteIds = [...new Set(standings.map((standing) => standing.siteId))]
  return { withdrawn: created.length, restored: changed.length, kept, siteIds, hazardIds: [] }
}

/** Places that an import of risks made go with their risks, unless something else hangs on them by now. */
async function undoSitesMade(
  transaction: Knex,
  record: ImportRecord,
  siteIds: string[],
  at: Date,
): Promise<Undone> {
  const made = await listSiteStandings(transaction, await listSitesMadeBy(transaction, record.id))
  const unused = made.filter((site) => site.inUse === null).map((site) => site.id)
  await retire(transaction, 'sites', unused, at)
  await deriveRiskLevels(transaction, siteIds, at)
  const kept = made.flatMap(({ id, title, inUse }) => (inUse === null ? [] : [{ id, title, reason: inUse }]))
  return { withdrawn: 0, restored: 0, kept, siteIds: [], hazardIds: [] }
}
