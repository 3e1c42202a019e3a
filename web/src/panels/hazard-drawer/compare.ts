import type { HazardDetail } from '@contract'

/** The facts of a hazard that a person can change, in the order in which the drawer shows them. */
export const COMPARED_FIELDS = [
  'status',
  'description',
  'severity',
  'sector',
  'clause',
  'site',
  'locationText',
  'category',
  'foundOn',
  'foundBy',
  'dueOn',
  'responsibleUnit',
  'responsiblePerson',
  'measures',
  'fundsWan',
  'contingencyPlan',
  'supervisor',
  'origin',
  'result',
  'isListed',
  'geometry',
] as const satisfies readonly (keyof HazardDetail)[]
export type ComparedField = (typeof COMPARED_FIELDS)[number]

export interface FieldDifference {
  field: ComparedField
  /** As it stood when I opened it. */
  seen: unknown
  /** As another has left it. */
  current: unknown
  /** As I meant to leave it; absent where I did not touch the field. */
  mine?: unknown
  /** Both of us changed it, to different ends. */
  isClash: boolean
}

type Facts = Partial<Record<ComparedField, unknown>>
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Field by field: what another changed since I looked, and what I was about to write. */
export function compareVersions(seen: Facts, current: Facts, mine: Facts): FieldDifference[] {
  const differences: FieldDifference[] = []
  for (const field of COMPARED_FIELDS) {
    const isMine = field in mine && !same(mine[field], seen[field])
    const isTheirs = !same(seen[field], current[field])
    if (!isMine && !isTheirs) continue
    const difference: FieldDifference = {
      field,
      seen: seen[field] ?? null,
      current: current[field] ?? null,
      isClash: isMine && isTheirs && !same(mine[field], current[field]),
    }
    if (isMine) difference.mine = mine[field] ?? null
    differences.push(difference)
  }
  return differences
}
