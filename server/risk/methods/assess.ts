import type { RiskLevel } from '../../core/vocabulary.ts'
import type { Arithmetic, AssessReply, AssessRequest } from '../assess-schema.ts'
import { levelText, type ThresholdSet } from './bands.ts'
import { type CitedClause, judgeDirectly } from './direct.ts'
import { RiskInputError } from './error.ts'
import { asNumber } from './exact.ts'
import { type AssessedUnit, assessUnit, checkExposedPeople, SCOPE_SENTENCE } from './gb18218.ts'
import { assessLec, lecThresholds, type Scored } from './lec.ts'
import { assessLs } from './ls.ts'
import { lsThresholds, type MethodSettings } from './settings.ts'
import { DIRECT_RULES, DIRECT_RULES_NOTE, MAJOR_HAZARD_TABLE } from './table.ts'

/** What an assessment depends on beside the request. */
export interface AssessContext {
  settings: MethodSettings
  /** The day by whose rules it is judged. */
  on: string
  /** The clause that the request cites, or null where it cites none. */
  clause: CitedClause | null
}

/**
 * The risk methods as one function: from the request to the level, with every step told. Throws RiskInputError, whose
 * parameter is the field of the request.
 */
export function assess(request: AssessRequest, context: AssessContext): AssessReply {
  const { method } = request
  if (method === 'lec') {
    const thresholds = lecThresholds(context.settings.lecEndsGoTo)
    const { l, e, c } = request
    return replyOfScore(
      method,
      inSmallLetters(() => assessLec({ L: l, E: e, C: c }, thresholds)),
      thresholds,
    )
  }
  if (method === 'ls') {
    const thresholds = requireLsThresholds(request, context)
    return replyOfScore(
      method,
      inSmallLetters(() => assessLs({ L: request.l, S: request.s }, thresholds)),
      thresholds,
    )
  }
  return method === 'gb18218' ? ofUnits(request, context) : ofJudgement(request, context)
}

/** The people write L, E, C; the fields of the request are l, e, c. */
function inSmallLetters(work: () => Scored): Scored {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RiskInputError)) throw error
    const { parameter, message, code, allowed } = error
    throw new RiskInputError(parameter.toLowerCase(), message, { code, allowed })
  }
}

function requireLsThresholds({ thresholdSet }: AssessRequest, { settings }: AssessContext): ThresholdSet {
  const found = lsThresholds(settings, thresholdSet)
  if (found) return found
  const known = settings.lsSets.map(({ id, name }) => `${id}（${name}）`)
  throw new RiskInputError('thresholdSet', `没有阈值方案「${thresholdSet}」，可用：${known.join('、')}`, {
    code: 'UNKNOWN_THRESHOLD_SET',
    allowed: settings.lsSets.map(({ id }) => id),
  })
}

/** The whole answer of a product of chosen values. */
export function replyOfScore(
  method: 'lec' | 'ls',
  { score, level, formula, steps }: Scored,
  thresholds: ThresholdSet,
): AssessReply {
  const unconfirmed = thresholds.confirmed ? [] : [`阈值方案「${thresholds.name}」待核`]
  return {
    method,
    score,
    level,
    levelConfirmed: thresholds.confirmed,
    grade: null,
    formula,
    steps,
    confirmed: unconfirmed.length === 0,
    unconfirmed,
    thresholdSet: { ...thresholds, levelsFrom: [...thresholds.levelsFrom] },
    clause: null,
    units: [],
  }
}

function ofUnits({ units = [], exposedPeople }: AssessRequest, { on }: AssessContext): AssessReply {
  const { standard, effectiveFrom } = MAJOR_HAZARD_TABLE
  if (on < effectiveFrom) {
    throw new RiskInputError('on', `${standard} 自 ${effectiveFrom} 起施行，不能用于 ${on}`, {
      code: 'STANDARD_NOT_IN_FORCE',
    })
  }
  if (units.length === 0) {
    throw new RiskInputError('units', '没有单元，请至少填一个生产单元或储存单元', { code: 'NO_UNIT' })
  }
  const people = checkExposedPeople(exposedPeople)
  const assessed = units.map((unit, index) => assessUnit(unit, index, people))
  const sources = assessed.filter(({ reply }) => reply.isMajorHazardSource)
  const isSource = sources.length > 0
  // an R below S = 1 grades nothing, so it stands for the whole only where there is no other
  const deciding = greatestR(isSource ? sources : assessed)
  const unconfirmed = [...new Set(assessed.flatMap(({ doubts }) => doubts))]
  const grade = isSource ? (Math.min(...sources.map(({ reply }) => reply.grade ?? 4)) as RiskLevel) : null
  return {
    method: 'gb18218',
    score: deciding ? asNumber(deciding.r) : null,
    level: isSource ? 1 : null,
    levelConfirmed: !isSource,
    grade,
    formula: deciding?.formula ?? '',
    steps: [
      SCOPE_SENTENCE,
      ...assessed.flatMap(({ reply }) => reply.steps),
      tellLevel(grade, sources.length),
    ],
    confirmed: unconfirmed.length === 0,
    unconfirmed,
    thresholdSet: null,
    clause: null,
    units: assessed.map(({ reply }) => reply),
  }
}

const greatestR = (units: readonly AssessedUnit[]): AssessedUnit | undefined =>
  [...units].sort((a, b) => b.r.compare(a.r))[0]

function tellLevel(grade: RiskLevel | null, count: number): string {
  if (grade === null) {
    return '各单元 S 都小于 1，不是重大危险源，本法不定风险等级；请用 LEC 法或 LS 矩阵法评估。'
  }
  const rule = DIRECT_RULES.find(({ id }) => id === 'major-hazard-source')
  const label = MAJOR_HAZARD_TABLE.grades.find(({ level }) => level === grade)?.label
  return `${count} 个单元构成重大危险源，最高${label}；按直判规则「${rule?.text}」，风险等级为 ${levelText(1)}（${DIRECT_RULES_NOTE}）。`
}

function ofJudgement(request: AssessRequest, { clause, on }: AssessContext): AssessReply {
  const { level, formula, steps, doubts, clause: cited } = judgeDirectly(request, clause, on)
  return {
    method: 'direct',
    score: null,
    level,
    levelConfirmed: doubts.length === 0,
    grade: null,
    formula,
    steps,
    confirmed: doubts.length === 0,
    unconfirmed: doubts,
    thresholdSet: null,
    clause: cited,
    units: [],
  }
}

/** What a risk keeps as its inputs: only what the method took, in the symbols of the method. */
export function inputsToKeep(request: AssessRequest): Record<string, unknown> {
  const { method, l, e, c, s } = request
  if (method === 'lec') return { L: l, E: e, C: c }
  if (method === 'ls') return { L: l, S: s }
  if (method === 'gb18218') return { exposedPeople: request.exposedPeople, units: request.units }
  const { clauseId, level, rule } = request
  const reason = request.reason?.trim()
  return {
    ...(clauseId ? { clauseId, level: 1 } : { level }),
    ...(rule ? { rule } : {}),
    ...(reason ? { reason } : {}),
  }
}

/** What a risk keeps of the answer beside method, score and level. */
export function arithmeticToKeep(reply: AssessReply): Arithmetic {
  const { method: _method, score: _score, level: _level, ...arithmetic } = reply
  return arithmetic
}
