import { describe, expect, it } from 'vitest'
import { ROLES } from '../core/vocabulary.ts'
import { actionsOf, EVERYTHING, maySee, scopeKey, scopeOf } from './model.ts'

describe('who may see', () => {
  const officer = scopeOf('officer', ['220171001', '220171001-01'], [])
  const inspector = scopeOf('inspector', [], ['fire'])

  it('an officer sees their areas and the grids below, nothing outside every area', () => {
    expect(maySee(officer, '220171001', 'fire')).toBe(true)
    expect(maySee(officer, '220171001-01', 'gas')).toBe(true)
    expect(maySee(officer, '220171002', 'fire')).toBe(false)
    expect(maySee(officer, null, 'fire')).toBe(false)
  })

  it('an officer without an area sees nothing', () => {
    expect(maySee(scopeOf('officer', [], []), '220171001', 'fire')).toBe(false)
  })

  it('an inspector sees their sectors everywhere, and nothing without a sector', () => {
    expect(maySee(inspector, null, 'fire')).toBe(true)
    expect(maySee(inspector, '220171001', 'gas')).toBe(false)
    expect(maySee(inspector, '220171001', null)).toBe(false)
  })

  it('the other roles see the whole zone', () => {
    for (const role of ['analyst', 'commander', 'admin'] as const)
      expect(scopeOf(role, [], [])).toEqual(EVERYTHING)
  })

  it('scopes have equal keys only if they are equal', () => {
    const keys = [officer, inspector, EVERYTHING, scopeOf('officer', ['220171002'], [])].map(scopeKey)
    expect(new Set(keys).size).toBe(4)
    expect(scopeKey(scopeOf('officer', ['b', 'a'], []))).toBe(scopeKey(scopeOf('officer', ['a', 'b'], [])))
  })
})

it('what each role may do', () => {
  expect(Object.fromEntries(ROLES.map((role) => [role, actionsOf(role)]))).toEqual({
    analyst: ['createHazard', 'editHazard', 'editSite', 'assessRisk', 'checkSite', 'import'],
    officer: ['createHazard', 'editHazard', 'editSite', 'checkSite', 'import'],
    inspector: ['createHazard', 'editHazard', 'judgeHazard', 'editSite', 'assessRisk', 'checkSite'],
    commander: ['planDrill', 'editResource'],
    admin: [
      'createHazard',
      'editHazard',
      'judgeHazard',
      'editSite',
      'assessRisk',
      'checkSite',
      'planDrill',
      'import',
      'editResource',
      'manage',
    ],
  })
})
