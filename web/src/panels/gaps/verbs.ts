import { GAP_KINDS, type GapItem, type GapKind } from '@contract'
import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'

/** Who closes a gap of each kind: the act it takes, and where it is done. */
const ACTS: Record<GapKind, { action: string; to: (siteId: string) => RouteLocationRaw }> = {
  no_person: { action: 'editSite', to: (id) => site(id, { edit: '1' }) },
  no_check: { action: 'checkSite', to: (id) => site(id, {}, '#checks') },
  no_drill: { action: 'planDrill', to: () => ({ name: 'drills' }) },
  no_position: { action: 'editSite', to: (id) => site(id, { edit: '1' }) },
  no_arithmetic: { action: 'assessRisk', to: (id) => site(id, {}, '#risks') },
}

function site(id: string, query: LocationQueryRaw, hash = ''): RouteLocationRaw {
  return { name: 'site', params: { id }, query, hash }
}

export interface Verb {
  kind: GapKind
  to: RouteLocationRaw
}

/** What this person may do about the gaps of a place, the chosen kinds first. */
export function verbsOf(
  item: Pick<GapItem, 'id' | 'kinds'>,
  chosen: readonly GapKind[],
  mayDo: (action: string) => boolean,
): Verb[] {
  const kinds = GAP_KINDS.filter((kind) => item.kinds.includes(kind) && mayDo(ACTS[kind].action))
  const rank = (kind: GapKind) => (chosen.includes(kind) ? 0 : 1)
  return kinds.sort((a, b) => rank(a) - rank(b)).map((kind) => ({ kind, to: ACTS[kind].to(item.id) }))
}
