import type { RiskListItem } from '@contract'
import { describe, expect, it } from 'vitest'
import { reasonsOf } from './reasons.ts'

const item = (changes: object) =>
  ({
    risks: [{ id: '1', name: '液氨罐区', method: 'lec', score: 540, level: 1, formula: 'D=6×6×15=540' }],
    openHazards: { general: 2, suspectedMajor: 0, major: 1, overdue: 1, maxOverdueWorkingDays: 6 },
    lastDrillOn: '2026-02-10',
    exposedPeople: 60,
    pressure: { score: 10.4, factors: [{ value: 8 }, { value: 1.3 }] },
    ...changes,
  }) as RiskListItem

describe('reasonsOf', () => {
  it('tells level, open hazards from the gravest, lateness and the last drill with their numbers', () => {
    expect(reasonsOf(item({}))).toEqual([
      { key: 'assessed', values: { level: 1, name: '液氨罐区', formula: 'D=6×6×15=540' } },
      { key: 'major', values: { n: 1 } },
      { key: 'general', values: { n: 2 } },
      { key: 'overdue', values: { n: 1, days: 6 } },
      { key: 'pressure', values: { product: '8 × 1.3', score: 10.4 } },
      { key: 'exposed', values: { n: 60 } },
      { key: 'drilled', values: { day: '2026-02-10' } },
    ])
  })
  it('says that there is no assessment and no drill, and nothing of what is not there', () => {
    const none = { general: 0, suspectedMajor: 0, major: 0, overdue: 0, maxOverdueWorkingDays: 0 }
    expect(reasonsOf(item({ risks: [], openHazards: none, lastDrillOn: null, exposedPeople: null }))).toEqual(
      [
        { key: 'notAssessed', values: {} },
        { key: 'pressure', values: { product: '8 × 1.3', score: 10.4 } },
        { key: 'exposureUnknown', values: {} },
        { key: 'neverDrilled', values: {} },
      ],
    )
  })
})
