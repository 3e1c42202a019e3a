import type { AssessRequest, NewAssessment, NewRisk, Risk, RiskLevel, RiskPatch, SiteDetail } from '@contract'

export const RISK_MODES = ['new', 'again', 'edit'] as const
export type RiskMode = (typeof RISK_MODES)[number]

export const RISK_TEXTS = [
  'name',
  'kind',
  'hazardFactors',
  'accidentTypes',
  'engineeringControls',
  'managementControls',
  'trainingControls',
  'protectionControls',
  'emergencyControls',
  'controlLevel',
  'responsibleUnit',
  'responsiblePerson',
  'checkFrequency',
  'assessedBy',
] as const
export type RiskText = (typeof RISK_TEXTS)[number]
export const RISK_TEXT_LENGTH: Record<RiskText, number> = {
  name: 200,
  kind: 100,
  hazardFactors: 1000,
  accidentTypes: 300,
  engineeringControls: 2000,
  managementControls: 2000,
  trainingControls: 2000,
  protectionControls: 2000,
  emergencyControls: 2000,
  controlLevel: 100,
  responsibleUnit: 200,
  responsiblePerson: 100,
  checkFrequency: 100,
  assessedBy: 100,
}

/** What the form holds: texts as typed, days and the residual level, empty where there is none. */
export interface RiskValues extends Record<RiskText, string> {
  assessedOn: string
  nextReviewOn: string
  residualLevel: '' | '1' | '2' | '3' | '4'
}

/** A new risk starts with what the place says; an assessment made again with the texts of the one before. */
export function startRisk(
  site: Pick<SiteDetail, 'responsibleUnit' | 'responsiblePerson'>,
  risk: Risk | null,
  mode: RiskMode,
  by: string,
  today: string,
): RiskValues {
  const texts = Object.fromEntries(RISK_TEXTS.map((name) => [name, risk?.[name] ?? ''])) as Record<
    RiskText,
    string
  >
  const isEdit = mode === 'edit'
  return {
    ...texts,
    responsibleUnit: risk ? texts.responsibleUnit : (site.responsibleUnit ?? ''),
    responsiblePerson: risk ? texts.responsiblePerson : (site.responsiblePerson ?? ''),
    assessedBy: isEdit ? texts.assessedBy : by,
    assessedOn: isEdit ? (risk?.assessedOn ?? '') : today,
    nextReviewOn: isEdit ? (risk?.nextReviewOn ?? '') : '',
    residualLevel: risk?.residualLevel ? (`${risk.residualLevel}` as RiskValues['residualLevel']) : '',
  }
}

/** The request that a kept assessment was made from, so that it can be made again with one value changed. */
export function requestOfRisk(risk: Risk | null): AssessRequest {
  if (!risk || risk.method === 'gb18218') return { method: 'lec' }
  const { L: l, E: e, C: c, S: s } = risk.inputs as Record<string, number | undefined>
  const { level, reason } = risk.inputs as { level?: RiskLevel; reason?: string }
  if (risk.method === 'direct') {
    const clauseId = risk.clause?.id
    return {
      method: 'direct',
      ...(clauseId ? { clauseId } : level === undefined ? {} : { level }),
      ...(reason ? { reason } : {}),
    }
  }
  const values =
    risk.method === 'lec' ? { l, e, c } : { l, s, thresholdSet: risk.arithmetic?.thresholdSet?.id }
  const known = Object.entries(values).filter(([, value]) => value !== undefined)
  return { method: risk.method, ...Object.fromEntries(known) }
}

const orNull = (text: string): string | null => text.trim() || null
const review = (values: RiskValues) => ({
  assessedBy: orNull(values.assessedBy),
  nextReviewOn: values.nextReviewOn || null,
  residualLevel: values.residualLevel === '' ? null : (Number(values.residualLevel) as RiskLevel),
})
const textsOf = (values: RiskValues) => ({
  ...Object.fromEntries(RISK_TEXTS.map((name) => [name, orNull(values[name])])),
  name: values.name.trim(),
})

export const newRiskOf = (values: RiskValues, assessment: AssessRequest): NewRisk => ({
  ...textsOf(values),
  ...review(values),
  assessment,
  assessedOn: values.assessedOn,
})

export const newAssessmentOf = (
  values: RiskValues,
  assessment: AssessRequest,
  version: number,
): NewAssessment => ({ version, ...review(values), assessment, assessedOn: values.assessedOn })

export const riskPatchOf = (values: RiskValues, version: number): RiskPatch => ({
  ...textsOf(values),
  ...review(values),
  version,
})
