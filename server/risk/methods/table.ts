import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import methods from '../../../data/risk-methods/risk-methods.json' with { type: 'json' }
import type { RiskLevel } from '../../core/vocabulary.ts'

/**
 * The figures of GB 18218-2018, read and checked once. Where each stands and what its mark means is told in
 * data/risk-methods/SOURCE.md.
 */

const Status = Type.Union([
  Type.Literal('confirmed_2_sources'),
  Type.Literal('confirmed_1_source'),
  Type.Literal('conflict'),
  Type.Literal('derived_unconfirmed'),
  Type.Literal('unconfirmed'),
  Type.Literal('needs_GHS_class'),
])
const Positive = Type.Number({ exclusiveMinimum: 0 })
const MaybeText = Type.Union([Type.String(), Type.Null()])

const File = Type.Object({
  direct_major: Type.Object({
    status: Type.String(),
    rules: Type.Array(Type.String(), { minItems: 5, maxItems: 5 }),
  }),
  GB18218_2018: Type.Object({
    effective: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    rules: Type.Array(Type.String()),
    unit_rules_unconfirmed: Type.Array(Type.String()),
    alpha: Type.Array(
      Type.Object({ min: Type.Integer({ minimum: 0 }), max: Type.Optional(Type.Integer()), alpha: Positive }),
      { minItems: 1 },
    ),
    alpha_basis: Type.String(),
    grades: Type.Array(Type.Object({ grade: Type.String(), min: Type.Optional(Positive) }), {
      minItems: 4,
      maxItems: 4,
    }),
    table1: Type.Array(
      Type.Object({
        no: Type.Integer({ minimum: 1 }),
        name: Type.String({ minLength: 1 }),
        alias: Type.String(),
        cas: Type.Array(Type.String({ pattern: '^\\d{2,7}-\\d{2}-\\d$' })),
        Q_t: Positive,
        Q_status: Status,
        beta: Type.Union([Positive, Type.Null()]),
        beta_basis: MaybeText,
        beta_status: Status,
        note: Type.Optional(Type.String()),
      }),
      { minItems: 85, maxItems: 85 },
    ),
    table2: Type.Array(
      Type.Object({
        symbol: Type.String({ pattern: '^[JW]\\d+(\\.\\d)?$' }),
        cls: Type.String(),
        desc: Type.String(),
        Q_t: Positive,
        beta: Positive,
        status: Type.Optional(Status),
        note: Type.Optional(Type.String()),
      }),
      { minItems: 24, maxItems: 24 },
    ),
  }),
})

export type FigureStatus = Static<typeof Status>

/** A line of table 1. Without a β the substance's GHS class has to be known first. */
export interface TableSubstance {
  no: number
  name: string
  alias: string | null
  cas: readonly string[]
  criticalTonnes: number
  criticalStatus: FigureStatus
  beta: number | null
  /** 表3, or the class of table 2 from which β is derived, or the family in which its class lies. */
  betaBasis: string | null
  betaStatus: FigureStatus
  note: string | null
}

/** A line of table 2: what goes for substances that table 1 does not name. */
export interface HazardClass {
  symbol: string
  name: string
  description: string
  criticalTonnes: number
  beta: number
  confirmed: boolean
  note: string | null
}

export interface AlphaBand {
  from: number
  to: number | null
  alpha: number
}

export interface GradeBand {
  level: RiskLevel
  label: string
  /** The least R of the grade; null for the lowest. */
  from: number | null
}

export interface MajorHazardTable {
  standard: string
  effectiveFrom: string
  rules: readonly string[]
  unitRules: readonly string[]
  alphaBasis: string
  alpha: readonly AlphaBand[]
  grades: readonly GradeBand[]
  substances: readonly TableSubstance[]
  classes: readonly HazardClass[]
}

export const isConfirmedStatus = (status: FigureStatus): boolean => status.startsWith('confirmed')

const file = Value.Parse(File, methods)
const standard = file.GB18218_2018

export const MAJOR_HAZARD_TABLE: MajorHazardTable = {
  standard: 'GB 18218-2018',
  effectiveFrom: standard.effective,
  rules: standard.rules,
  unitRules: standard.unit_rules_unconfirmed,
  alphaBasis: '厂区边界外扩 500 m 范围内的常住人口',
  alpha: standard.alpha.map(({ min, max, alpha }) => ({ from: min, to: max ?? null, alpha })),
  grades: standard.grades.map(({ grade, min }, index) => ({
    level: (index + 1) as RiskLevel,
    label: grade,
    from: min ?? null,
  })),
  substances: standard.table1.map((line) => ({
    no: line.no,
    name: line.name,
    alias: line.alias || null,
    cas: line.cas,
    criticalTonnes: line.Q_t,
    criticalStatus: line.Q_status,
    beta: line.beta,
    betaBasis: line.beta_basis,
    betaStatus: line.beta_status,
    note: line.note ?? null,
  })),
  classes: standard.table2.map((line) => ({
    symbol: line.symbol,
    name: line.cls,
    description: line.desc,
    criticalTonnes: line.Q_t,
    beta: line.beta,
    confirmed: line.status === undefined || isConfirmedStatus(line.status),
    note: line.note ?? null,
  })),
}

/** 直判: what some places judge 重大 at once. None of it is confirmed. */
export interface DirectRule {
  id: string
  text: string
}

const DIRECT_RULE_IDS = [
  'mandatory-breach',
  'past-casualties',
  'crowded-workplace',
  'major-hazard-source',
  'highest-band',
] as const

export const DIRECT_RULES: readonly DirectRule[] = DIRECT_RULE_IDS.map((id, index) => ({
  id,
  text: file.direct_major.rules[index] ?? '',
}))
export const DIRECT_RULES_NOTE = '地方标准做法，没有检索到国家层面的依据，待核'
