import type { AvailableAction, HazardDetail } from '@contract'
import { describe, expect, it } from 'vitest'
import { badFields, missingFields, startActValues, toTransition } from './act-form.ts'

const assign: AvailableAction = {
  action: 'assign',
  fields: [
    { name: 'responsibleUnit', isRequired: true, kind: 'text' },
    { name: 'dueOn', isRequired: true, kind: 'day' },
    { name: 'fundsWan', isRequired: false, kind: 'money' },
    { name: 'note', isRequired: false, kind: 'text' },
  ],
}
const hazard = {
  responsibleUnit: '示例冷链',
  dueOn: '2026-12-01',
  fundsWan: null,
} as HazardDetail

describe('startActValues', () => {
  it('offers what the hazard already says', () => {
    expect(startActValues(assign, hazard)).toEqual({
      texts: { responsibleUnit: '示例冷链', dueOn: '2026-12-01', fundsWan: '', note: '' },
      photoIds: [],
    })
  })
  it('leaves the new day of an extension empty', () => {
    const extend: AvailableAction = {
      action: 'extend',
      fields: [{ name: 'dueOn', isRequired: true, kind: 'day' }],
    }
    expect(startActValues(extend, hazard).texts).toEqual({ dueOn: '' })
  })
})

describe('missingFields', () => {
  it('names required fields that are empty or blank', () => {
    const texts = { responsibleUnit: '  ', dueOn: '2026-12-01' }
    expect(missingFields(assign, { texts, photoIds: [] })).toEqual(['responsibleUnit'])
  })
  it('asks for a photo where the act needs one', () => {
    const submit: AvailableAction = {
      action: 'submit',
      fields: [{ name: 'photoIds', isRequired: true, kind: 'photo' }],
    }
    expect(missingFields(submit, { texts: {}, photoIds: [] })).toEqual(['photoIds'])
    expect(missingFields(submit, { texts: {}, photoIds: ['a'] })).toEqual([])
  })
})

describe('badFields', () => {
  it('finds sums that are no sums', () => {
    const sum = (fundsWan: string) => badFields(assign, { texts: { fundsWan }, photoIds: [] })
    expect(sum('三万')).toEqual(['fundsWan'])
    expect(sum('-1')).toEqual(['fundsWan'])
    expect(sum('0.8')).toEqual([])
    expect(sum('')).toEqual([])
  })
})

describe('toTransition', () => {
  it('sends what was filled in, sums as numbers, and nothing else', () => {
    const texts = { responsibleUnit: ' 示例冷链 ', dueOn: '2026-12-01', fundsWan: '0.8', note: '' }
    expect(toTransition('assign', 3, assign.fields, { texts, photoIds: [] })).toEqual({
      action: 'assign',
      version: 3,
      responsibleUnit: '示例冷链',
      dueOn: '2026-12-01',
      fundsWan: 0.8,
    })
  })
})
