import type { Knex } from 'knex'
import type { User } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { recordChange } from '../db/changes.ts'
import { differences } from '../hazards/change.ts'
import { assertClause } from '../hazards/judgement.ts'
import { asHazard, factsOf, type HazardDetailRow } from '../hazards/model.ts'
import { findHazard } from '../hazards/queries.ts'
import type { Transition } from '../hazards/schema.ts'
import { appendHazardEvents, type HazardRecord, recordHazardStates, updateHazard } from '../hazards/write.ts'
import { conflict, forbidden, notFound, staleVersion, unprocessable } from '../http/problems.ts'
import { WORK_CALENDAR } from './calendar.ts'
import { fieldsOf, MOVE_OF, type Move, REFUSALS, refusalOf } from './model.ts'
import { attachPhotos, countLoosePhotos } from './photo-queries.ts'

/**
 * Makes one move of the rectification loop: checks the version, the rule and the fields, writes the hazard and its
 * event, and tells everyone. Throws 404, 409 (stale or wrong status), 403 or 422.
 */
export async function moveHazard(
  db: Knex,
  id: string,
  transition: Transition,
  user: User,
  at: Date,
): Promise<void> {
  const today = dayOf(at)
  await db.transaction(async (transaction) => {
    const current = await findHazard(transaction, id, { scope: user.scope, today, asOf: null })
    if (!current) throw notFound('隐患')
    const stale = () => staleVersion(asHazard(current, today, WORK_CALENDAR))
    if (current.version !== transition.version) throw stale()
    const move = assertAllowed(current, transition, user)
    assertFields(move, current, transition)
    const changes = changesOf(move, current, transition, user, today)
    await assertStillMajor(transaction, move, { ...current, ...changes })
    await assertPhotos(transaction, id, transition.photoIds ?? [])
    if (!(await updateHazard(transaction, id, transition.version, changes, at))) throw stale()
    const [eventId = ''] = await appendHazardEvents(transaction, [
      {
        hazardId: id,
        action: move.action,
        fromStatus: current.status,
        toStatus: changes.status ?? current.status,
        changes: differences(current, withoutStatus(changes)),
        note: transition.note ?? null,
        actorId: user.id,
        actorName: user.displayName,
        occurredAt: at,
      },
    ])
    await attachPhotos(transaction, id, transition.photoIds ?? [], eventId)
    await recordHazardStates(transaction, [id], at)
    await recordChange(transaction, {
      kind: 'hazard',
      id,
      areaCodes: [current.areaCode],
      sectors: [current.sector],
    })
  })
}

function withoutStatus(changes: Partial<HazardRecord>): Partial<HazardRecord> {
  const { status: _status, submittedBy: _submittedBy, ...rest } = changes
  return rest
}

function assertAllowed(current: HazardDetailRow, transition: Transition, user: User): Move {
  const move = MOVE_OF.get(transition.action)
  if (!move) throw unprocessable('UNKNOWN_ACTION', `没有「${transition.action}」这个动作`)
  const refusal = refusalOf(move, factsOf(current), user)
  if (refusal === null) return move
  const make =
    refusal === 'ROLE_NOT_ALLOWED' || refusal === 'OWN_SUBMISSION' || refusal === 'MAJOR_NEEDS_SUPERVISOR'
      ? forbidden
      : conflict
  throw make(refusal, REFUSALS[refusal], { currentStatus: current.status, currentVersion: current.version })
}

function assertFields(move: Move, current: HazardDetailRow, transition: Transition): void {
  const isEmpty = (value: unknown) =>
    value === undefined ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  const missing = fieldsOf(move, factsOf(current))
    .filter((field) => field.isRequired && isEmpty(transition[field.name]))
    .map((field) => field.name)
  if (missing.length > 0) throw unprocessable('FIELDS_MISSING', `还缺：${missing.join('、')}`, { missing })
}

/** What the move writes. Only fields that belong to the move are taken from the request. */
function changesOf(
  move: Move,
  current: HazardDetailRow,
  transition: Transition,
  user: User,
  today: string,
): Partial<HazardRecord> {
  const changes: Partial<HazardRecord> = move.to ? { status: move.to } : {}
  if (move.action === 'assign') {
    for (const name of [
      'responsibleUnit',
      'responsiblePerson',
      'measures',
      'fundsWan',
      'contingencyPlan',
    ] as const) {
      if (transition[name] !== undefined) Object.assign(changes, { [name]: transition[name] })
    }
    const dueOn = transition.dueOn ?? current.dueOn
    assertDue(dueOn, current.foundOn)
    Object.assign(changes, { dueOn, originalDueOn: dueOn })
  }
  if (move.action === 'submit') changes.submittedBy = user.id
  if (move.action === 'return') changes.submittedBy = null
  if (move.action === 'close') Object.assign(changes, { closedOn: today, acceptedBy: user.displayName })
  if (move.action === 'extend') Object.assign(changes, extend(current, transition.dueOn ?? ''))
  if (move.action === 'list' || move.action === 'delist') {
    Object.assign(changes, { isListed: move.action === 'list', listingDocument: transition.documentNumber })
  }
  if (move.action === 'judge') Object.assign(changes, { severity: 'major', clauseId: transition.clauseId })
  // the clause by which it was suspected does not hold
  if (move.action === 'lower') Object.assign(changes, { severity: 'general', clauseId: null })
  return changes
}

/** What is judged 重大 or put under 挂牌督办 as such stands on a clause that holds for the day on which it was found. */
async function assertStillMajor(transaction: Knex, move: Move, hazard: HazardDetailRow): Promise<void> {
  if (move.action === 'judge' || move.action === 'list') await assertClause(transaction, hazard)
}

function assertDue(dueOn: string | null, foundOn: string): void {
  if (dueOn !== null && dueOn < foundOn) {
    throw unprocessable('DUE_BEFORE_FOUND', `整改期限 ${dueOn} 早于发现日期 ${foundOn}`)
  }
}

function extend(current: HazardDetailRow, dueOn: string): Partial<HazardRecord> {
  if (current.dueOn !== null && dueOn <= current.dueOn) {
    throw unprocessable('NOT_LATER', `延期后的期限应晚于现在的 ${current.dueOn}`)
  }
  assertDue(dueOn, current.foundOn)
  return {
    dueOn,
    originalDueOn: current.originalDueOn ?? current.dueOn,
    extensionCount: current.extensionCount + 1,
  }
}

async function assertPhotos(transaction: Knex, hazardId: string, photoIds: string[]): Promise<void> {
  if (photoIds.length === 0) return
  const count = await countLoosePhotos(transaction, hazardId, photoIds)
  if (count !== new Set(photoIds).size) {
    throw unprocessable('UNKNOWN_PHOTO', '有照片不属于这处隐患，或已随以前的办理提交过')
  }
}
