import type { FilterName, Hexagons, RiskAreas } from '@contract'
import { call } from '../../api/client.ts'
import { type LayerId, placeWords } from '../../map/layer.ts'
import { areaSurface, hexagonSurface, type RiskSurface } from '../../map/risk-surface.ts'
import type { RiskMapChoice } from './use-map-address.ts'

type Words = Partial<Record<FilterName, string>>
export type SurfaceAnswer = RiskAreas | Hexagons

export const isAreas = (answer: SurfaceAnswer): answer is RiskAreas => 'whole' in answer

/** Which surface the layers that are on ask for. */
export function surfaceKind(layers: readonly LayerId[]): RiskSurface['kind'] | null {
  if (layers.includes('risk-areas')) return 'areas'
  return layers.includes('hexagons') ? 'hexagons' : null
}

/**
 * What the server is asked for a surface. Levels and densities are of sites: words that speak of hazards narrow them no
 * more than the sites' own layer.
 */
export function surfaceQuestion(
  kind: RiskSurface['kind'],
  { rule, size, measure }: Required<RiskMapChoice>,
  words: Words,
): { path: string; words: Words; choice: Record<string, string | number> } {
  const own = kind === 'hexagons' && measure === 'hazards' ? words : placeWords(words)
  const choice: Record<string, string | number> = kind === 'areas' ? { rule } : { size, measure }
  return { path: `/api/risk-map/${kind}`, words: own, choice }
}

export function surfaceOf(answer: SurfaceAnswer, isStale = false): RiskSurface {
  return isAreas(answer)
    ? areaSurface(answer.rule.id, answer.items, isStale)
    : hexagonSurface(answer, answer.items, isStale)
}

/** The surface for a sheet of paper, read once. */
export async function readSurface(
  layers: readonly LayerId[],
  wanted: Required<RiskMapChoice>,
  filter: Words,
): Promise<RiskSurface | null> {
  const kind = surfaceKind(layers)
  if (kind === null) return null
  const { path, words, choice } = surfaceQuestion(kind, wanted, filter)
  return surfaceOf(await call<SurfaceAnswer>(path, { query: { ...words, ...choice } }))
}
