import { describe, expect, it } from 'vitest'
import { compareVersions } from './compare.ts'

describe('compareVersions', () => {
  it('sets what I saw, what stands now and what I meant beside each other', () => {
    const seen = { status: 'assigned', measures: null, dueOn: '2026-12-01', sector: 'fire' }
    const current = { status: 'rectifying', measures: '更换电机', dueOn: '2026-12-01', sector: 'fire' }
    const mine = { measures: '更换导轨', dueOn: '2026-12-08' }
    expect(compareVersions(seen, current, mine)).toEqual([
      { field: 'status', seen: 'assigned', current: 'rectifying', isClash: false },
      { field: 'dueOn', seen: '2026-12-01', current: '2026-12-01', mine: '2026-12-08', isClash: false },
      { field: 'measures', seen: null, current: '更换电机', mine: '更换导轨', isClash: true },
    ])
  })
  it('does not call it a clash when both of us wrote the same', () => {
    const differences = compareVersions({ measures: null }, { measures: '同' }, { measures: '同' })
    expect(differences).toEqual([
      { field: 'measures', seen: null, current: '同', mine: '同', isClash: false },
    ])
  })
  it('does not take an unchanged input for a change of mine', () => {
    expect(compareVersions({ dueOn: 'a' }, { dueOn: 'a' }, { dueOn: 'a' })).toEqual([])
    expect(compareVersions({ site: null }, {}, { site: null })).toEqual([])
  })
})
