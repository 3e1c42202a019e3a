import { type Static, Type } from 'typebox'
import { AnyGeometry, Day, Id, Nullable, PointGeometry, Words } from '../core/schema-parts.ts'
import { PROTECTED_PLACE_KINDS, RISK_LEVELS, RISK_METHODS, UNIT_KINDS } from '../core/vocabulary.ts'
import { END_SIDES } from './methods/bands.ts'

/**
 * The risk methods as a calculator: what goes in and what comes out, with every step told in a sentence. The same answer
 * is kept with a risk as its `arithmetic`, so a level can be shown as it was worked out on its day.
 */

/** A stock of one substance: its CAS number or name, and the design maximum in tonnes, or in what it was measured. */
export const SubstanceInput = Type.Object(
  {
    cas: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
    name: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
    tonnes: Type.Optional(Type.Number({ description: '设计最大量，t' })),
    amount: Type.Optional(Type.Number({ description: 'instead of tonnes, with unit' })),
    unit: Type.Optional(Type.String({ maxLength: 10, description: 't, kg, g, m³ or L (with density)' })),
    densityKgPerM3: Type.Optional(Type.Number({ description: 'needed where the unit is m³' })),
    className: Type.Optional(
      Nullable(Type.String({ maxLength: 10, description: '表2 的符号，如 W5.3；表1 未列或 β 未定的物质用' })),
    ),
  },
  { additionalProperties: false },
)
export type SubstanceInput = Static<typeof SubstanceInput>

export const UnitInput = Type.Object(
  {
    name: Type.String({ maxLength: 100 }),
    kind: Type.Optional(Words(UNIT_KINDS)),
    substances: Type.Array(SubstanceInput, { maxItems: 100 }),
  },
  { additionalProperties: false },
)
export type UnitInput = Static<typeof UnitInput>

/** `l, e, c` of lec; `l, s` of ls; `exposedPeople, units` of gb18218; `clauseId` (or `level` and `reason`, with a `rule` for
 * level 1) of direct. */
export const AssessRequest = Type.Object(
  {
    method: Words(RISK_METHODS),
    l: Type.Optional(Type.Number()),
    e: Type.Optional(Type.Number()),
    c: Type.Optional(Type.Number()),
    s: Type.Optional(Type.Number()),
    thresholdSet: Type.Optional(
      Type.String({ maxLength: 40, description: 'of ls; the default one otherwise' }),
    ),
    exposedPeople: Type.Optional(Type.Number({ description: 'people within 500 m of the border' })),
    units: Type.Optional(Type.Array(UnitInput, { maxItems: 50 })),
    clauseId: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    level: Type.Optional(Words(RISK_LEVELS)),
    rule: Type.Optional(
      Type.String({ maxLength: 40, description: 'of direct: the rule that makes level 1 (待核), by its id' }),
    ),
    reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
    on: Type.Optional(
      Type.String({ description: 'the day by whose clauses and table it is judged; today otherwise' }),
    ),
  },
  { additionalProperties: false },
)
export type AssessRequest = Static<typeof AssessRequest>

export const SubstanceShare = Type.Object({
  name: Type.String(),
  cas: Nullable(Type.String()),
  tonnes: Type.Number({ description: 'q' }),
  written: Nullable(Type.String({ description: 'as entered, where not in tonnes: 20000 kg' })),
  criticalTonnes: Type.Number({ description: 'Q' }),
  criticalConfirmed: Type.Boolean(),
  beta: Type.Number(),
  betaConfirmed: Type.Boolean(),
  basis: Type.String({ description: 'where Q and β stand: 表1 第1项；β 表3' }),
  ratio: Type.Number({ description: 'q/Q' }),
  weighted: Type.Number({ description: 'β·q/Q' }),
  note: Nullable(Type.String()),
})
export type SubstanceShare = Static<typeof SubstanceShare>

export const UnitAssessment = Type.Object({
  name: Type.String(),
  kind: Nullable(Words(UNIT_KINDS)),
  s: Type.Number({ description: 'S = Σ q/Q' }),
  r: Type.Number({ description: 'R = α·Σ β·q/Q' }),
  alpha: Type.Number(),
  exposedPeople: Type.Integer(),
  isMajorHazardSource: Type.Boolean({ description: 'S ≥ 1' }),
  grade: Nullable(Words(RISK_LEVELS)),
  confirmed: Type.Boolean(),
  steps: Type.Array(Type.String()),
  substances: Type.Array(SubstanceShare),
})
export type UnitAssessment = Static<typeof UnitAssessment>

export const ThresholdSetReference = Type.Object({
  id: Type.String(),
  name: Type.String(),
  levelsFrom: Type.Array(Type.Number(), { description: 'the least score of levels 1, 2 and 3' }),
  confirmed: Type.Boolean(),
  endsGoTo: Type.Optional(Words(END_SIDES)),
})
export type ThresholdSetReference = Static<typeof ThresholdSetReference>

export const AssessReply = Type.Object({
  method: Words(RISK_METHODS),
  score: Nullable(
    Type.Number({ description: 'D, R of LS, or the greatest R of the units that are major hazard sources' }),
  ),
  level: Nullable(Words(RISK_LEVELS)),
  levelConfirmed: Type.Boolean({ description: 'false: the rule from score to level is 待核' }),
  grade: Nullable(Words(RISK_LEVELS)),
  formula: Type.String({ description: 'one line: D=6×6×15=540' }),
  steps: Type.Array(Type.String({ description: 'sentences with numbers and clauses' })),
  confirmed: Type.Boolean({ description: 'false: some figure of the arithmetic is 待核' }),
  unconfirmed: Type.Array(Type.String(), { description: 'which figures are 待核, and why' }),
  thresholdSet: Nullable(ThresholdSetReference),
  clause: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  units: Type.Array(UnitAssessment),
})
export type AssessReply = Static<typeof AssessReply>

/** What a risk keeps of its assessment beside method, inputs, score and level. */
export const Arithmetic = Type.Partial(
  Type.Pick(AssessReply, [
    'levelConfirmed',
    'grade',
    'formula',
    'steps',
    'confirmed',
    'unconfirmed',
    'thresholdSet',
    'clause',
    'units',
  ]),
)
export type Arithmetic = Static<typeof Arithmetic>

/** How the people within 500 m of a site's border were counted, for α. */
export const Exposure = Type.Object({
  siteId: Id,
  radiusMeters: Type.Number(),
  people: Nullable(Type.Integer({ description: 'null: the site has no position' })),
  from: Words(['border', 'point', 'none']),
  /** The line at that distance, as it was measured. */
  reach: Nullable(AnyGeometry),
  places: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      kind: Words(PROTECTED_PLACE_KINDS),
      headcount: Nullable(Type.Integer()),
      distanceMeters: Type.Number(),
      geometry: PointGeometry,
      isCounted: Type.Boolean(),
      reason: Nullable(Type.String({ description: 'why it is not counted' })),
    }),
  ),
  /** Places in areas that the asker may not see: they count, but only as numbers. */
  elsewhere: Nullable(
    Type.Object({ places: Type.Integer(), people: Type.Integer(), withoutHeadcount: Type.Integer() }),
  ),
  population: Nullable(
    Type.Object({ people: Type.Number(), cells: Type.Integer(), sources: Type.Array(Type.String()) }),
  ),
  notes: Type.Array(Type.String()),
  countedOn: Day,
})
export type Exposure = Static<typeof Exposure>
