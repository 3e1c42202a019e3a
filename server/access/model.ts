import type { Role, Sector } from '../core/vocabulary.ts'

/**
 * The one access rule. Every list, count, tile, export, search and live event asks here what a user may see;
 * every write asks here what a role may do.
 */
export interface Scope {
  /** Codes of areas with all their descendants, or the whole zone and what lies outside every area. */
  areas: readonly string[] | 'all'
  sectors: readonly Sector[] | 'all'
}

export interface User {
  id: string
  username: string
  displayName: string
  role: Role
  /** As given to the user, before descendants are added. */
  areaCodes: string[]
  sectors: Sector[]
  isExample: boolean
  scope: Scope
}

export const EVERYTHING: Scope = { areas: 'all', sectors: 'all' }

/** An officer sees only their areas, an inspector only their sectors, the others the whole zone. */
export function scopeOf(
  role: Role,
  areaCodesWithDescendants: readonly string[],
  sectors: readonly Sector[],
): Scope {
  if (role === 'officer') return { areas: areaCodesWithDescendants, sectors: 'all' }
  if (role === 'inspector') return { areas: 'all', sectors }
  return EVERYTHING
}

/** Whether something in an area and of a sector may be seen. Null area: outside every area, for zone-wide roles only. */
export function maySee(scope: Scope, areaCode: string | null, sector: Sector | null): boolean {
  if (scope.areas !== 'all' && (areaCode === null || !scope.areas.includes(areaCode))) return false
  return scope.sectors === 'all' || (sector !== null && scope.sectors.includes(sector))
}

/** A text that is equal for equal scopes and differs else; part of every ETag. */
export function scopeKey(scope: Scope): string {
  const areas = scope.areas === 'all' ? '*' : [...scope.areas].sort().join('+')
  const sectors = scope.sectors === 'all' ? '*' : [...scope.sectors].sort().join('+')
  return `${areas}/${sectors}`
}

export const ACTIONS = [
  'createHazard',
  'editHazard',
  'judgeHazard',
  'editSite',
  'assessRisk',
  'checkSite',
  'planDrill',
  'import',
  'editResource',
  'manage',
] as const
export type Action = (typeof ACTIONS)[number]

const ALLOWED: Record<Action, readonly Role[]> = {
  createHazard: ['analyst', 'officer', 'inspector', 'admin'],
  editHazard: ['analyst', 'officer', 'inspector', 'admin'],
  // 重大 is the word of the sector's authority (令第16号 and each 判定标准); others may suspect
  judgeHazard: ['inspector', 'admin'],
  editSite: ['analyst', 'officer', 'inspector', 'admin'],
  assessRisk: ['analyst', 'inspector', 'admin'],
  checkSite: ['analyst', 'officer', 'inspector', 'admin'],
  planDrill: ['commander', 'admin'],
  import: ['analyst', 'officer', 'admin'],
  editResource: ['commander', 'admin'],
  manage: ['admin'],
}

export function mayDo(role: Role, action: Action): boolean {
  return ALLOWED[action].includes(role)
}

export function actionsOf(role: Role): Action[] {
  return ACTIONS.filter((action) => mayDo(role, action))
}
