import type { AvailableAction, TransitionAction } from '@contract'

/**
 * What a person most likely came to do, first. The move that ends a delay stands before the ones that only
 * watch it; 退回 and 不予认定 send work back and are never the one big button.
 */
const ORDER: readonly TransitionAction[] = [
  'close',
  'submit',
  'accept',
  'assign',
  'register',
  'judge',
  'list',
  'delist',
  'extend',
  'return',
  'lower',
  'reject',
]
const NEVER_PRIMARY: readonly TransitionAction[] = ['return', 'lower', 'reject']
const MAX_SECONDARY = 2

export interface ActionFoot {
  primary: AvailableAction | null
  secondary: AvailableAction[]
  more: AvailableAction[]
}

/** Divides the acts that may be taken now into one button, two beside it and the rest under ⋯. */
export function arrangeActions(actions: readonly AvailableAction[], reservedSecondary = 0): ActionFoot {
  const sorted = [...actions].sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action))
  const primary = sorted.find((action) => !NEVER_PRIMARY.includes(action.action)) ?? null
  const others = sorted.filter((action) => action !== primary)
  const room = Math.max(0, MAX_SECONDARY - reservedSecondary)
  return { primary, secondary: others.slice(0, room), more: others.slice(room) }
}
