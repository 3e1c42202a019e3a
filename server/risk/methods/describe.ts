import type { RiskMethods, SubstanceLine } from '../method-schema.ts'
import { AMOUNT_UNITS } from './amount.ts'
import { classesFor } from './identify.ts'
import { LEC, LEC_CLASSES, LEC_NOTES } from './lec.ts'
import { LS } from './ls.ts'
import type { MethodSettings } from './settings.ts'
import type { KnownSubstance } from './substances.ts'
import { DIRECT_RULES, DIRECT_RULES_NOTE, isConfirmedStatus, MAJOR_HAZARD_TABLE } from './table.ts'

/** Everything that the forms offer, with the settings in force. */
export function describeMethods(settings: MethodSettings): RiskMethods {
  const table = MAJOR_HAZARD_TABLE
  return {
    lec: {
      confirmed: LEC.isConfirmed,
      source: '公开转录两处以上一致，须与所依据的文件核对',
      L: [...LEC.L],
      E: [...LEC.E],
      C: [...LEC.C],
      levelsFrom: [...LEC.levelsFrom],
      endsGoTo: settings.lecEndsGoTo,
      classes: [...LEC_CLASSES],
      notes: [...LEC_NOTES],
    },
    ls: {
      confirmed: true,
      source: '分值 1～5 有公开转录一处；说明文字为自拟概括，待核',
      wordsConfirmed: LS.isConfirmed,
      L: [...LS.L],
      S: [...LS.S],
      sets: settings.lsSets,
      defaultSet: settings.defaultLsSet,
    },
    gb18218: {
      confirmed: true,
      source: `${table.standard}，数值据公开转录，正式使用前与原文核对`,
      standard: table.standard,
      effectiveFrom: table.effectiveFrom,
      rules: [...table.rules],
      unitRules: table.unitRules.map((text) => ({ text, confirmed: false })),
      alphaBasis: table.alphaBasis,
      alpha: [...table.alpha],
      grades: [...table.grades],
      classes: [...table.classes],
      amountUnits: AMOUNT_UNITS.map((unit) => ({ unit, needsDensity: unit === 'm³' || unit === 'L' })),
    },
    direct: {
      rules: DIRECT_RULES.map((rule) => ({ ...rule, confirmed: false })),
      note: DIRECT_RULES_NOTE,
    },
  }
}

export const describeSubstance = (substance: KnownSubstance): SubstanceLine => ({
  no: substance.no,
  name: substance.name,
  synonyms: [...substance.synonyms],
  cas: [...substance.allCas],
  criticalTonnes: substance.criticalTonnes,
  criticalConfirmed: isConfirmedStatus(substance.criticalStatus),
  beta: substance.beta,
  betaConfirmed: isConfirmedStatus(substance.betaStatus),
  basis: substance.betaBasis,
  classes: substance.beta === null ? classesFor(substance).map(({ symbol }) => symbol) : [],
  note: substance.note,
})
