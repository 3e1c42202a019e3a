import { type Static, Type } from 'typebox'
import { AnyGeometry, Day, FilterQuery, Id, NamedReference, Nullable, Words } from '../core/schema-parts.ts'
import {
  AREA_KINDS,
  RISK_LEVELS,
  type RiskLevel,
  SECTORS,
  SEVERITIES,
  STATUSES,
  type Term,
} from '../core/vocabulary.ts'

/** How the level of an area is found from the levels of its sites. None of them takes a mean of levels. */
export const AREA_RULES = ['highest', 'share', 'weighted'] as const
export type AreaRule = (typeof AREA_RULES)[number]

/** Length of a hexagon's side in metres, as in ST_HexagonGrid. */
export const HEXAGON_SIZES = [250, 500, 1000] as const
export type HexagonSize = (typeof HEXAGON_SIZES)[number]
export const DEFAULT_HEXAGON_SIZE: HexagonSize = 500

export const HEXAGON_MEASURES = ['risk', 'sites', 'hazards', 'level'] as const
export type HexagonMeasure = (typeof HEXAGON_MEASURES)[number]
export const HEXAGON_MEASURE_TERMS: Record<HexagonMeasure, Term> = {
  risk: { zh: '风险密度', en: 'Risk density' },
  sites: { zh: '场所数', en: 'Sites' },
  hazards: { zh: '隐患数', en: 'Hazards' },
  level: { zh: '最高等级', en: 'Highest level' },
}
/** A rule's title, and in a sentence how it works. */
export interface RuleTerm {
  title: Term
  how: Term
  /** No official document that fixes the rule has been seen. */
  confirmed: boolean
}

const LevelCounts = Type.Object(
  {
    '1': Type.Integer(),
    '2': Type.Integer(),
    '3': Type.Integer(),
    '4': Type.Integer(),
    none: Type.Integer({ description: 'not assessed' }),
  },
  { description: 'sites by level' },
)
export type LevelCounts = Record<RiskLevel | 'none', number>

const OpenCounts = Type.Object(
  {
    general: Type.Integer(),
    suspectedMajor: Type.Integer(),
    major: Type.Integer(),
    overdue: Type.Integer({ description: 'of the three others together' }),
  },
  { description: 'the open ones of the hazards that the filter names' },
)
export type OpenCounts = Static<typeof OpenCounts>

/** What is counted in an area, in a cell, and in what lies in none. */
const Counts = {
  sites: Type.Integer(),
  levels: LevelCounts,
  hazards: Type.Integer({ description: 'all that the filter names, also closed ones' }),
  openHazards: OpenCounts,
}
const PlainCounts = Type.Object(Counts)
export type RiskMapCounts = Static<typeof PlainCounts>

const Position = Type.Unsafe<[number, number]>(
  Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: 'lng, lat' }),
)
const Box = Type.Unsafe<[number, number, number, number]>(
  Type.Array(Type.Number(), { minItems: 4, maxItems: 4, description: 'west, south, east, north' }),
)

const Rated = {
  ...Counts,
  level: Nullable(Words(RISK_LEVELS)),
  weight: Type.Integer({ description: 'sum of the weights of the levels' }),
  density: Nullable(Type.Number({ description: 'weight for each square kilometre' })),
  areaSquareKilometers: Nullable(Type.Number()),
  why: Type.String({ description: 'how the level came about, in Chinese' }),
}
export const RiskArea = Type.Object({
  code: Type.String(),
  name: Type.String(),
  kind: Words(AREA_KINDS),
  isApproximate: Type.Boolean({ description: '示意边界，非法定' }),
  ...Rated,
  anchor: Position,
  geometry: AnyGeometry,
})
export type RiskArea = Static<typeof RiskArea>
const RatedCounts = Type.Object(Rated)
export type RatedCounts = Static<typeof RatedCounts>

export const RiskAreasQuery = Type.Intersect([
  FilterQuery,
  Type.Object({ rule: Type.Optional(Type.String({ description: AREA_RULES.join(', ') })) }),
])
const Rule = Type.Object({
  id: Words(AREA_RULES),
  title: Type.String(),
  how: Type.String(),
  confirmed: Type.Boolean(),
})
export const RiskAreas = Type.Object({
  rule: Rule,
  rules: Type.Array(Rule),
  items: Type.Array(RiskArea, { description: 'the streets and towns that the asker may see' }),
  whole: RatedCounts,
  outside: Nullable(RatedCounts),
  outsideFilter: Nullable(
    Type.String({ description: 'the word of `area` that names all that lies outside' }),
  ),
  total: Type.Integer({ description: 'sites of the filter: those of the areas and those outside' }),
})
export type RiskAreas = Static<typeof RiskAreas>

export const Hexagon = Type.Object({
  id: Type.String({ description: 'size_i_j: the same hexagon has the same id in every answer' }),
  i: Type.Integer(),
  j: Type.Integer(),
  value: Nullable(Type.Number({ description: 'of the measure asked for' })),
  level: Nullable(Words(RISK_LEVELS)),
  ...Counts,
  weight: Type.Integer(),
  density: Type.Number({ description: 'weight for each square kilometre' }),
  center: Position,
  bbox: Box,
  geometry: AnyGeometry,
})
export type Hexagon = Static<typeof Hexagon>

export const HexagonsQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    size: Type.Optional(Type.String({ description: `side in metres: ${HEXAGON_SIZES.join(', ')}` })),
    measure: Type.Optional(Type.String({ description: HEXAGON_MEASURES.join(', ') })),
  }),
])
export const Hexagons = Type.Object({
  size: Words(HEXAGON_SIZES),
  measure: Words(HEXAGON_MEASURES),
  areaSquareKilometers: Type.Number({ description: 'of one hexagon' }),
  weights: Type.Record(Type.String(), Type.Integer(), { description: 'weight of a site by its level' }),
  confirmed: Type.Boolean({ description: '权重为约定，待核' }),
  items: Type.Array(Hexagon),
  total: Type.Integer({ description: 'hexagons' }),
  totals: PlainCounts,
  unplaced: Type.Intersect([PlainCounts], { description: 'of the filter, but without a place on the grid' }),
})
export type Hexagons = Static<typeof Hexagons>

export const HexagonRowsQuery = Type.Intersect([
  FilterQuery,
  Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })) }),
])
const HexagonSite = Type.Object({
  id: Id,
  name: Type.String(),
  sector: Words(SECTORS),
  riskLevel: Nullable(Words(RISK_LEVELS)),
  isExample: Type.Boolean(),
})
const HexagonHazard = Type.Object({
  id: Id,
  number: Type.String(),
  description: Type.String(),
  sector: Words(SECTORS),
  severity: Words(SEVERITIES),
  status: Words(STATUSES),
  overdue: Type.Boolean(),
  overdueWorkingDays: Type.Integer({ description: '0 when not overdue' }),
  dueOn: Nullable(Day),
  site: Nullable(NamedReference),
})
/** What lies in one hexagon. */
export const HexagonRows = Type.Object({
  id: Type.String(),
  sites: Type.Object({ items: Type.Array(HexagonSite), total: Type.Integer() }),
  hazards: Type.Object({ items: Type.Array(HexagonHazard), total: Type.Integer() }),
})
export type HexagonRows = Static<typeof HexagonRows>
export type HexagonSite = Static<typeof HexagonSite>
export type HexagonHazard = Static<typeof HexagonHazard>
