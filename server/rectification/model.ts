import { mayDo } from '../access/model.ts'
import {
  OPEN_STATUSES,
  ROLES,
  type Role,
  type Severity,
  type Status,
  type TransitionAction,
} from '../core/vocabulary.ts'

/**
 * The rectification loop as data: which move leads from where to where, who may make it, and what it takes.
 * Source: 安全生产事故隐患排查治理暂行规定 (总局令16号) and the customary steps 登记—交办—签收—整改—复查—销号;
 * the division between roles is custom, not law.
 */
export type FieldKind = 'text' | 'day' | 'money' | 'photo' | 'clause'
export interface MoveField {
  name:
    | 'note'
    | 'dueOn'
    | 'responsibleUnit'
    | 'responsiblePerson'
    | 'measures'
    | 'fundsWan'
    | 'contingencyPlan'
    | 'documentNumber'
    | 'clauseId'
    | 'photoIds'
  kind: FieldKind
  isRequired: boolean
}

export interface Move {
  action: TransitionAction
  from: readonly Status[]
  /** null: the status stays. */
  to: Status | null
  roles: readonly Role[]
  fields: readonly MoveField[]
}

const field = (name: MoveField['name'], kind: FieldKind, isRequired = false): MoveField => ({
  name,
  kind,
  isRequired,
})
const NOTE = field('note', 'text')
const REASON = field('note', 'text', true)
/** 行业部门 and the bureau judge what is 重大; whose sector it is, the scope of an inspector sees to. */
const JUDGES: readonly Role[] = ROLES.filter((role) => mayDo(role, 'judgeHazard'))

export const MOVES: readonly Move[] = [
  {
    action: 'register',
    from: ['reported'],
    to: 'registered',
    roles: ['analyst', 'officer', 'inspector', 'admin'],
    fields: [NOTE],
  },
  {
    action: 'assign',
    from: ['registered'],
    to: 'assigned',
    roles: ['analyst', 'officer', 'inspector', 'admin'],
    fields: [
      field('responsibleUnit', 'text', true),
      field('responsiblePerson', 'text'),
      field('dueOn', 'day', true),
      field('measures', 'text'),
      field('fundsWan', 'money'),
      field('contingencyPlan', 'text'),
      NOTE,
    ],
  },
  {
    action: 'accept',
    from: ['assigned'],
    to: 'rectifying',
    roles: ['officer', 'inspector', 'admin'],
    fields: [NOTE],
  },
  {
    action: 'submit',
    from: ['rectifying'],
    to: 'submitted',
    roles: ['officer', 'inspector', 'admin'],
    fields: [REASON, field('photoIds', 'photo')],
  },
  {
    action: 'return',
    from: ['submitted'],
    to: 'rectifying',
    roles: ['analyst', 'officer', 'inspector', 'admin'],
    fields: [REASON],
  },
  {
    action: 'close',
    from: ['submitted'],
    to: 'closed',
    roles: ['analyst', 'officer', 'inspector', 'admin'],
    fields: [NOTE, field('photoIds', 'photo')],
  },
  {
    action: 'reject',
    from: ['reported', 'registered'],
    to: 'rejected',
    roles: ['analyst', 'officer', 'inspector', 'admin'],
    fields: [REASON],
  },
  {
    action: 'extend',
    from: ['assigned', 'rectifying'],
    to: null,
    roles: ['analyst', 'officer', 'inspector', 'admin'],
    fields: [field('dueOn', 'day', true), REASON],
  },
  {
    action: 'list',
    from: ['registered', 'assigned', 'rectifying', 'submitted'],
    to: null,
    roles: ['analyst', 'admin'],
    fields: [field('documentNumber', 'text', true), NOTE],
  },
  {
    action: 'delist',
    from: ['registered', 'assigned', 'rectifying', 'submitted', 'closed'],
    to: null,
    roles: ['analyst', 'admin'],
    fields: [field('documentNumber', 'text', true), NOTE],
  },
  {
    action: 'judge',
    from: OPEN_STATUSES,
    to: null,
    roles: JUDGES,
    fields: [field('clauseId', 'clause', true), NOTE],
  },
  {
    action: 'lower',
    from: OPEN_STATUSES,
    to: null,
    roles: JUDGES,
    fields: [REASON],
  },
]

export const MOVE_OF: ReadonlyMap<TransitionAction, Move> = new Map(MOVES.map((move) => [move.action, move]))

/** What a move looks at; a hazard row has all of it. */
export interface HazardFacts {
  status: Status
  severity: Severity
  isListed: boolean
  dueOn: string | null
  foundOn: string
  responsibleUnit: string | null
  submittedBy: string | null
}

export const REFUSALS = {
  WRONG_STATUS: '当前状态不能这样办理',
  ROLE_NOT_ALLOWED: '您的角色不能办理这一步',
  OWN_SUBMISSION: '您是提交整改的人，不能自己销号，请由其他复查人员办理',
  MAJOR_NEEDS_SUPERVISOR: '重大隐患由应急局或行业部门复查销号',
  STILL_LISTED: '这处重大隐患还在挂牌督办，请先摘牌再销号',
  ONLY_MAJOR_IS_LISTED: '只有重大隐患才挂牌督办',
  ALREADY_LISTED: '已经挂牌',
  NOT_LISTED: '没有挂牌，不用摘牌',
  ONLY_SUSPECTED_IS_JUDGED: '只有「疑似重大」的隐患才办理认定',
  ALREADY_GENERAL: '已经是一般隐患',
  LISTED_STAYS_MAJOR: '这处重大隐患还在挂牌督办，请先摘牌再改级别',
} as const
export type Refusal = keyof typeof REFUSALS

/** Why this person may not make this move now, or null if they may. */
export function refusalOf(
  move: Move,
  hazard: HazardFacts,
  person: { id: string; role: Role },
): Refusal | null {
  if (!move.from.includes(hazard.status)) return 'WRONG_STATUS'
  if (!move.roles.includes(person.role)) return 'ROLE_NOT_ALLOWED'
  if (move.action === 'close') return refusalToClose(hazard, person)
  if (move.action === 'list' && hazard.severity !== 'major') return 'ONLY_MAJOR_IS_LISTED'
  if (move.action === 'list' && hazard.isListed) return 'ALREADY_LISTED'
  if (move.action === 'delist' && !hazard.isListed) return 'NOT_LISTED'
  if (move.action === 'judge' && hazard.severity !== 'suspected_major') return 'ONLY_SUSPECTED_IS_JUDGED'
  if (move.action === 'lower') return refusalToLower(hazard)
  return null
}

function refusalToLower(hazard: HazardFacts): Refusal | null {
  if (hazard.severity === 'general') return 'ALREADY_GENERAL'
  return hazard.severity === 'major' && hazard.isListed ? 'LISTED_STAYS_MAJOR' : null
}

function refusalToClose(hazard: HazardFacts, person: { id: string; role: Role }): Refusal | null {
  if (hazard.submittedBy === person.id) return 'OWN_SUBMISSION'
  // 一般隐患由街镇复查，重大由应急局或行业部门复查 (custom, see domain notes part 1)
  if (hazard.severity === 'major' && person.role === 'officer') return 'MAJOR_NEEDS_SUPERVISOR'
  if (hazard.isListed) return 'STILL_LISTED'
  return null
}

/** The fields of a move for this hazard: what is already known need not be told again. */
export function fieldsOf(move: Move, hazard: HazardFacts): MoveField[] {
  return move.fields.map((entry) => {
    const isKnown =
      move.action === 'assign' &&
      ((entry.name === 'responsibleUnit' && hazard.responsibleUnit !== null) ||
        (entry.name === 'dueOn' && hazard.dueOn !== null))
    return isKnown ? { ...entry, isRequired: false } : { ...entry }
  })
}

/** The moves that this person may make now, in the order of the loop. */
export function availableMoves(hazard: HazardFacts, person: { id: string; role: Role }): Move[] {
  return MOVES.filter((move) => refusalOf(move, hazard, person) === null)
}
