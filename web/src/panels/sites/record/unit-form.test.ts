import type { SiteUnit } from '@contract'
import { describe, expect, it } from 'vitest'
import { newUnitOf, requestOfUnit, startUnit, unitFaults } from './unit-form.ts'

const filled = {
  unit: { name: ' 罐区 ', kind: 'storage' as const, substances: [{ name: '氨', tonnes: 18 }] },
  isStated: false,
  people: '',
  reason: '',
}

describe('the form of a unit', () => {
  it('goes by the people who were counted', () => {
    expect(requestOfUnit(filled, 60)).toMatchObject({ method: 'gb18218', exposedPeople: 60 })
    expect(newUnitOf(filled)).toEqual({
      name: '罐区',
      kind: 'storage',
      substances: [{ name: '氨', tonnes: 18 }],
      exposedPeople: null,
      exposedReason: null,
    })
  })
  it('asks for number and reason where a person states them, and where nobody could count', () => {
    expect(startUnit(null, null, false).isStated).toBe(true)
    const stated = { ...filled, isStated: true, people: 'many' }
    expect(unitFaults(stated)).toEqual(['peopleMissing', 'reasonMissing'])
    expect(requestOfUnit(stated, 60)).not.toHaveProperty('exposedPeople')
    const whole = { ...stated, people: '0', reason: ' 夜间无人 ' }
    expect(unitFaults(whole)).toEqual([])
    expect(newUnitOf(whole)).toMatchObject({ exposedPeople: 0, exposedReason: '夜间无人' })
  })
  it('names what is missing', () => {
    expect(unitFaults(startUnit(null, null, true))).toEqual(['nameMissing', 'substanceMissing'])
    expect(unitFaults({ ...filled, unit: { ...filled.unit, substances: [{ name: '氨' }] } })).toEqual([
      'substanceMissing',
    ])
  })
  it('starts from the unit with its stated people', () => {
    const unit = {
      name: '甲',
      kind: 'production',
      substances: [],
      people: { used: 35, counted: 2, reason: '核实' },
    }
    expect(startUnit(unit as unknown as SiteUnit, null, true)).toMatchObject({
      isStated: true,
      people: '35',
      reason: '核实',
    })
  })
})
