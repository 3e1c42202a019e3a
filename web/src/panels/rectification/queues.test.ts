import type { HazardFacets } from '@contract'
import { describe, expect, it } from 'vitest'
import { countOfQueue, statusesOfQueue, waitingStatuses } from './queues.ts'

const facets = {
  quick: { open: 30, overdue: 3, major: 1, listed: 2 },
  status: { reported: 1, registered: 2, assigned: 4, rectifying: 8, submitted: 15, closed: 100 },
} as unknown as HazardFacets

describe('waitingStatuses', () => {
  it('gives an officer the steps up to handing in', () => {
    expect(waitingStatuses('officer')).toEqual(['reported', 'registered', 'assigned', 'rectifying'])
  })
  it('gives an analyst, who hands in nothing, the re-inspection', () => {
    expect(waitingStatuses('analyst')).toEqual(['reported', 'registered', 'submitted'])
  })
  it('gives a commander nothing', () => {
    expect(waitingStatuses('commander')).toEqual([])
    expect(statusesOfQueue('mine', 'commander')).toBeNull()
  })
})

describe('countOfQueue', () => {
  it('adds up the statuses that the list of the queue asks for', () => {
    expect(countOfQueue('mine', 'officer', facets)).toBe(15)
    expect(countOfQueue('mine', 'analyst', facets)).toBe(18)
    expect(countOfQueue('unassigned', 'officer', facets)).toBe(3)
    expect(countOfQueue('toReinspect', 'officer', facets)).toBe(15)
    expect(countOfQueue('overdue', 'officer', facets)).toBe(3)
    expect(countOfQueue('listed', 'officer', facets)).toBe(2)
    expect(countOfQueue('mine', 'commander', facets)).toBe(0)
  })
})
