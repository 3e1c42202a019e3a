import type { RiskListItem } from '@contract'
import { describe, expect, it } from 'vitest'
import { factorReason, formatPressure, productOf } from './pressure-text.ts'

const item = (changes: object = {}) =>
  ({
    riskLevel: 1,
    openHazards: { general: 2, suspectedMajor: 1, major: 1, overdue: 1, maxOverdueWorkingDays: 6 },
    exposedPeople: 60,
    lastDrillOn: '2026-02-10',
    pressure: {
      score: 36.4,
      factors: [
        { name: 'level', value: 8, text: '' },
        { name: 'hazards', value: 2.8, text: '' },
        { name: 'exposure', value: 1.3, text: '' },
        { name: 'drill', value: 1.25, text: '' },
      ],
    },
    ...changes,
  }) as RiskListItem

describe('the words of the pressure', () => {
  it('show the product as it is worked out', () => {
    expect(productOf(item().pressure)).toBe('8 × 2.8 × 1.3 × 1.25')
    expect([36.4, 8, 12.66].map(formatPressure)).toEqual(['36.4', '8.0', '12.7'])
  })

  it('tell each factor from the item’s own figures', () => {
    expect(factorReason(item(), 'level')).toEqual({ key: 'level', values: { level: 1 } })
    expect(factorReason(item(), 'hazards')).toEqual({
      key: 'hazards',
      values: { major: 1, suspected: 1, general: 2, overdue: 1 },
    })
    expect(factorReason(item(), 'exposure')).toEqual({ key: 'exposure', values: { n: 60 } })
    expect(factorReason(item(), 'drill')).toEqual({ key: 'drill', values: { day: '2026-02-10' } })
  })

  it('say what is not known', () => {
    const unknown = item({ riskLevel: null, exposedPeople: null, lastDrillOn: null })
    const keys = (['level', 'exposure', 'drill'] as const).map((name) => factorReason(unknown, name).key)
    expect(keys).toEqual(['notAssessed', 'exposureUnknown', 'neverDrilled'])
  })
})
