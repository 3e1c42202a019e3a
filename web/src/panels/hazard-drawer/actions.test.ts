import type { AvailableAction, TransitionAction } from '@contract'
import { describe, expect, it } from 'vitest'
import { arrangeActions } from './actions.ts'

const available = (...actions: TransitionAction[]): AvailableAction[] =>
  actions.map((action) => ({ action, fields: [] }))
const names = (actions: AvailableAction[]) => actions.map((action) => action.action)

describe('arrangeActions', () => {
  it('makes the next step of the work the one primary button', () => {
    const foot = arrangeActions(available('extend', 'return', 'submit', 'list'))
    expect(foot.primary?.action).toBe('submit')
    expect(names(foot.secondary)).toEqual(['list', 'extend'])
    expect(names(foot.more)).toEqual(['return'])
  })
  it('puts closing before everything and never makes sending back the primary', () => {
    expect(arrangeActions(available('return', 'close')).primary?.action).toBe('close')
    const onlyBack = arrangeActions(available('return', 'reject'))
    expect(onlyBack.primary).toBeNull()
    expect(names(onlyBack.secondary)).toEqual(['return', 'reject'])
  })
  it('leaves room beside the primary for a link that is not an act', () => {
    const foot = arrangeActions(available('list', 'extend', 'return'), 1)
    expect(names(foot.secondary)).toEqual(['extend'])
    expect(names(foot.more)).toEqual(['return'])
  })
  it('has nothing to offer when nothing may be done', () => {
    expect(arrangeActions([])).toEqual({ primary: null, secondary: [], more: [] })
  })
})
