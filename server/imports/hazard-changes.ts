import { type Sector, STATUSES, type Status } from '../core/vocabulary.ts'
import type { HazardRecord } from '../hazards/write.ts'
import { compareFields, isMoved } from './compare.ts'
import type { KnownHazard } from './lookup-queries.ts'
import type { Changes, CheckContext, Draft } from './model.ts'
import type { HazardRow } from './read-hazard-row.ts'
import type { Fault } from './row-reader.ts'

/** What commit writes for a row; the texts are those of HazardRecord, and `last` compares against them. */
export interface HazardReading
  extends Omit<
    HazardRecord,
    | 'number'
    | 'sector'
    | 'status'
    | 'isListed'
    | 'originalDueOn'
    | 'extensionCount'
    | 'submittedBy'
    | 'importId'
  > {
  sector: Sector | null
  status: Status | null
  isListed: boolean | null
  siteName: string | null
  note: string | null
}

export type HazardDraft = Draft<HazardRow> & { fault: (fault: Fault) => void }

const COMPARED: readonly (keyof HazardReading & keyof KnownHazard)[] = [
  'siteId',
  'sector',
  'description',
  'locationText',
  'category',
  'severity',
  'clauseId',
  'foundOn',
  'foundBy',
  'dueOn',
  'acceptedBy',
  'measures',
  'responsibleUnit',
  'responsiblePerson',
  'fundsWan',
  'contingencyPlan',
  'supervisor',
  'result',
  'origin',
  'isListed',
  'listingDocument',
]

/** What a row would change in the hazard that it means; what speaks against it becomes a fault of the row. */
export function hazardChanges(
  draft: HazardDraft,
  reading: HazardReading,
  known: KnownHazard,
  last: Record<string, unknown> | undefined,
  context: CheckContext,
): Changes {
  const changes = compareFields(known, reading, last, COMPARED)
  if (context.role === 'officer' && known.severity === 'major') delete changes.severity
  if (isMoved(known, draft, last)) {
    for (const field of [
      'lng',
      'lat',
      'coordinateText',
      'coordinateSystem',
      'areaCode',
      'areaBasis',
    ] as const) {
      changes[field] = { from: field === 'areaBasis' ? null : known[field], to: reading[field] }
    }
  } else if (
    known.lng === null &&
    reading.areaCode !== null &&
    reading.areaCode !== known.areaCode &&
    last?.areaCode !== reading.areaCode
  ) {
    changes.areaCode = { from: known.areaCode, to: reading.areaCode }
    changes.areaBasis = { from: null, to: reading.areaBasis }
  }
  addStatus(draft, reading, known, last, changes)
  keepInOrder(draft, known, changes)
  return changes
}

/** A ledger moves a hazard forwards only, and never over what someone did in the system. */
function addStatus(
  draft: HazardDraft,
  reading: HazardReading,
  known: KnownHazard,
  last: Record<string, unknown> | undefined,
  changes: Changes,
): void {
  const { status } = reading
  if (status === null || status === known.status || last?.status === status) return
  const isForward = STATUSES.indexOf(status) > STATUSES.indexOf(known.status) && known.status !== 'closed'
  if (known.isTouched || !isForward) {
    draft.fault({
      level: 'warning',
      code: 'STATUS_KEPT',
      field: 'status',
      reason: known.isTouched ? '系统里的状态已由经办人改过，不按文件改' : '文件里的状态比系统里的早，不倒退',
      remedy: '如需改状态，请在系统里办理',
    })
    return
  }
  changes.status = { from: known.status, to: status }
  if (status === 'closed') changes.closedOn = { from: known.closedOn, to: reading.closedOn }
}

type Ordered = Pick<KnownHazard, 'foundOn' | 'dueOn' | 'closedOn' | 'severity' | 'clauseId'>

/** What changes must still fit what stays; the database would refuse it otherwise. */
export function keepInOrder(
  draft: { fault: (fault: Fault) => void },
  known: Ordered,
  changes: Changes,
): void {
  const after = <K extends keyof Ordered>(field: K): Ordered[K] =>
    changes[field] === undefined ? known[field] : (changes[field].to as Ordered[K])
  const foundOn = after('foundOn')
  for (const field of ['dueOn', 'closedOn'] as const) {
    const day = after(field)
    if (day === null || day >= foundOn) continue
    draft.fault({
      code: field === 'dueOn' ? 'DUE_BEFORE_FOUND' : 'CLOSED_BEFORE_FOUND',
      field,
      reason: `与系统里的日期合起来看，${day} 早于发现日期 ${foundOn}`,
      remedy: '请核对日期',
    })
  }
  if (after('severity') === 'major' && after('clauseId') === null) {
    draft.fault({
      code: 'MAJOR_NEEDS_CLAUSE',
      field: 'severity',
      reason: '重大隐患必须填判定条款',
      remedy: '补条款',
    })
  }
}
