import type { HazardFacets, Role, Status, StatusFilter, TransitionAction } from '@contract'
import { MOVES } from '@contract'

export const QUEUES = ['mine', 'toAccept', 'toReinspect', 'overdue', 'unassigned', 'listed'] as const
export type Queue = (typeof QUEUES)[number]
/** Standing, what is late comes before what is new. */
export const PHONE_QUEUES: readonly Queue[] = [
  'mine',
  'overdue',
  'toAccept',
  'toReinspect',
  'unassigned',
  'listed',
]

const FORWARD: readonly TransitionAction[] = ['register', 'assign', 'accept', 'submit', 'close']

/**
 * The statuses in which a hazard waits for this role. Whoever hands in work does not judge it, so for those the
 * submitted ones wait for another and stand in their own queue.
 */
export function waitingStatuses(role: Role): Status[] {
  const forward = MOVES.filter((move) => FORWARD.includes(move.action) && move.roles.includes(role))
  const handsIn = forward.some((move) => move.action === 'submit')
  const statuses = forward.flatMap((move) => move.from)
  return [...new Set(statuses)].filter((status) => !(handsIn && status === 'submitted'))
}

/** A queue is nothing but a filter, so its count, its list and the map agree. Null: nothing waits for this role. */
export function statusesOfQueue(queue: Queue, role: Role): StatusFilter[] | null {
  switch (queue) {
    case 'mine': {
      const statuses = waitingStatuses(role)
      return statuses.length > 0 ? statuses : null
    }
    case 'toAccept':
      return ['assigned']
    case 'toReinspect':
      return ['submitted']
    case 'overdue':
      return ['overdue']
    case 'unassigned':
      return ['reported', 'registered']
    case 'listed':
      return ['listed']
  }
}

/** The count of a queue out of the facets of an unfiltered map; one request serves all queues. */
export function countOfQueue(queue: Queue, role: Role, facets: HazardFacets): number {
  if (queue === 'overdue') return facets.quick.overdue
  if (queue === 'listed') return facets.quick.listed
  const statuses = statusesOfQueue(queue, role) ?? []
  return statuses.reduce((sum, status) => sum + (facets.status[status] ?? 0), 0)
}

/** The act that a queue is for; the row's own `actions` decide whether it is there. */
export const VERB_OF_QUEUE: Partial<Record<Queue, TransitionAction>> = {
  toAccept: 'accept',
  toReinspect: 'close',
}
