import { describe, expect, it } from 'vitest'
import { filterOfFigure } from './rows-link.ts'

const today = '2026-11-24'
const counted = ['reported', 'registered', 'assigned', 'rectifying', 'submitted', 'closed']
const period = { kind: 'quarter', from: '2026-10-01', to: today } as const
const scope = { area: ['220171002'] }

describe('filterOfFigure', () => {
  it('asks for what was found in the period and not rejected, within the scope of the page', () => {
    const found = { ...scope, status: counted, foundFrom: '2026-10-01', foundTo: today }
    expect(filterOfFigure('found', scope, period, today)).toEqual(found)
    expect(filterOfFigure('rate', scope, period, today)).toEqual(found)
    expect(filterOfFigure('major', scope, period, today)).toEqual({ ...found, severity: ['major'] })
    expect(filterOfFigure('closed', scope, period, today)).toEqual({ ...found, status: ['closed'] })
  })
  it('asks for what is overdue whenever it was found, of the last day of a past period', () => {
    expect(filterOfFigure('overdue', scope, period, today)).toEqual({ ...scope, status: ['overdue'] })
    const past = { kind: 'custom', from: '2026-03-01', to: '2026-03-31' } as const
    expect(filterOfFigure('overdue', {}, past, today)).toEqual({ status: ['overdue'], asOf: '2026-03-31' })
    expect(filterOfFigure('closed', {}, past, today)).toEqual({
      status: ['closed'],
      foundFrom: '2026-03-01',
      foundTo: '2026-03-31',
      asOf: '2026-03-31',
    })
  })
})
