import { RISK_LEVEL_TERMS, RISK_METHOD_TERMS, type RiskLevel, type RiskMethod } from '../core/vocabulary.ts'
import { asSite, type SiteRow } from '../sites/model.ts'
import type { Arithmetic } from './assess-schema.ts'
import { describeBand, levelOfScore } from './methods/bands.ts'
import { lecThresholds } from './methods/lec.ts'
import { LS_SET_A } from './methods/ls.ts'
import { formulaOf, LS } from './model.ts'
import type { Pressure } from './pressure-schema.ts'
import type { RiskListItem } from './schema.ts'

export interface RiskFacts {
  id: string
  name: string
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  /** What was kept of the assessment; null for one that was entered as a ledger has it. */
  arithmetic: Arithmetic | null
}

/** A site of the risk list as the list shows it: its risks with the deciding one first. */
export interface RankedRow extends SiteRow {
  rank: number
  risks: RiskFacts[]
  pressure: Pressure
  exposedPeople: number | null
  generalCount: number
  suspectedMajorCount: number
  majorCount: number
  overdueCount: number
  /** Of the hazard that is late longest. */
  maxOverdueWorkingDays: number
  /** The clauses by which the open major hazards are major. */
  majorClauses: string[]
  lastDrillOn: string | null
}

const levelText = (level: RiskLevel) => `${level} 级${RISK_LEVEL_TERMS[level].zh}`

/** The reasons of a rank: the inherent level with its arithmetic, what is open, and the pressure factor by factor. */
export function explainRank(row: RankedRow): string[] {
  const why = [explainLevel(row.riskLevel, row.risks[0])]
  if (row.majorCount > 0) {
    const basis = row.majorClauses.length > 0 ? `（依据 ${row.majorClauses.join('；')}）` : ''
    why.push(`有 ${row.majorCount} 处重大隐患未销号${basis}`)
  }
  if (row.overdueCount > 0) {
    why.push(`有 ${row.overdueCount} 处隐患逾期，最长 ${row.maxOverdueWorkingDays} 个工作日`)
  }
  if (row.suspectedMajorCount > 0) why.push(`有 ${row.suspectedMajorCount} 处疑似重大隐患未销号`)
  if (row.generalCount > 0) why.push(`有 ${row.generalCount} 处一般隐患未销号`)
  const openCount = row.majorCount + row.suspectedMajorCount + row.generalCount
  if (openCount === 0) why.push('没有未销号隐患')
  return [...why, explainPressure(row.pressure)]
}

/** The product with each factor's reason; the points of the hazards stand with the factors themselves. */
function explainPressure({ score, factors }: Pressure): string {
  const product = factors.map(
    ({ name, value, text }) => `${value}（${name === 'hazards' ? '未销号隐患' : text}）`,
  )
  return `当前压力 ${score}＝${product.join('×')}`
}

/** Why a site has its level: the arithmetic of its deciding risk with the threshold that it meets. */
function explainLevel(level: RiskLevel | null, risk: RiskFacts | undefined): string {
  if (level === null) return '尚未评估，等级无依据'
  if (!risk) return `等级为 ${levelText(level)}，没有评估记录可依据`
  const formula = formulaOf(risk)
  const mark = isConfirmed(risk) ? '' : '（待核）'
  if (risk.method === 'direct') return `「${risk.name}」${formula}${mark}，为 ${levelText(level)}`
  if (risk.method === 'gb18218') {
    const rule = risk.arithmetic?.levelConfirmed === false ? '按直判规则（待核）' : ''
    return `「${risk.name}」${explainSource(risk, formula)}${mark}，${rule}为 ${levelText(level)}`
  }
  const reason = bandText(risk) ?? '等级由评估人确定'
  return `「${risk.name}」${methodText(risk)}：${formula}，${reason}，为 ${levelText(level)}`
}

const GRADES = ['一', '二', '三', '四'] as const

function explainSource({ arithmetic }: RiskFacts, formula: string): string {
  const grade = arithmetic?.grade ? `，${GRADES[arithmetic.grade - 1]}级重大危险源` : ''
  return `${RISK_METHOD_TERMS.gb18218.zh}：${formula}${grade}`
}

/** Whether every figure of the arithmetic is confirmed; one that was entered without it goes by its method. */
export function isConfirmed({ method, arithmetic }: Pick<RiskFacts, 'method' | 'arithmetic'>): boolean {
  if (arithmetic?.confirmed !== undefined) return arithmetic.confirmed
  return method !== 'ls' || LS.isConfirmed
}

function methodText({ method, arithmetic }: RiskFacts): string {
  const name = RISK_METHOD_TERMS[method].zh
  const set = arithmetic?.thresholdSet
  if (method !== 'ls') return isConfirmed({ method, arithmetic }) ? name : `${name}（待核）`
  return `${name}（${set ? `阈值方案 ${set.name}` : LS.scheme}${isConfirmed({ method, arithmetic }) ? '' : '，待核'}）`
}

/** The band in which the score lies, or null where the level is not the one that the score gives. */
function bandText({ method, score, level, arithmetic }: RiskFacts): string | null {
  if (score === null || (method !== 'lec' && method !== 'ls')) return null
  const thresholds = arithmetic?.thresholdSet ?? (method === 'lec' ? lecThresholds('higher') : LS_SET_A)
  return levelOfScore(score, thresholds) === level ? describeBand(level, thresholds) : null
}

/** What the contract calls an item of the risk list. */
export function asRiskListItem(row: RankedRow): RiskListItem {
  return {
    ...asSite(row),
    rank: row.rank,
    why: explainRank(row),
    risks: row.risks.map((risk) => ({
      id: risk.id,
      name: risk.name,
      method: risk.method,
      score: risk.score,
      level: risk.level,
      formula: formulaOf(risk),
      confirmed: isConfirmed(risk) && risk.arithmetic?.levelConfirmed !== false,
    })),
    pressure: row.pressure,
    exposedPeople: row.exposedPeople,
    openHazards: {
      general: row.generalCount,
      suspectedMajor: row.suspectedMajorCount,
      major: row.majorCount,
      overdue: row.overdueCount,
      maxOverdueWorkingDays: row.maxOverdueWorkingDays,
    },
    lastDrillOn: row.lastDrillOn,
  }
}
