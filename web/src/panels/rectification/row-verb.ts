import type { Status, TransitionAction } from '@contract'

/** What the one button of a row is for, by what may be done with the row. */
const VERBS: readonly TransitionAction[] = ['close', 'submit', 'accept', 'assign', 'register', 'return']

/** The act of a row's button, or null where the row is only to be looked at. */
export function verbOf(actions: readonly TransitionAction[] | undefined): TransitionAction | null {
  return VERBS.find((verb) => actions?.includes(verb)) ?? null
}

/** Verifying and re-inspecting are decisions between two acts: the form opens only after the facts were seen. */
export function opensForm(verb: TransitionAction, status: Status): boolean {
  return status !== 'submitted' && status !== 'reported' && verb !== 'return'
}
