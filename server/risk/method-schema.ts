import { type Static, Type } from 'typebox'
import { Instant, Nullable, Words } from '../core/schema-parts.ts'
import { RISK_LEVELS } from '../core/vocabulary.ts'
import { END_SIDES } from './methods/bands.ts'

/** What the forms of the methods are built from: allowed values with their words, bands, classes, each with its mark. */

const Scale = Type.Array(Type.Object({ value: Type.Number(), label: Type.String() }))
const Mark = { confirmed: Type.Boolean(), source: Type.String() }

export const LsSet = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9A-Za-z_-]{1,40}$' }),
    name: Type.String({ maxLength: 100 }),
    levelsFrom: Type.Array(Type.Number(), { maxItems: 10, description: '重大、较大、一般各自的最低 R' }),
    confirmed: Type.Boolean(),
    source: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false },
)

const Choices = {
  lecEndsGoTo: Words(END_SIDES),
  lsSets: Type.Array(LsSet, { maxItems: 20 }),
  defaultLsSet: Type.String({ maxLength: 40 }),
}

/** `since` is that of the settings that were seen: others in between are not overwritten unseen. */
export const MethodSettingsWrite = Type.Object(
  { ...Choices, since: Nullable(Instant) },
  { additionalProperties: false },
)
export type MethodSettingsWrite = Static<typeof MethodSettingsWrite>

export const MethodSettingsReply = Type.Object({
  ...Choices,
  since: Nullable(Instant),
  updatedByName: Nullable(Type.String()),
  history: Type.Array(Type.Object({ ...Choices, since: Instant, updatedByName: Nullable(Type.String()) }), {
    description: 'every value there was, newest first',
  }),
})
export type MethodSettingsReply = Static<typeof MethodSettingsReply>

export const HazardClassReply = Type.Object({
  symbol: Type.String(),
  name: Type.String(),
  description: Type.String(),
  criticalTonnes: Type.Number(),
  beta: Type.Number(),
  confirmed: Type.Boolean(),
  note: Nullable(Type.String()),
})
export type HazardClassReply = Static<typeof HazardClassReply>

export const RiskMethods = Type.Object({
  lec: Type.Object({
    ...Mark,
    L: Scale,
    E: Scale,
    C: Scale,
    levelsFrom: Type.Array(Type.Number()),
    endsGoTo: Words(END_SIDES),
    classes: Type.Array(Type.Object({ from: Type.Number(), meaning: Type.String() })),
    notes: Type.Array(Type.String()),
  }),
  ls: Type.Object({
    ...Mark,
    wordsConfirmed: Type.Boolean(),
    L: Scale,
    S: Scale,
    sets: Type.Array(LsSet),
    defaultSet: Type.String(),
  }),
  gb18218: Type.Object({
    ...Mark,
    standard: Type.String(),
    effectiveFrom: Type.String(),
    rules: Type.Array(Type.String()),
    unitRules: Type.Array(Type.Object({ text: Type.String(), confirmed: Type.Boolean() })),
    alphaBasis: Type.String(),
    alpha: Type.Array(
      Type.Object({ from: Type.Integer(), to: Nullable(Type.Integer()), alpha: Type.Number() }),
    ),
    grades: Type.Array(
      Type.Object({ level: Words(RISK_LEVELS), label: Type.String(), from: Nullable(Type.Number()) }),
    ),
    classes: Type.Array(HazardClassReply),
    amountUnits: Type.Array(Type.Object({ unit: Type.String(), needsDensity: Type.Boolean() })),
  }),
  direct: Type.Object({
    rules: Type.Array(Type.Object({ id: Type.String(), text: Type.String(), confirmed: Type.Boolean() })),
    note: Type.String(),
  }),
})
export type RiskMethods = Static<typeof RiskMethods>

export const SubstanceLine = Type.Object({
  no: Type.Integer({ description: '表1 序号' }),
  name: Type.String(),
  synonyms: Type.Array(Type.String(), { description: 'common names, partly a list of our own' }),
  cas: Type.Array(Type.String()),
  criticalTonnes: Type.Number({ description: 'Q' }),
  criticalConfirmed: Type.Boolean(),
  beta: Nullable(Type.Number({ description: 'null: it depends on the GHS class' })),
  betaConfirmed: Type.Boolean(),
  basis: Nullable(Type.String({ description: '表3, or the class from which β is derived' })),
  classes: Type.Array(Type.String(), { description: 'the classes to choose from where β is null' }),
  note: Nullable(Type.String()),
})
export type SubstanceLine = Static<typeof SubstanceLine>

export const SubstanceQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
})

export const SubstancePage = Type.Object({
  items: Type.Array(SubstanceLine),
  total: Type.Integer(),
  isNearest: Type.Boolean({ description: 'nothing is called so: these are near to it' }),
})
export type SubstancePage = Static<typeof SubstancePage>
