import {
  type ProtectedPlaceKind,
  type ResourceKind,
  RISK_LEVELS,
  type RiskLevel,
  type Sector,
  type Severity,
  type Status,
} from '@contract'
import type { ExpressionSpecification } from 'maplibre-gl'
import { PROGRESS_OF, type Progress, RISK, UI } from './palette.ts'

/**
 * Symbols are drawn when the map first asks for them by name, so a name holds all that its drawing needs. The same
 * names serve the legend, the lists and the selection: what they show is what the map draws.
 */
export interface HazardLook {
  severity: Severity
  status: Status
  sector: Sector
  overdue?: boolean
  listed?: boolean
}

export function hazardImage({ severity, status, sector, overdue, listed }: HazardLook): string {
  return `hazard/${severity}/${PROGRESS_OF[status]}/${sector}/${overdue ? 1 : 0}/${listed ? 1 : 0}`
}

export const hazardImageExpression: ExpressionSpecification = [
  'concat',
  'hazard/',
  ['get', 'severity'],
  '/',
  [
    'match',
    ['get', 'status'],
    'rectifying',
    'rectifying',
    'submitted',
    'submitted',
    'closed',
    'closed',
    'rejected',
    'rejected',
    'waiting',
  ],
  '/',
  ['get', 'sector'],
  ['case', ['==', ['get', 'overdue'], true], '/1', '/0'],
  ['case', ['==', ['get', 'listed'], true], '/1', '/0'],
]

/** The overdue share of a cell's ring in this many steps; under 6 % it would not be seen. */
export const RING_STEPS = 24
const LEAST_SHARE = 0.06

export function cellImage(locale: string, n: number, overdue: number, major: number): string {
  const share = overdue === 0 ? 0 : Math.max(LEAST_SHARE, overdue / n)
  return `cell/${locale}/${roundedCount(n)}/${Math.round(share * RING_STEPS)}/${Math.min(major, 99)}`
}

/** From a thousand on hundreds are enough: the number is written as 1.2千. */
const roundedCount = (n: number): number => (n < 1000 ? n : Math.floor(n / 100) * 100)

export const cellImageExpression = (locale: string): ExpressionSpecification => [
  'concat',
  `cell/${locale}/`,
  [
    'case',
    ['<', ['get', 'n'], 1000],
    ['to-string', ['get', 'n']],
    ['to-string', ['*', 100, ['floor', ['/', ['get', 'n'], 100]]]],
  ],
  '/',
  [
    'to-string',
    [
      'case',
      ['==', ['get', 'overdue'], 0],
      0,
      ['round', ['*', RING_STEPS, ['max', LEAST_SHARE, ['/', ['get', 'overdue'], ['get', 'n']]]]],
    ],
  ],
  '/',
  ['to-string', ['min', 99, ['get', 'major']]],
]

/** Radius of a cell's disc by its count. */
export function cellRadius(n: number): number {
  if (n <= 20) return 15
  if (n <= 30) return 17
  if (n <= 40) return 19
  return Math.min(30, 21 + 2 * Math.floor(Math.log2(Math.max(1, (n - 1) / 40))))
}

export const siteImage = (level: RiskLevel | null): string => `site/${level ?? 'none'}`
export const siteImageExpression: ExpressionSpecification = [
  'concat',
  'site/',
  ['to-string', ['coalesce', ['get', 'riskLevel'], 'none']],
]
export const sitePatternExpression: ExpressionSpecification = [
  'concat',
  'pattern/',
  ['to-string', ['coalesce', ['get', 'riskLevel'], 'none']],
]

/** The colour of `level`, and the pattern that tells it without colour. */
export const levelColor: ExpressionSpecification = [
  'match',
  ['get', 'level'],
  ...RISK_LEVELS.flatMap((level) => [level, RISK[level].fill]),
  UI.text3,
] as unknown as ExpressionSpecification
export const levelPatternExpression: ExpressionSpecification = [
  'concat',
  'pattern/',
  ['to-string', ['coalesce', ['get', 'level'], 'none']],
]
/** A piece of a surface of this level, for the legend. */
export const areaSwatchImage = (level: RiskLevel): string => `swatch/${level}`

export const resourceImage = (kind: ResourceKind): string => `plot/resource/${kind}`
export const protectedPlaceImage = (kind: ProtectedPlaceKind): string => `plot/protected/${kind}`
export const plotImageExpression = (plotClass: 'resource' | 'protected'): ExpressionSpecification => [
  'concat',
  `plot/${plotClass}/`,
  ['get', 'kind'],
]

export const drillImage = (state: string): string =>
  `drill/${state === 'done' || state === 'cancelled' ? 'past' : 'ahead'}`
export const drillImageExpression: ExpressionSpecification = [
  'concat',
  'drill/',
  ['match', ['get', 'state'], ['done', 'cancelled'], 'past', 'ahead'],
]

/** Bare dots for the legend, where only the colour is meant. */
export const dotImage = (progress: Progress): string => `dot/${progress}`
export const CLOCK_IMAGE = 'clock'

/** Half the size of a symbol, for the ring that goes round it when it is selected. */
export const HAZARD_RADIUS: Record<Severity, number> = { general: 10, suspected_major: 12.5, major: 15 }
export const SITE_RADIUS = 11
export const PLOT_RADIUS = 19
