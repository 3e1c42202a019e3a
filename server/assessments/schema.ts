import { type Static, Type } from 'typebox'
import { Day, Id, Nullable, Words } from '../core/schema-parts.ts'
import { RISK_LEVELS } from '../core/vocabulary.ts'
import { AssessRequest } from '../risk/assess-schema.ts'
import { Risk } from '../risk/schema.ts'

const text = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })))

/** What a person writes of a risk beside its assessment. */
const texts = {
  kind: text(100),
  hazardFactors: text(1000),
  accidentTypes: text(300),
  engineeringControls: text(2000),
  managementControls: text(2000),
  trainingControls: text(2000),
  protectionControls: text(2000),
  emergencyControls: text(2000),
  controlLevel: text(100),
  responsibleUnit: text(200),
  responsiblePerson: text(100),
  checkFrequency: text(100),
}
const review = {
  assessedBy: text(100),
  nextReviewOn: Type.Optional(Nullable(Day)),
  residualLevel: Type.Optional(Nullable(Words(RISK_LEVELS))),
}
const judged = {
  assessment: AssessRequest,
  assessedOn: Type.Optional(Type.Unsafe<string>({ ...Day, description: 'today where it is left out' })),
}
const Name = Type.String({ minLength: 1, maxLength: 200 })
const version = Type.Integer({ minimum: 1 })

export const NewRisk = Type.Object(
  { name: Name, ...texts, ...review, ...judged },
  { additionalProperties: false },
)
export type NewRisk = Static<typeof NewRisk>

/** 保存为新评估: the assessment before stays, retired, and the texts go over to the new one. */
export const NewAssessment = Type.Object({ version, ...review, ...judged }, { additionalProperties: false })
export type NewAssessment = Static<typeof NewAssessment>

export const RiskPatch = Type.Object(
  { version, name: Type.Optional(Name), ...texts, ...review },
  { additionalProperties: false },
)
export type RiskPatch = Static<typeof RiskPatch>

export const Retirement = Type.Object(
  { version, reason: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
)
export type Retirement = Static<typeof Retirement>

/** An assessment that stood before, with why it no longer does. */
export const PastAssessment = Type.Object({
  id: Id,
  method: Risk.properties.method,
  score: Nullable(Type.Number()),
  level: Words(RISK_LEVELS),
  formula: Type.String(),
  arithmetic: Risk.properties.arithmetic,
  assessedOn: Nullable(Day),
  assessedBy: Nullable(Type.String()),
  retiredOn: Nullable(Day),
  retiredReason: Nullable(Type.String()),
})
export type PastAssessment = Static<typeof PastAssessment>
export const PastAssessmentList = Type.Object({
  items: Type.Array(PastAssessment),
  total: Type.Integer(),
})
export type PastAssessmentList = Static<typeof PastAssessmentList>

export const LEVEL_BASES = ['recorded', 'assessed'] as const
export const LevelStep = Type.Object({
  from: Day,
  level: Nullable(Words(RISK_LEVELS)),
  basis: Words(LEVEL_BASES),
  why: Nullable(
    Type.Object({ riskId: Id, name: Type.String(), formula: Type.String(), method: Risk.properties.method }),
  ),
})
export type LevelStep = Static<typeof LevelStep>
export const LevelHistory = Type.Object({
  items: Type.Array(LevelStep, { description: 'oldest first; each holds until the next' }),
  recordedFrom: Nullable(
    Type.Unsafe<string>({ ...Day, description: 'before it, by the days of assessments' }),
  ),
})
export type LevelHistory = Static<typeof LevelHistory>
