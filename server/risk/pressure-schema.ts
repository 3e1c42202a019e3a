import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, Words } from '../core/schema-parts.ts'
import { SEVERITIES } from '../core/vocabulary.ts'

export const PRESSURE_FACTORS = ['level', 'hazards', 'exposure', 'drill'] as const
export type PressureFactorName = (typeof PRESSURE_FACTORS)[number]

export const Pressure = Type.Object({
  score: Type.Number({ description: 'the product of the factors, two decimals' }),
  factors: Type.Array(
    Type.Object({
      name: Words(PRESSURE_FACTORS),
      value: Type.Number(),
      text: Type.String({ description: 'where the factor comes from, with its numbers' }),
    }),
  ),
})
export type Pressure = Static<typeof Pressure>

const Weight = Type.Number({ minimum: 0, maximum: 1000 })
const Factor = Type.Number({ minimum: 0.1, maximum: 100 })
const Steps = Type.Array(
  Type.Object({ from: Type.Integer({ minimum: 0, maximum: 10_000_000 }), factor: Factor }),
  {
    minItems: 1,
    maxItems: 10,
  },
)

export const PressureWeights = Type.Object(
  {
    level: Type.Object(
      { 1: Factor, 2: Factor, 3: Factor, 4: Factor, none: Factor },
      { description: 'of the inherent level, and of a site that was never assessed' },
    ),
    severity: Type.Object(
      Object.fromEntries(SEVERITIES.map((name) => [name, Weight])) as Record<
        (typeof SEVERITIES)[number],
        typeof Weight
      >,
      { description: 'points of an open hazard' },
    ),
    hazardShare: Type.Number({ minimum: 0, maximum: 10, description: 'what a point adds to the factor 1' }),
    overduePerDay: Type.Number({
      minimum: 0,
      maximum: 10,
      description: 'what a working day of lateness adds to a hazard’s points, as a share of them',
    }),
    overdueCapDays: Type.Integer({
      minimum: 0,
      maximum: 1000,
      description: 'lateness counts up to so many days',
    }),
    exposure: Steps,
    drill: Steps,
  },
  { additionalProperties: false },
)
export type PressureWeights = Static<typeof PressureWeights>
export type Step = PressureWeights['drill'][number]

export const PressureSetting = Type.Object({
  weights: PressureWeights,
  defaults: PressureWeights,
  isDefault: Type.Boolean(),
  history: Type.Array(Type.Object({ at: Instant, by: Nullable(Type.String()), weights: PressureWeights }), {
    description: 'newest first',
  }),
  mayEdit: Type.Boolean(),
})
export type PressureSetting = Static<typeof PressureSetting>

const Rank = Type.Object({ rank: Type.Integer(), pressure: Type.Number() })
/** What a change of the weights would reorder. */
export const PressurePreview = Type.Object({
  total: Type.Integer(),
  moved: Type.Integer({ description: 'sites whose rank would change' }),
  moves: Type.Array(Type.Object({ id: Id, name: Type.String(), from: Rank, to: Rank }), {
    description: 'the greatest moves first, at most 50',
  }),
})
export type PressurePreview = Static<typeof PressurePreview>
