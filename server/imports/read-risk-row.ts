import { RISK_LEVEL_TERMS, type RiskLevel, type RiskMethod } from '../core/vocabulary.ts'
import type { Arithmetic } from '../risk/assess-schema.ts'
import { assessProduct, type Product } from '../risk/methods/product.ts'
import { RiskInputError } from '../risk/model.ts'
import type { CheckContext } from './model.ts'
import type { SiteRow } from './read-site-row.ts'
import { type RowReader, readCreditCode, requireText } from './row-reader.ts'
import { LEVEL_WORDS, METHOD_WORDS, SECTOR_WORDS } from './words.ts'

/** A row of 安全风险分级管控清单: a risk, and the place that carries it. */
export interface RiskRow {
  site: SiteRow
  name: string
  kind: string | null
  hazardFactors: string | null
  accidentTypes: string | null
  method: RiskMethod
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  arithmetic: Arithmetic | null
  engineeringControls: string | null
  managementControls: string | null
  trainingControls: string | null
  protectionControls: string | null
  emergencyControls: string | null
  controlLevel: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  checkFrequency: string | null
  assessedOn: string | null
  assessedBy: string | null
  nextReviewOn: string | null
  residualLevel: RiskLevel | null
}

export function readRiskRow(reader: RowReader, context: CheckContext): RiskRow {
  const name = requireText(reader, 'risks', 'name')
  const responsibleUnit = reader.text('responsibleUnit')
  const responsiblePerson = reader.text('responsiblePerson')
  const assessedOn = reader.day('assessedOn')
  if (assessedOn !== null && assessedOn > context.today) {
    reader.fault({
      code: 'DATE_IN_FUTURE',
      field: 'assessedOn',
      reason: `评估日期 ${assessedOn} 晚于今天`,
      remedy: '请核对年份',
    })
  }
  return {
    site: {
      // a list of one enterprise names only its risk points: then each is a place of its own
      name: reader.text('siteName') ?? name,
      creditCode: readCreditCode(reader),
      sector: reader.word('sector', SECTOR_WORDS, 'UNKNOWN_SECTOR') ?? context.defaultSector,
      kind: null,
      address: reader.text('address'),
      responsibleUnit,
      responsiblePerson,
      responsiblePhone: reader.text('responsiblePhone'),
    },
    name,
    kind: reader.text('riskKind'),
    hazardFactors: reader.text('hazardFactors'),
    accidentTypes: reader.text('accidentTypes'),
    ...readAssessment(reader, context),
    engineeringControls: reader.text('engineeringControls'),
    managementControls: reader.text('managementControls'),
    trainingControls: reader.text('trainingControls'),
    protectionControls: reader.text('protectionControls'),
    emergencyControls: reader.text('emergencyControls'),
    controlLevel: reader.text('controlLevel'),
    responsibleUnit,
    responsiblePerson,
    checkFrequency: reader.text('checkFrequency'),
    assessedOn,
    assessedBy: reader.text('assessedBy'),
    nextReviewOn: reader.day('nextReviewOn'),
    residualLevel: reader.word('residualLevel', LEVEL_WORDS, 'UNKNOWN_LEVEL'),
  }
}

type Assessed = Pick<RiskRow, 'method' | 'inputs' | 'score' | 'level' | 'arithmetic'>
const UNKNOWN: Assessed = { method: 'direct', inputs: {}, score: null, level: 4, arithmetic: null }

const FIELD_OF_INPUT: Record<string, string> = {
  L: 'likelihood',
  E: 'exposure',
  C: 'consequence',
  S: 'severityScore',
}

function readAssessment(reader: RowReader, context: CheckContext): Assessed {
  const before = reader.issues.length
  const writtenLevel = reader.word('level', LEVEL_WORDS, 'UNKNOWN_LEVEL')
  const color = reader.word('color', LEVEL_WORDS, 'UNKNOWN_LEVEL')
  const inputs: Record<string, number | null> = {
    L: reader.number('likelihood'),
    E: reader.number('exposure'),
    C: reader.number('consequence'),
    S: reader.number('severityScore'),
  }
  const writtenScore = reader.number('score')
  const method = reader.word('method', METHOD_WORDS, 'UNKNOWN_METHOD') ?? guessMethod(inputs)
  // what could not be read has been told; working on with it would only add faults
  if (reader.issues.slice(before).some((issue) => issue.level === 'error')) return UNKNOWN
  const level = writtenLevel ?? color
  const assessed =
    method === 'lec' || method === 'ls'
      ? assessByProduct(reader, context, method, inputs, writtenScore, level)
      : judge(reader, method, level, writtenScore)
  if (color !== null && writtenLevel !== null && color !== writtenLevel) warnOfColor(reader, writtenLevel)
  return assessed
}

function guessMethod(inputs: Record<string, number | null>): RiskMethod {
  if (inputs.E !== null && inputs.C !== null) return 'lec'
  return inputs.L !== null && inputs.S !== null ? 'ls' : 'direct'
}

function assessByProduct(
  reader: RowReader,
  { methods }: CheckContext,
  method: 'lec' | 'ls',
  inputs: Record<string, number | null>,
  writtenScore: number | null,
  writtenLevel: RiskLevel | null,
): Assessed {
  let assessment: Product
  try {
    assessment = assessProduct(method, inputs, methods)
  } catch (error) {
    if (!(error instanceof RiskInputError)) throw error
    reader.fault({
      code: 'BAD_SCALE_VALUE',
      field: FIELD_OF_INPUT[error.parameter.toUpperCase()] ?? 'score',
      reason: error.message.split('，')[0] ?? error.message,
      remedy: `取值只能是：${error.allowed.join('、')}`,
    })
    return UNKNOWN
  }
  const { score, level, arithmetic } = assessment
  const formula = arithmetic.formula ?? ''
  if (writtenScore !== null && Math.abs(writtenScore - score) > 0.01) {
    reader.fault({
      code: 'SCORE_MISMATCH',
      field: 'score',
      reason: `与算式不符：${formula}`,
      remedy: `改为 ${score}，或核对各项取值`,
      proposal: { action: 'useProposedValue', label: `改为 ${score}`, field: 'score', value: String(score) },
    })
  }
  if (writtenLevel !== null && writtenLevel !== level) {
    const word = RISK_LEVEL_TERMS[level].zh
    reader.fault({
      code: 'LEVEL_MISMATCH',
      field: 'level',
      reason: `按 ${formula} 应为「${word}」`,
      remedy: `改为「${word}」；如属直接判定，请把评价方法写成「直接判定」`,
      proposal: { action: 'useProposedValue', label: `改为「${word}」`, field: 'level', value: word },
    })
  }
  return assessment
}

function judge(
  reader: RowReader,
  method: RiskMethod,
  level: RiskLevel | null,
  score: number | null,
): Assessed {
  if (level === null) {
    reader.fault({
      code: 'NO_LEVEL',
      field: 'level',
      reason: '没有风险等级，也没有完整的 L、E、C（或 L、S）取值',
      remedy: '请补上等级或各项取值',
    })
    return UNKNOWN
  }
  // R of GB 18218 needs the substances and their amounts, which the list does not hold: its score is kept as written
  return method === 'gb18218'
    ? { method, inputs: {}, score, level, arithmetic: null }
    : { method: 'direct', inputs: { level }, score: null, level, arithmetic: null }
}

function warnOfColor(reader: RowReader, level: RiskLevel): void {
  reader.fault({
    level: 'warning',
    code: 'COLOR_MISMATCH',
    field: 'color',
    reason: `颜色与等级不一致：${RISK_LEVEL_TERMS[level].zh}应为${RISK_LEVEL_TERMS[level].colorZh}色`,
    remedy: '以等级为准',
  })
}
