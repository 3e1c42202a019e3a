import { RISK_LEVEL_TERMS, RISK_METHOD_TERMS, type RiskLevel, type RiskMethod } from '../core/vocabulary.ts'
import { overdueWorkingDays, type WorkCalendar } from '../core/working-days.ts'
import { asSite, type SiteRow } from '../sites/model.ts'
import { formulaOf, LEC, LS } from './model.ts'
import type { RiskListItem } from './schema.ts'

export interface RiskFacts {
  id: string
  name: string
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
}

/** A site of the risk list as the database answers it: its risks with the deciding one first. */
export interface RankedRow extends SiteRow {
  rank: number
  risks: RiskFacts[]
  generalCount: number
  suspectedMajorCount: number
  majorCount: number
  overdueCount: number
  /** The due day of the hazard that is overdue longest. */
  earliestOverdueOn: string | null
  /** The clauses by which the open major hazards are major. */
  majorClauses: string[]
  lastDrillOn: string | null
}

const levelText = (level: RiskLevel) => `${level} 级${RISK_LEVEL_TERMS[level].zh}`

/**
 * The reasons of a rank, in the order in which they count: the higher level first; then more open major hazards; then
 * more overdue ones; then the score of the deciding risk, as its share of the method's least major score, so that LEC
 * and LS can be compared; then the name. A site that was never assessed comes after all that were.
 */
export function explainRank(row: RankedRow, maxOverdueDays: number): string[] {
  const why = [explainLevel(row.riskLevel, row.risks[0])]
  if (row.majorCount > 0) {
    const basis = row.majorClauses.length > 0 ? `（依据 ${row.majorClauses.join('；')}）` : ''
    why.push(`有 ${row.majorCount} 处重大隐患未销号${basis}`)
  }
  if (row.overdueCount > 0) why.push(`有 ${row.overdueCount} 处隐患逾期，最长 ${maxOverdueDays} 个工作日`)
  if (row.suspectedMajorCount > 0) why.push(`有 ${row.suspectedMajorCount} 处疑似重大隐患未销号`)
  if (row.generalCount > 0) why.push(`有 ${row.generalCount} 处一般隐患未销号`)
  const openCount = row.majorCount + row.suspectedMajorCount + row.generalCount
  if (openCount === 0) why.push('没有未销号隐患')
  return why
}

/** Why a site has its level: the arithmetic of its deciding risk with the threshold that it meets. */
function explainLevel(level: RiskLevel | null, risk: RiskFacts | undefined): string {
  if (level === null) return '尚未评估，等级无依据'
  if (!risk) return `等级为 ${levelText(level)}，没有评估记录可依据`
  const formula = formulaOf(risk)
  if (risk.method === 'direct') return `「${risk.name}」${formula}，为 ${levelText(level)}`
  const reason = bandText(risk) ?? '等级由评估人确定'
  return `「${risk.name}」${methodText(risk.method)}：${formula}，${reason}，为 ${levelText(level)}`
}

function methodText(method: RiskMethod): string {
  const name = RISK_METHOD_TERMS[method].zh
  return method === 'ls' ? `${name}（${LS.scheme}${LS.isConfirmed ? '' : '，待核'}）` : name
}

/** The band in which the score lies, or null where the level is not the one that the score gives. */
function bandText({ method, score, level }: RiskFacts): string | null {
  if (score === null || (method !== 'lec' && method !== 'ls')) return null
  const levelsFrom: readonly number[] = method === 'lec' ? LEC.levelsFrom : LS.levelsFrom
  const from = level === 4 ? null : (levelsFrom[level - 1] ?? null)
  const below = level === 1 ? null : (levelsFrom[level - 2] ?? null)
  if ((from !== null && score < from) || (below !== null && score >= below)) return null
  return [from === null ? '' : `不小于 ${from}`, below === null ? '' : `小于 ${below}`]
    .filter(Boolean)
    .join('、')
}

/** What the contract calls an item of the risk list. */
export function asRiskListItem(row: RankedRow, today: string, calendar: WorkCalendar): RiskListItem {
  const maxOverdueWorkingDays = row.earliestOverdueOn
    ? overdueWorkingDays(calendar, row.earliestOverdueOn, today).days
    : 0
  return {
    ...asSite(row),
    rank: row.rank,
    why: explainRank(row, maxOverdueWorkingDays),
    risks: row.risks.map((risk) => ({
      id: risk.id,
      name: risk.name,
      method: risk.method,
      score: risk.score,
      level: risk.level,
      formula: formulaOf(risk),
    })),
    openHazards: {
      general: row.generalCount,
      suspectedMajor: row.suspectedMajorCount,
      major: row.majorCount,
      overdue: row.overdueCount,
      maxOverdueWorkingDays,
    },
    lastDrillOn: row.lastDrillOn,
  }
}
