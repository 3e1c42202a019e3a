import { UNIT_KIND_TERMS } from '../../core/vocabulary.ts'
import type { SubstanceInput, SubstanceShare, UnitAssessment, UnitInput } from '../assess-schema.ts'
import { type Place, readAmount } from './amount.ts'
import { RiskInputError } from './error.ts'
import { asNumber, asText, type Exact, exact, isShort, ZERO } from './exact.ts'
import { type Identified, identify } from './identify.ts'
import { type GradeBand, MAJOR_HAZARD_TABLE } from './table.ts'

/**
 * GB 18218-2018: a unit is a major hazard source if S = Σ q/Q is one or more; its grade follows from
 * R = α·Σ β·q/Q. Every unit is judged by itself. All sums are exact, so that S just below one is below.
 */

const { standard: STANDARD, alpha: ALPHA, grades: GRADES, alphaBasis: ALPHA_BASIS } = MAJOR_HAZARD_TABLE

/** More people than a city of ours has within 500 m is a slip of the pen. */
const MOST_PEOPLE = 1_000_000

interface Share {
  stock: Identified
  tonnes: Exact
  written: string | null
  ratio: Exact
  weighted: Exact
}

/** A unit with what its answer needs beyond the shown numbers. */
export interface AssessedUnit {
  reply: UnitAssessment
  r: Exact
  formula: string
  doubts: string[]
}

/** α by the people who live within 500 m. Throws RiskInputError for a count that cannot be one. */
export function alphaOf(exposedPeople: number): { alpha: number; band: string } {
  const found = ALPHA.find(({ from }) => exposedPeople >= from)
  if (!found) throw new RangeError(`no α for ${exposedPeople} people`)
  const { from, to, alpha } = found
  return { alpha, band: to === null ? `${from} 人及以上` : from === to ? `${from} 人` : `${from}～${to} 人` }
}

export function checkExposedPeople(value: number | undefined): number {
  if (value === undefined) {
    throw new RiskInputError(
      'exposedPeople',
      `没有填厂区边界外扩 500 m 内的常住人口，α 由它而定；没有人住请填 0`,
      { code: 'NO_EXPOSED_PEOPLE' },
    )
  }
  if (!Number.isInteger(value) || value < 0 || value > MOST_PEOPLE) {
    throw new RiskInputError(
      'exposedPeople',
      `500 m 内常住人口「${value}」应是 0～${MOST_PEOPLE.toLocaleString('en')} 的整数`,
      { code: 'BAD_EXPOSED_PEOPLE' },
    )
  }
  return value
}

/** The grade of a major hazard source with this R. */
export function gradeOf(r: Exact): GradeBand {
  const lowest = GRADES[GRADES.length - 1] as GradeBand
  return GRADES.find(({ from }) => from !== null && r.gte(from)) ?? lowest
}

/** Judges one unit. Throws RiskInputError for what cannot be judged, naming unit, row and remedy. */
export function assessUnit(unit: UnitInput, index: number, exposedPeople: number): AssessedUnit {
  const name = unit.name.trim()
  const path = `units[${index}]`
  if (name === '') {
    throw new RiskInputError(`${path}.name`, `第 ${index + 1} 个单元没有名称`, { code: 'NO_UNIT_NAME' })
  }
  if (unit.substances.length === 0) {
    throw new RiskInputError(`${path}.substances`, `单元「${name}」没有物质，请至少填一种，或删去这个单元`, {
      code: 'NO_SUBSTANCE',
    })
  }
  const shares = unit.substances.map((substance, row) =>
    readShare(substance, {
      words: `单元「${name}」第 ${row + 1} 行`,
      path: `${path}.substances[${row}]`,
    }),
  )
  const sum = (part: 'ratio' | 'weighted') => shares.reduce((total, share) => total.add(share[part]), ZERO)
  const { alpha, band } = alphaOf(exposedPeople)
  const s = sum('ratio')
  const r = exact(alpha).mul(sum('weighted'))
  const isMajorHazardSource = s.gte(1)
  const grade = isMajorHazardSource ? gradeOf(r) : null
  const formula = formulaOfUnit(alpha, shares, r)
  const kind = unit.kind ?? null
  const title = kind ? `${UNIT_KIND_TERMS[kind].zh}「${name}」` : `单元「${name}」`
  const doubts = shares.flatMap(({ stock }) => stock.doubts)
  return {
    r,
    formula,
    doubts,
    reply: {
      name,
      kind,
      s: asNumber(s),
      r: asNumber(r),
      alpha,
      exposedPeople,
      isMajorHazardSource,
      grade: grade?.level ?? null,
      confirmed: doubts.length === 0,
      steps: [
        ...shares.map((share) => `${title}：${tellShare(share)}`),
        `${title}：S=Σ q/Q=${shares.map(({ ratio }) => asText(ratio)).join('+')}${shares.length > 1 ? `=${asText(s)}` : ''}，${
          isMajorHazardSource ? '不小于 1，构成危险化学品重大危险源' : '小于 1，不构成危险化学品重大危险源'
        }（${STANDARD}）。`,
        `${title}：500 m 内常住人口 ${exposedPeople} 人，在「${band}」一档，α=${alpha}。`,
        grade
          ? `${title}：${formula}，${describeGrade(grade)}，为${grade.label}重大危险源。`
          : `${title}：${formula}，S 小于 1，不分级。`,
      ],
      substances: shares.map(asShare),
    },
  }
}

function readShare(input: SubstanceInput, place: Place): Share {
  const stock = identify(input, place)
  const { tonnes, written } = readAmount(input, place)
  const ratio = tonnes.div(exact(stock.criticalTonnes))
  return { stock, tonnes, written, ratio, weighted: exact(stock.beta).mul(ratio) }
}

function tellShare({ stock, tonnes, written, ratio, weighted }: Share): string {
  const doubtful = (isConfirmed: boolean) => (isConfirmed ? '' : '（待核）')
  const quantity = written === null ? `${asText(tonnes)} t` : `${asText(tonnes)} t（${written}）`
  const parts = [
    `${stock.name}${stock.cas ? `（CAS ${stock.cas}）` : ''} q=${quantity}`,
    `Q=${stock.criticalTonnes} t${doubtful(stock.criticalConfirmed)}`,
    `q/Q=${asText(ratio)}`,
    `β=${stock.beta}${doubtful(stock.betaConfirmed)}`,
    `β·q/Q=${asText(weighted)}`,
    stock.basis,
  ]
  return `${[...parts, ...stock.notes].join('，')}。`
}

function describeGrade({ from, level }: GradeBand): string {
  const above = GRADES.find((grade) => grade.level === level - 1)?.from
  return [from === null ? '' : `R 不小于 ${from}`, above == null ? '' : `小于 ${above}`]
    .filter(Boolean)
    .join('、')
}

/** The arithmetic of R as one line, with fractions where a decimal would not end. */
function formulaOfUnit(alpha: number, shares: readonly Share[], r: Exact): string {
  const terms = shares.map(({ stock, tonnes, ratio }) =>
    isShort(ratio)
      ? `${stock.beta}×${asText(ratio)}`
      : `${stock.beta}×${asText(tonnes)}/${stock.criticalTonnes}`,
  )
  const sum = terms.length === 1 ? terms[0] : `(${terms.join('+')})`
  return `R=${alpha}×${terms.length > 3 ? 'Σ(β·q/Q)' : sum}=${asText(r)}`
}

const asShare = ({ stock, tonnes, written, ratio, weighted }: Share): SubstanceShare => ({
  name: stock.name,
  cas: stock.cas,
  tonnes: asNumber(tonnes),
  written,
  criticalTonnes: stock.criticalTonnes,
  criticalConfirmed: stock.criticalConfirmed,
  beta: stock.beta,
  betaConfirmed: stock.betaConfirmed,
  basis: stock.basis,
  ratio: asNumber(ratio),
  weighted: asNumber(weighted),
  note: stock.notes.join('；') || null,
})

/** What goes for every assessment by the standard. */
export const SCOPE_SENTENCE = `${STANDARD}：q 取设计最大量；生产单元和储存单元分别辨识；α 按${ALPHA_BASIS}；厂外运输（含道路、管道）不适用。`
