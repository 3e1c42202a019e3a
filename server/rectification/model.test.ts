import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES, SEVERITIES, STATUSES, type Status, TRANSITION_ACTIONS } from '../core/vocabulary.ts'
import { availableMoves, fieldsOf, type HazardFacts, MOVE_OF, MOVES } from './model.ts'

const facts = (rest: Partial<HazardFacts>): HazardFacts => ({
  status: 'reported',
  severity: 'general',
  isListed: false,
  dueOn: null,
  foundOn: '2025-06-01',
  responsibleUnit: null,
  submittedBy: null,
  ...rest,
})

describe('the moves', () => {
  it('hold every action of the contract once', () => {
    expect(MOVES.map((move) => move.action)).toEqual([...TRANSITION_ACTIONS])
  })

  it('lead out of every status but the last two, which end the loop', () => {
    const leaving = (status: Status) => MOVES.filter((move) => move.to !== null && move.from.includes(status))
    for (const status of STATUSES) {
      const isEnd = status === 'closed' || status === 'rejected'
      expect([status, leaving(status).length > 0]).toEqual([status, !isEnd])
    }
  })

  it('ask for a unit and a due day at 交办 only where they are not known', () => {
    const assign = MOVE_OF.get('assign')
    if (!assign) throw new Error('no such move')
    const required = (hazard: HazardFacts) =>
      fieldsOf(assign, hazard)
        .filter((field) => field.isRequired)
        .map((field) => field.name)
    expect(required(facts({ status: 'registered' }))).toEqual(['responsibleUnit', 'dueOn'])
    expect(required(facts({ status: 'registered', responsibleUnit: '某单位', dueOn: '2025-07-01' }))).toEqual(
      [],
    )
  })
})

describe('any walk through the loop', () => {
  const step = fc.record({
    role: fc.constantFrom(...ROLES),
    person: fc.constantFrom('a', 'b', 'c'),
    pick: fc.nat(20),
  })

  it('never closes what its own submitter accepts, nor a listed or major one by an officer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEVERITIES), fc.array(step, { maxLength: 40 }), (severity, steps) => {
        let hazard = facts({ severity })
        for (const { role, person, pick } of steps) {
          const moves = availableMoves(hazard, { id: person, role })
          const move = moves[pick % Math.max(moves.length, 1)]
          if (!move) continue
          if (move.action === 'close') {
            expect(hazard.status).toBe('submitted')
            expect(hazard.submittedBy).not.toBe(person)
            expect(hazard.isListed).toBe(false)
            if (severity === 'major') expect(role).not.toBe('officer')
          }
          hazard = {
            ...hazard,
            status: move.to ?? hazard.status,
            isListed: move.action === 'list' ? true : move.action === 'delist' ? false : hazard.isListed,
            submittedBy:
              move.action === 'submit' ? person : move.action === 'return' ? null : hazard.submittedBy,
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
