import { describe, expect, it } from 'vitest'
import { fiveMeasuresOf, progressOf } from './progress.ts'

const statesOf = (status: Parameters<typeof progressOf>[0]) => progressOf(status).map((step) => step.state)

describe('progressOf', () => {
  it('has three steps behind a hazard that is being rectified', () => {
    expect(progressOf('rectifying')).toEqual([
      { step: 'verify', state: 'done' },
      { step: 'register', state: 'done' },
      { step: 'assign', state: 'done' },
      { step: 'rectify', state: 'current' },
      { step: 'reinspect', state: 'ahead' },
      { step: 'close', state: 'ahead' },
    ])
  })
  it('begins with verification and ends with all six done', () => {
    expect(statesOf('reported')).toEqual(['current', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead'])
    expect(statesOf('closed')).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
  })
  it('stops a rejected hazard at verification', () => {
    expect(statesOf('rejected')[0]).toBe('stopped')
  })
})

describe('fiveMeasuresOf', () => {
  const bare = {
    severity: 'general',
    responsibleUnit: null,
    responsiblePerson: '李示例',
    measures: '',
    fundsWan: 0,
    dueOn: '2026-11-30',
    contingencyPlan: null,
  } as const
  it('needs responsibility, measures and deadline of a general hazard', () => {
    expect(fiveMeasuresOf(bare)).toEqual([
      { measure: 'responsibility', isDone: true, isRequired: true },
      { measure: 'measures', isDone: false, isRequired: true },
      { measure: 'funds', isDone: true, isRequired: false },
      { measure: 'deadline', isDone: true, isRequired: true },
      { measure: 'plan', isDone: false, isRequired: false },
    ])
  })
  it('needs all five of a suspected major one', () => {
    const states = fiveMeasuresOf({ ...bare, severity: 'suspected_major' })
    expect(states.map((state) => state.isRequired)).toEqual([true, true, true, true, true])
  })
})
