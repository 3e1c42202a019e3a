import { expect, it } from 'vitest'
import { DEFAULT_METHOD_SETTINGS, faultOfSettings, lsThresholds, type MethodSettings } from './settings.ts'

const [a, b] = DEFAULT_METHOD_SETTINGS.lsSets
if (!a || !b) throw new Error('two sets come along')
const withSets = (...lsSets: MethodSettings['lsSets']): MethodSettings => ({
  ...DEFAULT_METHOD_SETTINGS,
  lsSets,
})

it('has set A as the default, confirmed, and B unconfirmed', () => {
  expect(faultOfSettings(DEFAULT_METHOD_SETTINGS)).toBeNull()
  expect(lsThresholds(DEFAULT_METHOD_SETTINGS)).toEqual({
    id: 'A',
    name: 'A（20/15/9）',
    levelsFrom: [20, 15, 9],
    confirmed: true,
  })
  expect(lsThresholds(DEFAULT_METHOD_SETTINGS, 'B')?.confirmed).toBe(false)
  expect(lsThresholds(DEFAULT_METHOD_SETTINGS, 'C')).toBeUndefined()
})

it.each([
  [[20, 15], '从大到小'],
  [[20, 15, 15], '从大到小'],
  [[9, 15, 20], '从大到小'],
  [[26, 15, 9], '1～25 的整数'],
  [[20, 15, 0], '1～25 的整数'],
  [[20, 15, 9.5], '1～25 的整数'],
  [[20, 15, 9, 4], '从大到小'],
])('refuses the thresholds %j', (levelsFrom, message) => {
  const fault = faultOfSettings(withSets({ ...a, levelsFrom }))
  expect(fault?.parameter).toBe('lsSets[0].levelsFrom')
  expect(fault?.message).toContain(message)
})

it('takes the greatest and the least that there can be', () => {
  expect(faultOfSettings(withSets({ ...a, levelsFrom: [25, 2, 1] }))).toBeNull()
})

it('refuses sets that share name or id, have no name, or are confirmed without a source', () => {
  const parameterOf = (...sets: MethodSettings['lsSets']) => faultOfSettings(withSets(...sets))?.parameter
  expect(parameterOf(a, { ...b, id: 'A' })).toBe('lsSets[1].name')
  expect(parameterOf(a, { ...b, name: ` ${a.name} ` })).toBe('lsSets[1].name')
  expect(parameterOf({ ...a, name: '  ' })).toBe('lsSets[0].name')
  expect(parameterOf({ ...a, source: '' })).toBe('lsSets[0].source')
  expect(parameterOf()).toBe('lsSets')
  expect(parameterOf(b)).toBe('defaultLsSet')
})
