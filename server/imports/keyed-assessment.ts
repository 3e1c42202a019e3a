import { RISK_LEVEL_TERMS, type RiskLevel, type RiskMethod } from '../core/vocabulary.ts'
import type { Arithmetic } from '../risk/assess-schema.ts'
import { assessProduct } from '../risk/methods/product.ts'
import { formulaOf, RiskInputError } from '../risk/model.ts'
import { cellText } from './cells.ts'
import { meaningOf } from './keyed-cells.ts'
import type { KeyedDraft } from './keyed-draft.ts'
import type { RiskFacts } from './keyed-queries.ts'
import type { KeyedRow } from './keyed-rows.ts'
import { type Changes, type CheckContext, hasError } from './model.ts'
import type { RowIssue } from './schema.ts'
import { LEVEL_WORDS, METHOD_WORDS, readWord } from './words.ts'

const FIELD_OF_INPUT: Record<string, string> = {
  L: 'likelihood',
  E: 'exposure',
  C: 'consequence',
  S: 'severityScore',
}
const INPUTS_OF: Record<RiskMethod, readonly string[]> = {
  lec: ['L', 'E', 'C'],
  ls: ['L', 'S'],
  gb18218: [],
  direct: [],
}

interface Judged {
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  arithmetic: Arithmetic | null
}
type AssessmentDraft = KeyedDraft<object, unknown>

/**
 * What edits of method, values and level change. Score, level and colour follow from the values; whoever edited them by
 * hand is told so, unless they say what follows anyway.
 */
export function assessmentChanges(
  draft: AssessmentDraft,
  risk: RiskFacts,
  context: Pick<CheckContext, 'methods'>,
): Changes {
  const { edited, merged } = draft.row
  const method = edited.has('method')
    ? readWord(METHOD_WORDS, cellText(merged.get('method'))).value
    : risk.method
  if (method === null || hasError(draft.issues)) return {}
  tellUnused(draft, method)
  const judged = judge(draft, risk, method, context)
  if (!judged) return {}
  tellFollowing(draft, judged)
  return differences(risk, judged)
}

function judge(
  draft: AssessmentDraft,
  risk: RiskFacts,
  method: RiskMethod,
  context: Pick<CheckContext, 'methods'>,
): Judged | null {
  const { edited } = draft.row
  const isMethodNew = method !== risk.method
  if (method === 'gb18218') {
    if (!isMethodNew) return risk
    draft.fault({
      code: 'NEEDS_UNITS',
      field: 'method',
      reason: '按 GB 18218 分级要有单元和物质的数量，清单里没有',
      remedy: '请在场所页按单元计算',
    })
    return null
  }
  if (method === 'direct') return judgeDirectly(draft, risk, isMethodNew)
  const inputs = INPUTS_OF[method]
  const isEdited = isMethodNew || inputs.some((input) => edited.has(FIELD_OF_INPUT[input] ?? ''))
  return isEdited ? judgeByProduct(draft, risk, method, context) : risk
}

function judgeDirectly(draft: AssessmentDraft, risk: RiskFacts, isMethodNew: boolean): Judged {
  const { edited, merged } = draft.row
  const written = edited.has('level') ? readWord(LEVEL_WORDS, cellText(merged.get('level'))).value : null
  const level = written ?? risk.level
  if (edited.has('level') && written === null) {
    draft.fault({
      code: 'REQUIRED_EMPTY',
      field: 'level',
      reason: '直接判定的风险等级不能清空',
      remedy: '请写重大、较大、一般或低',
    })
  }
  if (!isMethodNew && level === risk.level) return risk
  const kept = isMethodNew ? {} : risk.inputs
  return { method: 'direct', inputs: { ...kept, level }, score: null, level, arithmetic: null }
}

/** By the set of thresholds that was kept with the risk, so that a new value alone moves it; else by that in force. */
function judgeByProduct(
  draft: AssessmentDraft,
  risk: RiskFacts,
  method: 'lec' | 'ls',
  { methods }: Pick<CheckContext, 'methods'>,
): Judged | null {
  const writtenAs = (input: string) => numberIn(draft, FIELD_OF_INPUT[input] ?? '')
  const inputs = Object.fromEntries(INPUTS_OF[method].map((input) => [input, writtenAs(input)]))
  const kept = risk.method === 'ls' ? risk.arithmetic?.thresholdSet?.id : undefined
  const lsSet = methods.lsSets.some(({ id }) => id === kept) ? kept : undefined
  try {
    return assessProduct(method, inputs, methods, lsSet)
  } catch (error) {
    if (!(error instanceof RiskInputError)) throw error
    draft.fault({
      code: 'BAD_SCALE_VALUE',
      field: FIELD_OF_INPUT[error.parameter.toUpperCase()] ?? 'method',
      reason: error.message.split('，')[0] ?? error.message,
      remedy: `取值只能是：${error.allowed.join('、')}`,
    })
    return null
  }
}

function numberIn(draft: AssessmentDraft, field: string): number | string | null {
  const text = meaningOf(field, draft.row.merged.get(field) ?? null, [])
  return text === '' ? null : Number.isNaN(Number(text)) ? text : Number(text)
}

/** A value that the method does not take was edited or left behind. */
function tellUnused(draft: AssessmentDraft, method: RiskMethod): void {
  const used = INPUTS_OF[method]
  for (const [input, field] of Object.entries(FIELD_OF_INPUT)) {
    if (used.includes(input) || !draft.row.edited.has(field) || numberIn(draft, field) === null) continue
    draft.fault({
      level: 'warning',
      code: 'UNUSED_INPUT',
      field,
      reason: `${METHOD_WORDS.label(method)} 不用 ${input}，这一格不收`,
      remedy: '请核对评价方法',
    })
  }
}

/** Cells that follow from others and say something else than what follows. */
function tellFollowing(draft: AssessmentDraft, judged: Judged): void {
  const formula = formulaOf(judged)
  const level = RISK_LEVEL_TERMS[judged.level]
  const following: Record<string, { text: string; why: string }> = {
    score: { text: judged.score === null ? '' : String(judged.score), why: `D/R 由取值得出：${formula}` },
    color: { text: level.colorZh, why: '颜色由风险等级得出' },
    ...(judged.method === 'direct'
      ? {}
      : { level: { text: level.zh, why: `风险等级由算式得出：${formula}` } }),
  }
  for (const [field, { text, why }] of Object.entries(following)) {
    if (!draft.row.edited.has(field)) continue
    if (meaningOf(field, draft.row.merged.get(field) ?? null, []) === meaningOf(field, text, [])) continue
    draft.fault({
      level: 'warning',
      code: 'COMPUTED_CELL',
      field,
      reason: `${why}，手改的不收`,
      remedy: text === '' ? '应为空' : `应为「${text}」`,
    })
  }
}

function differences(risk: RiskFacts, judged: Judged): Changes {
  const changes: Changes = {}
  for (const name of ['method', 'inputs', 'score', 'level', 'arithmetic'] as const) {
    const [from, to] = [risk[name], judged[name]]
    if (JSON.stringify(sorted(from)) !== JSON.stringify(sorted(to))) changes[name] = { from, to }
  }
  return changes
}

/** Objects alike whatever the order of their keys. */
const sorted = (value: object | string | number | null) =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : value

const OF_READING = new Set([
  'SCORE_MISMATCH',
  'LEVEL_MISMATCH',
  'COLOR_MISMATCH',
  'NO_LEVEL',
  'BAD_SCALE_VALUE',
])

/** Faults that the reading of a whole row finds in cells which are judged here by what was edited. */
export function isJudgedAnew({ code, field }: RowIssue, row: KeyedRow<unknown>): boolean {
  if (OF_READING.has(code) || field === 'score' || field === 'color') return true
  const method = readWord(METHOD_WORDS, cellText(row.merged.get('method'))).value
  return field === 'level' && method !== 'direct'
}
