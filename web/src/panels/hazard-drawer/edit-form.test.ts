import type { HazardDetail } from '@contract'
import { describe, expect, it } from 'vitest'
import { compareVersions } from './compare.ts'
import {
  comparableFacts,
  editFaults,
  editValuesOf,
  factsOfValues,
  toHazardPatch,
  withChoices,
} from './edit-form.ts'

const hazard = {
  id: 'h',
  status: 'rectifying',
  description: '配电箱敞开',
  severity: 'general',
  sector: 'fire',
  clause: null,
  site: { id: 's', name: '示例小区' },
  locationText: null,
  category: null,
  foundOn: '2026-11-01',
  foundBy: null,
  dueOn: '2026-11-20',
  responsibleUnit: null,
  responsiblePerson: null,
  measures: null,
  fundsWan: 0.8,
  contingencyPlan: null,
  supervisor: null,
  origin: null,
  geometry: null,
  version: 3,
} as unknown as HazardDetail

describe('toHazardPatch', () => {
  it('is nothing when the form says what the hazard says', () => {
    expect(toHazardPatch(editValuesOf(hazard), hazard, 3, '看过')).toBeNull()
  })
  it('sends what was changed, references by id, emptied texts as null', () => {
    const values = { ...editValuesOf(hazard), measures: ' 更换 ', site: null, fundsWan: '' }
    expect(toHazardPatch(values, hazard, 3, '')).toEqual({
      version: 3,
      measures: '更换',
      siteId: null,
      fundsWan: null,
    })
  })
})

describe('editFaults', () => {
  it('asks for a clause where a hazard is called major', () => {
    const values = { ...editValuesOf(hazard), severity: 'major' as const }
    expect(editFaults(values, '2026-11-24')).toEqual(['clause'])
  })
  it('refuses days in the wrong order and sums that are none', () => {
    const values = { ...editValuesOf(hazard), foundOn: '2026-11-25', dueOn: '2026-11-24', fundsWan: '若干' }
    expect(editFaults(values, '2026-11-24')).toEqual(['foundOn', 'dueOn', 'fundsWan'])
  })
})

describe('a form over a version that another has changed', () => {
  const current = { ...hazard, measures: '他写的', dueOn: '2026-11-27', version: 4 } as HazardDetail
  const values = { ...editValuesOf(hazard), measures: '我写的', category: '电气' }
  const differences = compareVersions(
    comparableFacts(hazard),
    comparableFacts(current),
    factsOfValues(values),
  )

  it('takes over what only the other changed and keeps what I chose', () => {
    const next = withChoices(values, current, differences, { measures: 'mine' })
    expect([next.measures, next.dueOn, next.category]).toEqual(['我写的', '2026-11-27', '电气'])
    expect(toHazardPatch(next, current, 4, '')).toEqual({ version: 4, measures: '我写的', category: '电气' })
  })
  it('gives way where I chose the other version', () => {
    const next = withChoices(values, current, differences, { measures: 'current' })
    expect(toHazardPatch(next, current, 4, '')).toEqual({ version: 4, category: '电气' })
  })
})
